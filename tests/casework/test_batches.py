"""Many cases at once: two hundred like applications, the caseload of a person and of an organ; answers case by case."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import batches
from yifa.casework.audit import faults
from yifa.casework.batches import Result
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.language.acts import Actor, Command
from yifa.people.models import Conflict, Organ
from yifa.people.services import add_user

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)
SEVEN = [1, 2, 3, 4, 5, 6, 7]
STAFF = Actor("甲", frozenset({"window_clerk", "handler", "section_head"}), "gz")


def codes(answer: Answer) -> list[str]:
    return [p.code for p in answer.problems] if isinstance(answer, NotDone) else []


def received(act: Act, name: str, **changes: Any) -> UUID:
    done = act(
        "receive_application", "2024-01-31", **application(applicants=[{"id": name, "name": name}], **changes)
    )
    assert isinstance(done, Done), done
    return done.case


def handled(act: Act, name: str, handlers: list[str], **said: Any) -> UUID:
    case = received(act, name)
    assert act("accept", "2024-02-06", case, accepted_on=date(2024, 2, 6), conditions_met=SEVEN)
    assert act("assign_handler", "2024-02-06", case, handlers=handlers, **said)
    return case


def test_two_hundred_like_applications_with_their_own_refusals(world: TestWorld) -> None:
    """200 holders against one notice. Every tenth form is faulty; the rest get consecutive numbers, none is lost."""
    day = date(2024, 1, 31)
    asks = []
    for number in range(200):
        faulty = {"facts_reasons": "短"} if number % 10 == 9 else {}
        data = application(applicants=[{"id": f"p{number}", "name": f"测试{number}"}], **faulty)
        asks.append(
            Ask(Command("receive_application", day, data), STAFF, f"b{number}", "reconsideration", None, "gz")
        )
    heard: list[bool] = []
    answers = batches.batch(asks, world, lambda ask, answer: heard.append(bool(answer)))
    assert heard == [bool(answer) for answer in answers]
    refused = [n for n, answer in enumerate(answers) if not answer]
    assert refused == list(range(9, 200, 10))
    assert all(codes(answers[n]) == ["field_invalid"] for n in refused)
    numbers = [answer.number for answer in answers if isinstance(answer, Done)]
    assert numbers == [f"穗府行复〔2024〕{n}号" for n in range(1, 181)]
    again = batches.batch(asks, world)
    assert [a.repeated for a in again if isinstance(a, Done)] == [True] * 180
    assert Case.objects.count() == 180


def test_one_act_over_many_cases(act: Act, world: TestWorld) -> None:
    cases = [received(act, f"p{n}") for n in range(5)]
    assert act("refuse", "2024-02-01", cases[2], condition=2, reason="没有利害关系")
    world.moment = timezone.make_aware(datetime(2024, 2, 5, 10))
    command = Command("accept", date(2024, 2, 5), {"accepted_on": date(2024, 2, 5), "conditions_met": SEVEN})
    results = batches.over([*cases, uuid4()], command, STAFF, "k", world)
    assert [codes(r.answer) for r in results] == [[], [], ["wrong_stage"], [], [], ["case_unknown"]]
    assert [r.number for r in results[:2]] == ["穗府行复〔2024〕1号", "穗府行复〔2024〕2号"]
    batches.over(cases, command, STAFF, "k", world)
    assert EventRow.objects.filter(action="accept").count() == 4


# ---------------------------------------------------------------------------------------- caseloads


def hand_over(world: TestWorld, actor: Actor = STAFF) -> dict[UUID | None, Result]:
    found = batches.hand_over_person("gz", "乙", "丁", actor, "乙调离", "交接1", world)
    return {result.case: result for result in found}


def test_a_persons_cases_go_to_a_colleague_by_ordinary_acts(act: Act, world: TestWorld) -> None:
    first, second = handled(act, "p1", ["乙", "丙"]), handled(act, "p2", ["乙", "丙"])
    other, done = handled(act, "p3", ["丙", "戊"]), handled(act, "p4", ["乙", "丙"])
    assert act("withdraw", "2024-02-06", done)
    world.moment = timezone.make_aware(datetime(2024, 2, 7, 9))
    found = hand_over(world)
    assert {case for case, result in found.items() if result.answer} == {first, second}
    for case in (first, second):
        row = Case.objects.get(id=case)
        assert row.facts["handlers"] == ["丁", "丙"]
        assert EventRow.objects.filter(case_id=case).order_by("-seq")[0].action == "assign_handler"
    assert Case.objects.get(id=other).facts["handlers"] == ["丙", "戊"]
    assert not hand_over(world)  # nothing is left to hand over
    assert not list(faults(world))


def test_what_stands_against_one_case_stands_against_that_one_only(act: Act, world: TestWorld) -> None:
    """Two cases; in one facts are being found and the colleague already is the second handler: two would be one."""
    fine, pair = handled(act, "p1", ["乙", "丙"]), handled(act, "p2", ["乙", "丁"], fact_finding=True)
    found = hand_over(world)
    assert codes(found[fine].answer) == []
    assert codes(found[pair].answer) == ["two_handlers"]
    assert Case.objects.get(id=pair).facts["handlers"] == ["乙", "丁"]


def test_a_colleague_who_must_stay_out_does_not_get_the_case(act: Act, world: TestWorld) -> None:
    user = add_user("ding", "测试丁")
    first, second = handled(act, "p1", ["乙", "丙"]), handled(act, "p2", ["乙", "丙"])
    Conflict.objects.create(user_id=user.pk, ground="近亲属", declared_at=world.now(), case=first)  # type: ignore[union-attr]
    found = batches.hand_over_person("gz", "乙", str(user.pk), STAFF, "乙调离", "k", world)  # type: ignore[union-attr]
    assert {r.case: codes(r.answer) for r in found} == {first: ["handler_conflict"], second: []}


def test_who_may_not_name_handlers_hands_nothing_over(act: Act, world: TestWorld) -> None:
    case = handled(act, "p1", ["乙", "丙"])
    found = hand_over(world, Actor("乙", frozenset({"handler"}), "gz"))
    assert codes(found[case].answer) == ["not_authorised"]


def test_all_cases_of_an_organ_go_to_another_and_their_clocks_run_on(act: Act, world: TestWorld) -> None:
    for code in ("gz", "yx"):
        Organ.objects.create(
            code=code, name=code, level="city", kind="government", valid_from=date(2000, 1, 1)
        )
    running, fresh, done = (
        handled(act, "p1", ["乙", "丙"]),
        received(act, "p2"),
        handled(act, "p3", ["乙", "丙"]),
    )
    assert act("withdraw", "2024-02-06", done)
    head = Actor("乙", frozenset({"section_head"}), "gz")
    before = {row.clock: row.due for row in Case.objects.get(id=running).clocks.all()}
    results = batches.hand_over_organ("gz", "yx", head, "机构改革", "k", world)
    assert {r.case for r in results if r.answer} == {running, fresh}
    for case in (running, fresh):
        row = Case.objects.get(id=case)
        assert (row.organ, row.number != "") == ("yx", True)
    assert {row.clock: row.due for row in Case.objects.get(id=running).clocks.all()} == before
    assert Case.objects.get(id=done).organ == "gz"
    # Who had the case no longer has it; who has it now names new handlers.
    lost = act("grant_file_access", "2024-02-07", running, who="甲", what=["答复"])
    assert codes(lost) == ["act_case"]
    assert not list(faults(world))


def test_an_organs_cases_of_some_lines_only(act: Act, world: TestWorld) -> None:
    received(act, "p1")
    assert batches.hand_over_organ("gz", "yx", STAFF, "机构改革", "k", world, lines=("legal_aid",)) == []
