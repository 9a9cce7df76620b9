"""The reading door: what each reader is shown, that it is recorded, and that it takes a fixed number of queries."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import selectors
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask, Done
from yifa.casework.selectors import File, Page, Reader, Unknown, Wanted
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.people.models import Access, Conflict, Organ, User
from yifa.people.permissions import Denied, Field
from yifa.people.services import Refusal, Shown, add_membership, add_user
from yifa.platform.crypto import vault
from yifa.registry import line as line_of

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)
P1 = vault().alias("p1")[:12]
SEVEN = [1, 2, 3, 4, 5, 6, 7]
WHO = {
    "id": "p1",
    "name": "测试甲",
    "id_number": "11010519491231002X",
    "phone": "13800138000",
    "address": "某市某区测试路1号",
}


class Bureau(NamedTuple):
    """Readers by role; each has an account."""

    clerk: Reader
    handler: Reader
    other: Reader
    head: Reader
    superior: Reader
    stranger: Reader
    statistician: Reader


@pytest.fixture
def bureau() -> Bureau:
    made: dict[str, Any] = {"level": "city", "kind": "government", "valid_from": date(2000, 1, 1)}
    above = Organ.objects.create(code="gd", name="某省", **made)
    Organ.objects.create(code="gz", name="某市", parent=above, **made)
    Organ.objects.create(code="yx", name="某区", **made)
    Organ.objects.create(code="某局", name="某局", **made)
    readers = {}
    for name, role, organ in (
        ("clerk", "window_clerk", "gz"), ("handler", "handler", "gz"), ("other", "handler", "gz"),
        ("head", "section_head", "gz"), ("superior", "superior", "gd"), ("stranger", "section_head", "yx"),
        ("statistician", "statistician", "gz"),
    ):  # fmt: skip
        user = add_user(name, f"测试{name}")
        assert isinstance(user, User)
        add_membership(user, Organ.objects.get(code=organ), role, date(2020, 1, 1))
        readers[name] = Reader(Actor(str(user.pk), frozenset({role}), organ))
    return Bureau(**readers)


@pytest.fixture
def case(act: Act, bureau: Bureau) -> UUID:
    """Received, accepted, given to the handler."""
    done = act("receive_application", "2024-01-31", **application(applicants=[WHO]))
    assert isinstance(done, Done)
    assert act("accept", "2024-02-06", done.case, accepted_on=date(2024, 2, 6), conditions_met=SEVEN)
    handlers = [bureau.handler.actor.id, bureau.head.actor.id]
    assert act("assign_handler", "2024-02-06", done.case, handlers=handlers)
    return done.case


def file_of(reader: Reader, case: UUID, world: TestWorld) -> File:
    found = selectors.open_file(reader, case, world)
    assert isinstance(found, File), found
    return found


# ---------------------------------------------------------------------------------------- the file


def test_the_head_of_a_file(case: UUID, bureau: Bureau, world: TestWorld) -> None:
    head = file_of(bureau.handler, case, world).head
    assert (head.line_title, head.number, head.organ_name, head.stage_title) == (
        "行政复议", "穗府行复〔2024〕1号", "某市", "审理中",
    )  # fmt: skip
    assert (head.version, head.version_final, head.closed, head.sensitive, head.next_seq) == (
        "2023",
        True,
        False,
        False,
        3,
    )
    assert head.handlers == tuple(sorted([bureau.handler.actor.id, bureau.head.actor.id]))


def test_steps_stand_in_order_with_actor_article_and_values(
    case: UUID, bureau: Bureau, world: TestWorld
) -> None:
    entries = file_of(bureau.handler, case, world).entries
    assert [(e.seq, e.title, e.actor) for e in entries] == [
        (0, "收件登记", "甲"), (1, "受理", "甲"), (2, "指定办案人员", "甲"),
    ]  # fmt: skip
    assert "第三十条" in entries[1].article
    assert not any(e.by_law or e.struck or e.erased for e in entries)
    told = {v.path: v.text for v in entries[0].values}
    assert (told["applicants.0.name"], told["applicants.0.phone"]) == ("测试甲", "138****8000")


def test_deadlines_show_how_they_are_reckoned(case: UUID, bureau: Bureau, world: TestWorld) -> None:
    found = {d.clock: d for d in file_of(bureau.handler, case, world).deadlines}
    review = found["review_decision"]
    assert (review.status, review.due, review.days_left) == ("running", date(2024, 4, 7), 61)
    assert "第六十二条" in review.article
    assert review.derivation[0].startswith("2024-02-06")
    assert "顺延至其后第一个工作日 2024-04-07" in review.derivation[-1]
    assert found["acceptance_review"].status == "met"
    assert file_of(bureau.handler, case, world).deadlines[0].status == "running"


def test_an_overdue_deadline_counts_backwards(case: UUID, bureau: Bureau, world: TestWorld) -> None:
    world.moment = timezone.make_aware(datetime(2024, 4, 10, 9))
    found = {d.clock: d for d in file_of(bureau.handler, case, world).deadlines}
    assert (found["review_decision"].status, found["review_decision"].days_left) == ("lapsed", -3)


def test_effects_of_law_come_about_without_any_server(act: Act, bureau: Bureau, world: TestWorld) -> None:
    done = act("receive_application", "2024-01-31", **application())
    assert isinstance(done, Done)
    world.moment = timezone.make_aware(datetime(2024, 2, 8, 9))
    found = file_of(bureau.head, done.case, world)
    assert [(e.title, e.on, e.noted) for e in found.effects] == [("视为受理", date(2024, 2, 6), False)]
    assert found.head.stage_title == "审理中"


def test_an_annulled_step_stays_and_is_struck(case: UUID, act: Act, bureau: Bureau, world: TestWorld) -> None:
    assert act("annul", "2024-02-07", case, target=2, reason="误录")
    entries = file_of(bureau.head, case, world).entries
    assert [e.struck for e in entries] == [False, False, True, False]


# ---------------------------------------------------------------------------------------- who sees what


@pytest.mark.parametrize(
    ("who", "ceiling", "name", "phone"),
    [
        ("handler", Field.PERSONAL, "测试甲", "138****8000"), ("head", Field.PERSONAL, "测试甲", "138****8000"),
        ("clerk", Field.INTERNAL, "测**", "138****8000"), ("superior", Field.INTERNAL, "测**", "138****8000"),
    ],
)  # fmt: skip
def test_parties_are_masked_by_the_readers_ceiling(
    case: UUID, bureau: Bureau, world: TestWorld, who: str, ceiling: Field, name: str, phone: str
) -> None:
    found = file_of(getattr(bureau, who), case, world)
    applicant = next(p for p in found.parties if p.role == "applicant")
    assert (found.ceiling, applicant.name, applicant.role_title) == (ceiling, name, "申请人")
    shown = {v.path: (v.text, v.masked) for v in applicant.values}
    assert shown[f"card.{P1}.phone"] == (phone, True)
    assert shown[f"card.{P1}.id_number"] == ("110105********002X", True)
    assert "测试路" not in str(found)
    assert "测试甲" in str(found) or ceiling < Field.PERSONAL


@pytest.mark.parametrize(
    ("who", "answer"),
    [("other", Denied("case")), ("statistician", Denied("verb")), ("stranger", Unknown())],
)
def test_who_may_not_open_it_learns_no_more_than_a_list_would_tell(
    case: UUID, bureau: Bureau, world: TestWorld, who: str, answer: Any
) -> None:
    assert selectors.open_file(getattr(bureau, who), case, world) == answer
    assert not Access.objects.exists()


def test_there_is_no_such_case(bureau: Bureau, world: TestWorld) -> None:
    assert selectors.open_file(bureau.head, uuid4(), world) == Unknown()
    assert selectors.case_of("穗府行复〔2024〕99号") is None


def test_a_case_is_found_by_its_number(case: UUID) -> None:
    assert selectors.case_of("穗府行复〔2024〕1号") == case


@pytest.mark.parametrize("ground", ["case", "organ", "person"])
def test_who_must_stay_out_neither_opens_nor_lists_it(
    case: UUID, bureau: Bureau, world: TestWorld, ground: str
) -> None:
    target: dict[str, Any] = {"case": {"case": case}, "organ": {"organ_id": "某局"},
                              "person": {"person_id_number": WHO["id_number"]}}[ground]  # fmt: skip
    user = int(bureau.head.actor.id)
    Conflict.objects.create(user_id=user, ground="近亲属", declared_at=world.now(), **target)
    assert selectors.open_file(bureau.head, case, world) == Unknown()
    assert selectors.worklist(bureau.head, world).total == 0
    assert selectors.worklist(bureau.handler, world).total == 1


def test_every_opening_is_recorded_before_it_is_shown(case: UUID, bureau: Bureau, world: TestWorld) -> None:
    file_of(bureau.handler, case, world)
    selectors.open_file(Reader(bureau.clerk.actor, int(bureau.head.actor.id)), case, world, "补正咨询")
    rows = list(
        Access.objects.order_by("id").values_list("actor_id", "kind", "case", "reason", "instead_of_id")
    )
    assert rows == [
        (int(bureau.handler.actor.id), "open", str(case), "", None),
        (int(bureau.clerk.actor.id), "open", str(case), "补正咨询", int(bureau.head.actor.id)),
    ]


# ---------------------------------------------------------------------------------------- unmasking


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("0.applicants.0.phone", "13800138000"), ("0.applicants.0.id_number", "11010519491231002X"),
        (f"card.{P1}.id_number", "11010519491231002X"), (f"card.{P1}.address", "某市某区测试路1号"), ("0.service_address", "测试路1号"),
    ],
)  # fmt: skip
def test_unmasking_shows_one_value_and_records_why(
    case: UUID, bureau: Bureau, world: TestWorld, path: str, value: str
) -> None:
    found = selectors.unmask(bureau.handler, case, path, "电话通知听取意见", world)
    assert isinstance(found, Shown)
    assert found.value == value
    record = Access.objects.get(id=found.record)
    assert (record.kind, record.field, record.reason) == ("unmask", path, "电话通知听取意见")


@pytest.mark.parametrize(
    ("who", "path", "reason", "answer"),
    [
        ("handler", "0.applicants.0.phone", " ", Refusal("reason")), ("other", "0.applicants.0.phone", "好奇", Denied("case")),
        ("statistician", "0.applicants.0.phone", "好奇", Denied("verb")), ("handler", "0.applicants.7.phone", "x", Unknown()),
        ("handler", "0.applicants", "x", Unknown()), ("handler", "9.applicants.0.phone", "x", Unknown()),
        ("handler", "0", "x", Unknown()), ("handler", f"card.{P1}.colour", "x", Unknown()), ("handler", "card.nobody.phone", "x", Unknown()),
        ("handler", "0.applicants.x.phone", "x", Unknown()),
    ],
)  # fmt: skip
def test_what_is_not_unmasked(
    case: UUID, bureau: Bureau, world: TestWorld, who: str, path: str, reason: str, answer: Any
) -> None:
    assert selectors.unmask(getattr(bureau, who), case, path, reason, world) == answer
    assert not Access.objects.exists()


# ---------------------------------------------------------------------------------------- what may be done


def ways(found: File) -> dict[str, str]:
    return {choice.action: choice.way for choice in found.choices}


def test_what_may_be_done_is_shown_with_the_way_to_do_it(
    case: UUID, bureau: Bureau, world: TestWorld
) -> None:
    handler, head = (ways(file_of(reader, case, world)) for reader in (bureau.handler, bureau.head))
    assert (handler["send_copy"], head["send_copy"]) == ("perform", "")
    assert handler["decide"] == "propose"  # the head of the organ decides
    choices = {c.action: c for c in file_of(bureau.handler, case, world).choices}
    assert choices["decide"].route == (("复议机关负责人",),)
    assert [p.code for p in choices["accept"].problems] == ["wrong_stage"]
    assert "审理中" in choices["accept"].problems[0].text
    assert choices["serve_decision"].per
    assert {"correct", "hand_over"} <= set(choices)  # what every line has


def test_the_citys_reviewers_stand_in_the_route(case: UUID, bureau: Bureau, world: TestWorld) -> None:
    world.routes["decide"] = ("section_head", "body_head")
    choice = next(c for c in file_of(bureau.handler, case, world).choices if c.action == "decide")
    assert choice.route == (("处室负责人",), ("复议机构负责人",), ("复议机关负责人",))


def test_what_the_door_would_refuse_is_not_offered(case: UUID, bureau: Bureau, world: TestWorld) -> None:
    """A superior may look, and act where the line lets superiors act, and nowhere else."""
    choices = file_of(bureau.superior, case, world).choices
    line = line_of("reconsideration")
    for choice in choices:
        action = line.action(choice.action)
        assert action is not None
        assert not choice.way or action.external or "superior" in action.by
    assert any(choice.way for choice in choices if not choice.external)


def test_what_is_offered_is_not_refused_for_stage_or_authority(
    case: UUID, bureau: Bureau, world: TestWorld
) -> None:
    found = file_of(bureau.handler, case, world)
    for choice in found.choices:
        if choice.way != "perform":
            continue
        ask = Ask(
            Command(choice.action, world.now().date()),
            bureau.handler.actor,
            str(uuid4()),
            "reconsideration",
            case,
        )
        answer = perform(ask, world)
        refused = [] if answer else [p.code for p in answer.problems]  # type: ignore[union-attr]
        assert not {"wrong_stage", "not_authorised", "act_case", "act_verb", "not_in_version"} & set(
            refused
        ), choice
        if answer:
            return  # the case has moved on


# ---------------------------------------------------------------------------------------- lists


def many(act: Act, count: int) -> None:
    for number in range(count):
        who = {"id": f"q{number}", "name": f"测试{number}", "phone": f"1390000{number:04}"}
        assert act("receive_application", "2024-01-31", **application(applicants=[who]))


def test_a_work_list_of_the_readers_organ(case: UUID, act: Act, bureau: Bureau, world: TestWorld) -> None:
    many(act, 2)
    page = selectors.worklist(bureau.head, world)
    assert (page.total, page.pages, page.number) == (3, 1, 1)
    assert [row.next_due for row in page.rows] == sorted(row.next_due for row in page.rows if row.next_due)
    row = next(row for row in page.rows if row.id == case)
    assert (row.number, row.stage_title, row.organ_name, row.parties[0]) == (
        "穗府行复〔2024〕1号", "审理中", "某市", ("申请人", "测试甲"),
    )  # fmt: skip
    assert "测试handler" in row.handlers


@pytest.mark.parametrize(
    ("who", "total", "name"),
    [("head", 3, "测试甲"), ("handler", 3, "测试甲"), ("clerk", 3, "测**"), ("superior", 3, "测**"), ("statistician", 3, "测**"),
     ("stranger", 0, "")],
)  # fmt: skip
def test_lists_are_masked_too(
    case: UUID, act: Act, bureau: Bureau, world: TestWorld, who: str, total: int, name: str
) -> None:
    many(act, 2)
    page = selectors.worklist(getattr(bureau, who), world)
    assert page.total == total
    shown = {row.id: row.parties[0][1] for row in page.rows}
    assert shown.get(case, "") == name


@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        (Wanted(), 3), (Wanted(mine=True), 1), (Wanted(line="legal_aid"), 0), (Wanted(line="reconsideration"), 3),
        (Wanted(stage="received"), 2), (Wanted(due_by=date(2024, 2, 6)), 2), (Wanted(closed=True), 0), (Wanted(closed=None), 3),
        (Wanted(number="〔2024〕1号"), 1), (Wanted(organ="yx"), 0),
    ],
)  # fmt: skip
def test_what_a_list_may_be_asked_for(
    case: UUID, act: Act, bureau: Bureau, world: TestWorld, wanted: Wanted, total: int
) -> None:
    many(act, 2)
    assert selectors.worklist(bureau.handler, world, wanted).total == total


def test_fifty_rows_a_page(act: Act, bureau: Bureau, world: TestWorld) -> None:
    many(act, 51)
    first, second = (selectors.worklist(bureau.head, world, page=n) for n in (1, 2))
    assert (len(first.rows), len(second.rows), first.pages) == (50, 1, 2)
    assert not {r.id for r in first.rows} & {r.id for r in second.rows}
    assert selectors.worklist(bureau.head, world, page=9).number == 2


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len([q for q in captured if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


def test_the_number_of_queries_does_not_grow(case: UUID, act: Act, bureau: Bureau, world: TestWorld) -> None:
    few = queries(lambda: selectors.worklist(bureau.head, world))
    short = queries(lambda: file_of(bureau.handler, case, world))
    many(act, 12)
    for number in range(12):
        assert act("grant_file_access", "2024-02-07", case, who=f"测试{number}", what=["答复"])
    assert queries(lambda: selectors.worklist(bureau.head, world)) == few <= 8
    assert queries(lambda: file_of(bureau.handler, case, world)) == short <= 12


# ---------------------------------------------------------------------------------------- look-up


@pytest.mark.parametrize(
    ("kind", "value", "total"),
    [
        ("id_number", "11010519491231002x", 1), ("phone", "+86 138-0013-8000", 1), ("name", "测试 甲", 1), ("phone", "13800138001", 0),
        ("id_number", "13800138000", 0),
    ],
)  # fmt: skip
def test_parties_are_found_across_cases(
    case: UUID, act: Act, bureau: Bureau, world: TestWorld, kind: str, value: str, total: int
) -> None:
    many(act, 2)
    found = selectors.find_parties(bureau.head, kind, value, world)
    assert isinstance(found, Page)
    assert [row.id for row in found.rows] == [case] * total
    other = selectors.find_parties(bureau.stranger, kind, value, world)
    assert isinstance(other, Page)
    assert other.total == 0


# ---------------------------------------------------------------------------------------- sensitive cases


@pytest.fixture
def minor(case: UUID) -> UUID:
    """As if the line said so of this case."""
    Case.objects.filter(id=case).update(sensitive=True)
    return case


def test_a_sensitive_case_is_opened_by_few_and_listed_without_names(
    minor: UUID, bureau: Bureau, world: TestWorld
) -> None:
    assert isinstance(selectors.open_file(bureau.handler, minor, world), File)
    assert isinstance(selectors.open_file(bureau.head, minor, world), File)
    for reader in (bureau.clerk, bureau.superior, bureau.other):
        assert selectors.open_file(reader, minor, world) == Denied("case")
        assert isinstance(selectors.unmask(reader, minor, f"card.{P1}.phone", "核实", world), Denied)
    shown = {
        name: selectors.worklist(getattr(bureau, name), world).rows[0]
        for name in ("clerk", "superior", "head")
    }
    assert {name: row.parties[0][1] for name, row in shown.items()} == {
        "clerk": "***",
        "superior": "***",
        "head": "测试甲",
    }
    assert all(row.sensitive for row in shown.values())
