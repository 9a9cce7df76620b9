"""A whole scenario with everything that may go wrong in it; then all logs, from every logger, are searched for its people."""

import io
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import batches, erasure, inbox, log, outbox, proposals, selectors
from yifa.casework.audit import faults
from yifa.casework.cells import COLUMNS
from yifa.casework.clockwork import tick
from yifa.casework.drafts import Hand
from yifa.casework.erasure import Wanted
from yifa.casework.models import EventRow
from yifa.casework.proposals import Proposed
from yifa.casework.requests import Answer, Ask, Done
from yifa.casework.selectors import File, Page, Reader
from yifa.casework.services import perform
from yifa.casework.takeover import take_over
from yifa.language.acts import Actor, Command
from yifa.people.models import Organ, User
from yifa.people.services import add_membership, add_user, declare_conflict
from yifa.platform import logs, sheets

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)
PERSON = {
    "id": "测试甲某",
    "name": "测试甲某",
    "id_number": "11010519491231002X",
    "phone": "13800138000",
    "address": "某市某区测试路99号",
}
OTHER = "测试乙某"
TOLD = (
    "测试甲某",
    OTHER,
    "11010519491231002X",
    "110105194912",
    "13800138000",
    "测试路99号",
    "某银行卡6222020000001234567",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything any logger says, at every level, as production would write it."""
    stream, root = io.StringIO(), logging.getLogger()
    formatter = dict(logs.django_logging("DEBUG", "json")["formatters"]["structured"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    before = {
        logger: (logger.level, logger.propagate)
        for logger in map(logging.getLogger, logging.root.manager.loggerDict)
    }
    before[root] = (root.level, root.propagate)
    for logger in before:
        logger.setLevel(logging.DEBUG)
        logger.propagate = True
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    for logger, (level, propagate) in before.items():
        logger.setLevel(level)
        logger.propagate = propagate


@pytest.fixture
def readers() -> dict[str, Reader]:
    made: dict[str, Any] = {"level": "city", "kind": "government", "valid_from": date(2000, 1, 1)}
    Organ.objects.create(code="gz", name="某市", **made)
    found = {}
    for role in ("window_clerk", "handler", "section_head", "body_head", "statistician"):
        user = add_user(role, f"测试{role}")
        assert isinstance(user, User)
        add_membership(user, Organ.objects.get(code="gz"), role, date(2020, 1, 1))
        found[role] = Reader(Actor(str(user.pk), frozenset({role}), "gz"))
    return found


def scenario(act: Act, readers: dict[str, Reader], world: TestWorld) -> UUID:
    """Intake, refusals, look-ups, drafts, signature, follow-on work, failures, erasure."""
    story = "测试甲某电话13800138000，卡号某银行卡6222020000001234567，住测试路99号"
    data = application(applicants=[PERSON, OTHER], facts_reasons=story, service_address=PERSON["address"])
    assert not act("receive_application", "2024-01-31", **{**data, "known_on": "测试甲某"})
    assert not act("receive_application", "2024-01-31", **{**data, PERSON["phone"]: PERSON["name"]})
    done = act("receive_application", "2024-01-31", key="k", **data)
    assert isinstance(done, Done)
    assert not act("receive_application", "2024-01-31", key="k", **{**data, "facts_reasons": story + "。"})
    handler, head = readers["handler"], readers["section_head"]
    found = selectors.find_parties(head, "phone", PERSON["phone"], world)
    assert isinstance(found, Page)
    assert found.total == 1
    assert isinstance(selectors.open_file(head, done.case, world, "核对测试甲某身份"), File)
    selectors.open_file(readers["statistician"], done.case, world)
    selectors.unmask(head, done.case, "0.applicants.0.phone", "电话联系", world)
    signed(done.case, handler, head, world)
    world.moment = timezone.make_aware(datetime(2024, 4, 20, 9))
    tick(world)
    mistakes(done.case, readers, world)
    assert act("withdraw", "2024-04-20", done.case, PERSON["id"], reason=f"{OTHER}同意")
    answer = erasure.erase(
        done.case,
        Wanted(party=PERSON["id"]),
        readers["body_head"].actor,
        erasure.Why("purpose", "当事人请求删除"),
        "e",
        world,
    )
    assert answer, answer
    log.sequence()
    assert not list(faults(world))
    return done.case


def signed(case: UUID, drafter: Reader, signer: Reader, world: TestWorld) -> None:
    world.moment = timezone.make_aware(datetime(2024, 2, 5, 9))
    command = Command(
        "accept", date(2024, 2, 5), {"conditions_met": [1, 2, 3, 4, 5, 6, 7], "reason": f"{OTHER}符合条件"}
    )
    made = proposals.propose(Ask(command, drafter.actor, "p", "reconsideration", case), world)
    assert isinstance(made, Proposed), made
    inbox.sheet(signer, made.id, world)
    assert not proposals.sign(made.id, Hand(drafter.actor), f"{OTHER}", world)
    assert proposals.sign(made.id, Hand(signer.actor), f"已电话联系{OTHER}", world)


def mistakes(case: UUID, readers: dict[str, Reader], world: TestWorld) -> None:
    """What goes wrong: a table, a worker, the database, a batch."""
    row = ["行政复议", "某市", "旧字第1号", "2024-03-01", "睡觉", f"国王={OTHER}", "", "", "", "", "无"]
    user = User.objects.get(login="section_head")
    assert take_over("x.csv", sheets.to_csv(list(COLUMNS.values()), [row]), user, world).problems

    def breaks(item: Any, world: Any) -> None:
        raise ValueError(f"{PERSON['name']} {PERSON['id_number']} {PERSON['phone']}")

    outbox.put_out("test", {"who": PERSON}, world, case, 0)
    assert outbox.work(world, known={"test": breaks}).failed == 1
    declare_conflict(
        User.objects.get(login="statistician"), "近亲属", world.now(), id_number=PERSON["id_number"]
    )
    batches.over(
        [case, uuid4()],
        Command("accept", date(2024, 4, 20), {"accepted_on": OTHER}),
        readers["section_head"].actor,
        "b",
        world,
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO casework_party (case_id, identity, role) VALUES (%s, %s, %s)",
                (case, OTHER, None),
            )
    except Exception:
        logging.getLogger("yifa.test").exception(
            "insert failed for %s", PERSON["phone"], extra={"name_": PERSON["name"]}
        )
    logging.getLogger("django.request").error(
        "Internal Server Error: /x", extra={"status_code": 500}, exc_info=ValueError(OTHER)
    )


def test_nobody_of_the_scenario_stands_in_any_log(
    act: Act, readers: dict[str, Reader], world: TestWorld, written: io.StringIO
) -> None:
    scenario(act, readers, world)
    text = written.getvalue()
    assert "outbox_failed" in text  # the net was up
    assert "IntegrityError" in text
    assert [told for told in TOLD if told in text] == []


def test_the_scenario_really_had_them(act: Act, readers: dict[str, Reader], world: TestWorld) -> None:
    """Of the other applicant, whom nobody erased, the payloads still tell: so the search above could have found something."""
    from yifa.casework import store
    from yifa.casework.codec import opened

    case = scenario(act, readers, world)
    kept = " ".join(str(opened(row, world)[0]) for row in store.events_of(case))
    assert OTHER in kept
    assert EventRow.objects.filter(case_id=case, action="erase").count() == 1


def test_requests_are_logged_without_their_people(written: io.StringIO, client: Any) -> None:
    client.get("/nowhere/", {"name": "测试甲某", "phone": "13800138000"})
    client.post("/nowhere/", {"id_number": "11010519491231002X"})
    text = written.getvalue()
    assert "Not Found" in text
    assert [told for told in TOLD if told in text] == []


def test_a_refused_command_names_fields_and_not_their_values(act: Act, world: TestWorld) -> None:
    clerk = Actor("甲", frozenset({"window_clerk"}), "gz")
    command = Command("receive_application", date(2024, 1, 31), {"applicants": [{**PERSON, "phone": ["x"]}]})
    answer = perform(Ask(command, clerk, "k", "reconsideration", None, "gz"), world)
    assert not answer
    assert [told for told in TOLD if told in str(answer)] == []
