"""A whole caseload goes to a colleague, in every line by the act that the line declares; each case with its own answer."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.casework.bureau import LAWYER, legal_aid, moment, reconsideration, walk
from tests.casework.support import TestWorld
from yifa.casework import batches
from yifa.casework.audit import faults
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.registers import services as registers
from yifa.registers.requests import Ask as Change
from yifa.registry import known
from yifa.registry import line as line_of

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2024, 3, 4)
EVERY = frozenset({
    "window_clerk", "handler", "section_head", "body_head", "organ_head", "reviewer", "agency_head", "assigner", "coordinator",
    "mediator", "committee_head", "aid_person", "firm",
})  # fmt: skip
STAFF = Actor("甲", EVERY, "gz")
SIDES = [
    {"id": f"p-{n}", "name": "测试甲", "side": side, "contact": "00000000001", "address": "样本路1号"}
    for n, side in ((1, "first"), (2, "second"))
]
SUIT: dict[str, Any] = {
    "court": "广州铁路运输法院", "court_case_no": "（2024）粤71行初1号", "case_kind": "act", "complaint_received_on": DAY,
    "court_filed_on": DAY - timedelta(days=5), "plaintiffs": [{"id": "p-1", "name": "测试甲"}], "claims": ["revoke"],
    "defendants": [{"id": "某局", "role": "original"}],
}  # fmt: skip
ACCEPTED = {"mediators": ["乙", "丙"]}
DISPUTE: dict[str, Any] = {
    "parties": SIDES, "dispute_type": "neighbour", "facts": "楼上漏水", "claim": "修复", "consent": [
        {"party": "p-1", "agrees": True}, {"party": "p-2", "agrees": True}],
}  # fmt: skip


def do(world: TestWorld, line: str, steps: list[tuple[str, int, dict[str, Any]]]) -> UUID:
    case: UUID | None = None
    for action, after, data in steps:
        on = DAY + timedelta(days=after)
        world.moment = max(world.moment, moment(on))
        done = perform(Ask(Command(action, on, data), STAFF, str(uuid4()), line, case, "gz"), world)
        assert isinstance(done, Done), (action, done)
        case = done.case
    assert case is not None
    return case


def suit(world: TestWorld, number: int = 1, assigned: bool = True) -> UUID:
    data = SUIT | {"court_case_no": f"（2024）粤71行初{number}号"}
    steps = [("register_case", 0, data | ({} if assigned else {"handlers": ["乙"], "lead_organ": "某局"}))]
    return do(
        world,
        "litigation",
        steps + [("assign", 1, {"lead_organ": "某局", "handlers": ["乙", "丙"]})] * assigned,
    )


def aid(world: TestWorld) -> UUID:
    """Of somebody on the list of those who give aid; so is the colleague."""
    row = {"id": "丁", "name": "测试丁", "practice_start": "2015-01-01", "valid_from": "2020-01-01"}
    loader = Actor("装载", frozenset({"system"}))
    assert registers.perform(Change("legal_aid.aid_pool", "enter", loader, data=row), moment(DAY, 8))
    return walk(world, "legal_aid", DAY, legal_aid(DAY)[:4], actor=STAFF)


def mediated(world: TestWorld) -> UUID:
    return do(
        world,
        "mediation",
        [
            ("register", 0, DISPUTE),
            ("ask_consent", 0, {}),
            ("accept", 0, ACCEPTED),
            ("start", 1, {"record": "笔录"}),
        ],
    )


def reviewed(world: TestWorld) -> UUID:
    return walk(world, "reconsideration", DAY, reconsideration(DAY, handlers=("乙", "丙"))[:4], actor=STAFF)


# Line → how a case comes about that somebody handles, who that is, and the act by which a colleague goes on.
WAYS: dict[str, tuple[Callable[[TestWorld], UUID], str, str]] = {
    "reconsideration": (reviewed, "乙", "assign_handler"), "litigation": (suit, "乙", "reassign"),
    "mediation": (mediated, "乙", "choose_mediator"), "legal_aid": (aid, LAWYER["id"], "change"),
}  # fmt: skip


def hand_over(world: TestWorld, who: str, actor: Actor = STAFF) -> dict[UUID | None, Answer]:
    found = batches.hand_over_person("gz", who, "丁", actor, "原承办人调离", "交接1", world)
    return {result.case: result.answer for result in found}


def test_every_line_says_who_handles_its_cases() -> None:
    assert set(WAYS) == set(known())
    assert all(line_of(code).handling for code in known())


@pytest.mark.parametrize("line", WAYS)
def test_a_caseload_of_every_line_goes_to_a_colleague(line: str, world: TestWorld) -> None:
    begun, who, act = WAYS[line]
    case, fact = begun(world), line_of(line).handling.fact  # type: ignore[union-attr]
    before = Case.objects.get(id=case).facts[fact]
    world.moment += timedelta(days=1)
    assert {case: True} == {one: bool(answer) for one, answer in hand_over(world, who).items()}
    row = Case.objects.get(id=case)
    expected = "丁" if isinstance(before, str) else ["丁" if name == who else name for name in before]
    assert row.facts[fact] == expected
    assert EventRow.objects.filter(case_id=case).order_by("-seq")[0].action == act
    assert hand_over(world, who) == {}, "nothing is left to hand over"
    assert not list(faults(world))


def test_all_lines_at_once_and_nobody_elses(world: TestWorld) -> None:
    cases = {line: begun(world) for line, (begun, *_) in WAYS.items()}
    world.moment += timedelta(days=1)
    found = hand_over(world, "乙")
    assert set(found) == {cases[line] for line in ("reconsideration", "litigation", "mediation")}
    assert Case.objects.get(id=cases["legal_aid"]).facts["person"] == LAWYER["id"]


def test_a_suit_not_yet_assigned_is_assigned_to_the_colleague(world: TestWorld) -> None:
    case = suit(world, assigned=False)
    assert hand_over(world, "乙")[case]
    row = Case.objects.get(id=case)
    assert (row.stage, row.facts["handlers"], row.facts["lead_organ"]) == ("answering", ["丁"], "某局")


def test_who_may_not_name_the_lawyer_hands_no_aid_case_over(world: TestWorld) -> None:
    case = aid(world)
    answer = hand_over(world, LAWYER["id"], Actor("甲", frozenset({"assigner"}), "gz"))[case]
    assert isinstance(answer, NotDone)
    assert [p.code for p in answer.problems] == ["not_authorised"]
    assert Case.objects.get(id=case).facts["person"] == LAWYER["id"]


def test_an_aid_case_goes_to_nobody_who_is_not_on_the_list(world: TestWorld) -> None:
    case = aid(world)
    (found,) = batches.hand_over_person("gz", LAWYER["id"], "庚", STAFF, "原承办人调离", "k", world)
    assert isinstance(found.answer, NotDone)
    assert ("lawyer_unknown", case) == (found.answer.problems[0].code, found.case)


def test_an_ended_aid_case_says_that_nobody_is_named_there(world: TestWorld) -> None:
    case = walk(world, "legal_aid", DAY, legal_aid(DAY)[:6], actor=STAFF)
    answer = hand_over(world, LAWYER["id"])[case]
    assert isinstance(answer, NotDone)
    assert [p.code for p in answer.problems] == ["handlers_not_named_here"]
