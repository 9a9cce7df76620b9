"""Reading proposals: whose turn it is, the sheet, and that reading it is recorded."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import inbox, proposals
from yifa.casework.drafts import Hand
from yifa.casework.inbox import Sheet
from yifa.casework.proposals import Proposed
from yifa.casework.requests import Answer, Ask, Done
from yifa.casework.selectors import Reader, Unknown
from yifa.language.acts import Actor, Command
from yifa.people.models import Access, Conflict, Organ
from yifa.people.permissions import Denied
from yifa.people.services import add_membership, add_user

pytestmark = pytest.mark.django_db(transaction=True)
Readers = dict[str, Reader]
DATA = {
    "accepted_on": date(2024, 2, 5),
    "conditions_met": [1, 2, 3, 4, 5, 6, 7],
    "reason": "致电13800138000核实",
}


@pytest.fixture
def readers() -> Readers:
    made: dict[str, Any] = {"level": "city", "kind": "government", "valid_from": date(2000, 1, 1)}
    found = {}
    for login, role, organ in (
        ("drafter", "handler", "gz"), ("reviewer", "window_clerk", "gz"), ("signer", "section_head", "gz"), ("far", "section_head", "yx"),
    ):  # fmt: skip
        place, _ = Organ.objects.get_or_create(code=organ, defaults={"name": f"测试{organ}", **made})
        user = add_user(login, f"测试{login}")
        add_membership(user, place, role, date(2020, 1, 1))
        found[login] = Reader(Actor(str(user.pk), frozenset({role}), organ))
    return found


@pytest.fixture
def case(act: Callable[..., Answer], world: TestWorld) -> UUID:
    world.routes["accept"] = ("window_clerk",)
    done = act("receive_application", "2024-01-31", **application())
    assert isinstance(done, Done)
    world.moment = timezone.make_aware(datetime(2024, 2, 5, 9))
    return done.case


def drafted(case: UUID, readers: Readers, world: TestWorld, **changes: Any) -> UUID:
    command = Command("accept", date(2024, 2, 5), DATA | changes)
    ask = Ask(command, readers["drafter"].actor, str(uuid4()), "reconsideration", case)
    made = proposals.propose(ask, world, {"acceptance_notice": {"body": "致电13900139000"}})
    assert isinstance(made, Proposed), made
    return made.id


def sheet_of(reader: Reader, draft: UUID, world: TestWorld) -> Sheet:
    found = inbox.sheet(reader, draft, world)
    assert isinstance(found, Sheet), found
    return found


def whose(readers: Readers, world: TestWorld) -> list[str]:
    return [name for name, reader in readers.items() if inbox.waiting(reader, world)]


def test_a_draft_waits_for_those_whose_turn_it_is(case: UUID, readers: Readers, world: TestWorld) -> None:
    draft = drafted(case, readers, world)
    assert whose(readers, world) == ["reviewer"]
    row = inbox.waiting(readers["reviewer"], world)[0]
    assert (row.title, row.number, row.state, row.drafter, row.turn) == (
        "受理", "穗府行复〔2024〕1号", "审批中", "测试drafter", ("接待窗口人员",),
    )  # fmt: skip
    assert proposals.opine(draft, Hand(readers["reviewer"].actor), "同意", world)
    assert whose(readers, world) == ["signer"]
    assert proposals.give_back(draft, Hand(readers["signer"].actor), "请改", world)
    assert whose(readers, world) == ["drafter"]


def test_a_draft_does_not_wait_for_who_must_stay_out(case: UUID, readers: Readers, world: TestWorld) -> None:
    drafted(case, readers, world)
    user = int(readers["reviewer"].actor.id)
    Conflict.objects.create(user_id=user, ground="近亲属", declared_at=world.now(), case=case)
    assert whose(readers, world) == []


def test_the_sheet_shows_draft_route_trail_and_steps(case: UUID, readers: Readers, world: TestWorld) -> None:
    draft = drafted(case, readers, world)
    assert proposals.opine(draft, Hand(readers["reviewer"].actor), "材料齐全", world)
    found = sheet_of(readers["signer"], draft, world)
    assert (found.title, found.state, found.revision, found.position) == ("受理", "审批中", 0, 1)
    assert found.route == (("接待窗口人员",), ("处室负责人",))
    assert [(w.what, w.who, w.text) for w in found.trail] == [("审核", "测试reviewer", "材料齐全")]
    assert found.steps == ("return", "sign")
    assert found.hints == ()
    told = {v.path: v.text for v in found.values}
    assert told["reason"] == "致电[手机号]核实"
    assert "13900139000" not in str(found.documents)


def test_the_sheet_tells_what_would_stand_against_it(case: UUID, readers: Readers, world: TestWorld) -> None:
    draft = drafted(case, readers, world, conditions_met=[1])
    assert {h.code for h in sheet_of(readers["reviewer"], draft, world).hints} == {"condition_unmet"}
    assert proposals.withdraw(draft, Hand(readers["drafter"].actor), "另拟", world)
    assert sheet_of(readers["reviewer"], draft, world).hints == ()


@pytest.mark.parametrize(
    ("who", "steps"), [("drafter", ("withdraw",)), ("reviewer", ("opinion", "return")), ("signer", ())]
)
def test_each_is_offered_their_own_steps(
    case: UUID, readers: Readers, world: TestWorld, who: str, steps: tuple[str, ...]
) -> None:
    draft = drafted(case, readers, world)
    assert sheet_of(readers["reviewer" if who == "drafter" else who], draft, world)
    row = proposals.Proposal.objects.get(id=draft)
    assert proposals.open_steps(row, Hand(readers[who].actor), world) == steps


def test_reading_a_sheet_is_opening_the_file(case: UUID, readers: Readers, world: TestWorld) -> None:
    draft = drafted(case, readers, world)
    sheet_of(readers["reviewer"], draft, world)
    assert list(Access.objects.values_list("kind", "case", "reason")) == [("open", str(case), "审批")]
    assert inbox.sheet(readers["far"], draft, world) == Denied("case")
    assert inbox.sheet(readers["reviewer"], uuid4(), world) == Unknown()
    assert Access.objects.count() == 1


def test_a_draft_that_opens_a_case_is_read_without_one(
    case: UUID, readers: Readers, world: TestWorld
) -> None:
    ask = Ask(
        Command("receive_application", date(2024, 1, 31), application()),
        readers["reviewer"].actor,
        "k",
        "reconsideration",
    )
    made = proposals.propose(ask, world)
    assert isinstance(made, Proposed)
    assert sheet_of(readers["signer"], made.id, world).case is None
    assert not Access.objects.exists()


def test_a_list_takes_three_queries(case: UUID, readers: Readers, world: TestWorld) -> None:
    for _ in range(3):
        drafted(case, readers, world)
    with CaptureQueriesContext(connection) as queries:
        assert len(inbox.waiting(readers["reviewer"], world)) == 3
    assert len(queries) == 3
