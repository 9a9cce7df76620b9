"""The needs of both lines answered from registers, for real: through the online door and through the bulk driver."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.support import TestWorld, application
from tests.registers.support import SYSTEM, at, did
from yifa import registry
from yifa.casework.bulk import BulkDriver
from yifa.casework.requests import Answer, Done, NotDone
from yifa.casework.requests import Ask as Act
from yifa.casework.services import perform as act
from yifa.language.acts import Actor, Command
from yifa.language.ports import Found, Question
from yifa.registers.answers import RegistersPort, code_of
from yifa.registers.city import load_city
from yifa.registers.requests import Ask
from yifa.registers.services import perform

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = Actor(
    "甲",
    frozenset(
        {"window_clerk", "reviewer", "agency_head", "assigner", "handler", "section_head", "body_head"}
    ),
    "gz",
)
Door = Callable[[Act], Answer]


@contextmanager
def online(world: TestWorld) -> Iterator[Door]:
    yield lambda ask: act(ask, world)


@contextmanager
def bulk(world: TestWorld) -> Iterator[Door]:
    with BulkDriver(world) as driver:
        yield driver.perform


BOTH = pytest.mark.parametrize("opened", [online, bulk])


def world_on(day: str) -> TestWorld:
    return TestWorld(timezone.make_aware(datetime.fromisoformat(f"{day}T09:00")))


def enter(code: str, recorded: str = "2023-01-01", **data: Any) -> UUID:
    return did(perform(Ask(code, "enter", SYSTEM, data=data), at(recorded))).entry


def move(entry: UUID, code: str, what: str, on: str, **data: Any) -> None:
    did(perform(Ask(code, "move", SYSTEM, date.fromisoformat(on), data, entry, what), at("2024-06-01")))


def done(answer: Answer) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def facts(answer: Answer) -> Mapping[str, Any]:
    view = done(answer).view
    assert view is not None
    return view.events[-1].facts


def problems(answer: Answer) -> list[str]:
    return [p.code for p in answer.problems] if isinstance(answer, NotDone) else []


def checks(answer: Answer) -> list[Any]:
    found = answer.problems if isinstance(answer, NotDone) else done(answer).warnings
    return [p.params.get("check", p.code) for p in found]


def aid(action: str, day: str, /, case: UUID | None = None, **data: Any) -> Act:
    return Act(Command(action, date.fromisoformat(day), data), STAFF, str(uuid4()), "legal_aid", case, "gz")


def review(action: str, day: str, case: UUID | None = None, actor: Actor = STAFF, **data: Any) -> Act:
    return Act(
        Command(action, date.fromisoformat(day), data),
        actor,
        str(uuid4()),
        "reconsideration",
        case,
        actor.organ,
    )


# ------------------------------------------------------------------------------ legal aid: lawyers for assignment


def lawyer(number: str, licence: str, licensed: str, criminal: str | None = None, **more: Any) -> UUID:
    found = enter(
        "permits.lawyers",
        licence=licence,
        name=f"测试{number}",
        first_licensed=licensed,
        firm="31A",
        valid_from=licensed,
    )
    pooled = {"id": number, "name": f"测试{number}", "licence": licence, "criminal_start": criminal} | more
    enter("legal_aid.aid_pool", **{name: value for name, value in pooled.items() if value is not None})
    return found


def notified(door: Door, ground: str = "life_or_death", name: str = "测试甲") -> UUID:
    notice = {"received_on": "2023-10-09", "notice_ground": ground, "stage": "first", "contact": "示例法院", "name": name,
              "cause": "盗窃", "organ_case_no": f"{name}1号"}  # fmt: skip
    return done(door(aid("notify_in", "2023-10-09", **notice))).case


@BOTH
def test_practice_and_criminal_experience_come_from_the_registers(opened: Any) -> None:
    """Three years of criminal defence since 2023-09-01 (PR 26(1)), measured on the day of assignment."""
    lawyer("L-1", "14401201", "2012-05-01", "2018-01-01")
    lawyer("L-2", "14401202", "2012-05-01", "2021-01-01")
    lawyer("L-3", "14401203", "2012-05-01", "2020-10-11")
    with opened(world_on("2023-10-13")) as door:
        case = notified(door)
        assert checks(door(aid("assign", "2023-10-11", case, person="L-2"))) == ["A-a"]
        assert checks(door(aid("assign", "2023-10-11", case, person="L-9"))) == ["lawyer_unknown"]
        assert problems(door(aid("assign", "2023-10-10", case, person="L-3"))) == ["assignment_check"]
        stored = facts(door(aid("assign", "2023-10-11", case, person="L-3")))
    assert stored["aid_person"]["practice_start"] == "2012-05-01"
    assert stored["sources"]["aid_person"].startswith("legal_aid.aid_pool@")
    assert "permits.lawyers@" in stored["sources"]["aid_person"]
    assert "name" not in stored["aid_person"]


@BOTH
def test_knowing_minors_comes_from_the_pool(opened: Any) -> None:
    lawyer("L-1", "14401201", "2012-05-01", juvenile=True)
    lawyer("L-2", "14401202", "2012-05-01")
    with opened(world_on("2023-10-13")) as door:
        case = notified(door, "minor")
        assert checks(door(aid("assign", "2023-10-11", case, person="L-2"))) == ["A-b"]
        assert checks(door(aid("assign", "2023-10-11", case, person="L-1"))) == []


@BOTH
def test_a_suspended_lawyer_is_not_assigned_until_the_suspension_is_over(opened: Any) -> None:
    found = lawyer("L-1", "14401201", "2012-05-01")
    move(
        found,
        "permits.lawyers",
        "suspend",
        "2023-09-01",
        suspended_from="2023-09-01",
        suspended_to="2023-10-11",
        penalty="停止执业",
    )
    with opened(world_on("2023-10-13")) as door:
        first, second = notified(door, "absence"), notified(door, "absence", "测试乙")
        assert checks(door(aid("assign", "2023-10-11", first, person="L-1"))) == ["A-f"]
        assert checks(door(aid("assign", "2023-10-12", second, person="L-1"))) == []


@BOTH
def test_the_register_of_the_day_answers(opened: Any) -> None:
    """Taken out of the pool later: on its own day the assignment was open."""
    found = enter("legal_aid.aid_pool", id="L-1", name="测试甲")
    move(found, "legal_aid.aid_pool", "suspend", "2023-10-11")
    with opened(world_on("2023-10-13")) as door:
        first, second = notified(door, "absence"), notified(door, "absence", "测试乙")
        assert checks(door(aid("assign", "2023-10-10", first, person="L-1"))) == []
        assert checks(door(aid("assign", "2023-10-11", second, person="L-1"))) == ["A-f"]


@BOTH
def test_load_and_limit(opened: Any) -> None:
    lawyer("L-1", "14401201", "2012-05-01")
    world = world_on("2023-10-13")
    table = dict(world.env.parameters.table) | {"aid_load_limit": ((date(2022, 1, 1), 1, "测试取值"),)}
    world.env = world.env._replace(parameters=world.env.parameters._replace(table=table))
    with opened(world) as door:
        cases = [notified(door, "absence", f"测试{n}") for n in range(2)]
        assert [checks(door(aid("assign", "2023-10-11", case, person="L-1"))) for case in cases] == [
            [],
            ["A-g"],
        ]


# ------------------------------------------------------------------------------ legal aid: commitments, rosters


def receipt(**changes: Any) -> Act:
    data = {"applicant": "测试甲", "kind": "labour", "stage": "arbitration", "matter_code": "labour_pay", "received_at": "2023-10-09T09:00",
            "channel": "window", "mode": "commitment", "situation": "hardship", "id_no": "44010619900307123X"}  # fmt: skip
    return aid("receive", "2023-10-09", **(data | changes))


@BOTH
def test_a_broken_commitment_is_found_by_the_blind_index(opened: Any) -> None:
    number = "110101199003074514"
    entry = enter("legal_aid.commitments", case_no="2023-5", person=number, signed_on="2023-02-01")
    with opened(world_on("2023-10-13")) as door:
        assert "commitment_broken" not in problems(door(receipt(id_no=number)))
    move(entry, "legal_aid.commitments", "break", "2023-03-01", result="false_on_purpose")
    with opened(world_on("2023-10-13")) as door:
        assert "commitment_broken" in problems(door(receipt(id_no=number)))
        assert "commitment_broken" not in problems(door(receipt(id_no="110101199003072818")))
    move(entry, "legal_aid.commitments", "repair", "2023-09-01", repaired_on="2023-09-01")
    with opened(world_on("2023-10-13")) as door:
        assert "commitment_broken" not in problems(door(receipt(id_no=number)))


@BOTH
def test_nobody_sits_in_two_places(opened: Any) -> None:
    enter("legal_aid.duty_roster", lawyer="L-1", day="2023-10-13", half="am", place="某看守所")
    with opened(world_on("2023-10-13")) as door:
        case = done(
            door(
                aid("duty_request", "2023-10-13", person="测试甲", organ_case_no="1号", stage="investigation")
            )
        ).case
        shift = {"lawyer": "L-1", "day": "2023-10-13", "half": "am"}
        assert problems(door(aid("duty_arrange", "2023-10-13", case, place="某法院", **shift))) == [
            "two_places"
        ]
        assert problems(door(aid("duty_arrange", "2023-10-13", case, place="某看守所", **shift))) == []


# ------------------------------------------------------------------------------ reconsideration


@pytest.fixture
def city() -> None:
    load_city(registry.city_of(), at("2024-01-20"))


def received(door: Door, respondent: str, actor: Actor) -> UUID:
    data = application("2024-01-31", respondents=[respondent], organ=actor.organ)
    return done(door(review("receive_application", "2024-01-31", actor=actor, **data))).case


def at_organ(organ: str) -> Actor:
    return Actor("甲", STAFF.roles, organ)


@BOTH
@pytest.mark.parametrize(
    ("respondent", "here", "refused"),
    [
        ("广州市公安局", "gz-gov", False), ("广州市公安局", "gz-sfj", False), ("广州市公安局", "440106-sfj", True),
        ("gz-tax", "gz-gov", True), ("广州市天河区教育局", "440106-sfj", False), ("广州市天河区教育局", "gz-sfj", True),
        ("广州市公安局天河区分局", "440106-sfj", False), ("不在名录的机关", "440106-sfj", False),
    ],
)  # fmt: skip
def test_who_is_competent_comes_from_the_register_of_organs(
    city: None, opened: Any, respondent: str, here: str, refused: bool
) -> None:
    actor = at_organ(here)
    with opened(world_on("2024-02-06")) as door:
        case = received(door, respondent, actor)
        answer = door(
            review(
                "accept",
                "2024-02-06",
                case,
                actor,
                accepted_on="2024-02-06",
                conditions_met=[1, 2, 3, 4, 5, 6, 7],
            )
        )
    assert problems(answer) == (["not_competent"] if refused else [])
    if refused and respondent != "gz-tax" and isinstance(answer, NotDone):
        named = answer.problems[0].params["competent"]
        assert named == ("广州市人民政府" if here != "gz-sfj" else "广州市天河区人民政府")


def accepted(door: Door) -> UUID:
    case = received(door, "某局", STAFF)
    done(
        door(
            review(
                "accept", "2024-02-06", case, accepted_on="2024-02-06", conditions_met=[1, 2, 3, 4, 5, 6, 7]
            )
        )
    )
    return case


@BOTH
def test_who_may_handle_comes_from_the_register_of_handlers(opened: Any) -> None:
    enter(
        "reconsideration.handlers",
        staff_no="h1",
        name="测试甲",
        qualified=True,
        trained_on="2020-01-01",
        unit="某处",
    )
    enter(
        "reconsideration.handlers",
        staff_no="h2",
        name="测试乙",
        qualified=False,
        trained_on="2020-01-01",
        unit="某处",
    )
    enter("reconsideration.handlers", staff_no="h3", name="测试丙", qualified=True, unit="某处")
    with opened(world_on("2024-02-06")) as door:
        case = accepted(door)
        refused = door(review("assign_handler", "2024-02-06", case, handlers=["h1", "h2", "h3"]))
        assert [(p.code, p.params["name"]) for p in refused.problems] == [
            ("handler_unqualified", "h2"),
            ("handler_unqualified", "h3"),
        ]  # type: ignore[union-attr]
        stored = facts(door(review("assign_handler", "2024-02-06", case, handlers=["h1", "老同志"])))
    assert stored["sources"]["handler_unqualified"].startswith("reconsideration.handlers@")


@BOTH
def test_committee_members_come_from_the_register(opened: Any) -> None:
    enter(
        "reconsideration.committee_members",
        member_no="m1",
        name="测试甲",
        kind="expert",
        valid_from="2023-01-01",
        valid_to="2025-12-31",
    )
    enter(
        "reconsideration.committee_members",
        member_no="m2",
        name="测试乙",
        kind="scholar",
        valid_from="2021-01-01",
        valid_to="2023-12-31",
    )
    with opened(world_on("2024-03-01")) as door:
        case = accepted(door)
        refused = door(review("consult_committee", "2024-03-01", case, opinion="同意", members=["m1", "m2"]))
        assert [(p.code, p.params["member"]) for p in refused.problems] == [("no_committee_member", "m2")]  # type: ignore[union-attr]
        done(door(review("consult_committee", "2024-03-01", case, opinion="同意", members=["m1"])))


# ------------------------------------------------------------------------------ the port itself


def statements(queries: CaptureQueriesContext) -> list[str]:
    skip = ("BEGIN", "COMMIT", "SET", "SELECT set_config", "SAVEPOINT", "RELEASE")
    return [q["sql"] for q in queries if not q["sql"].startswith(skip)]


def test_registers_cost_an_act_one_statement() -> None:
    lawyer("L-1", "14401201", "2012-05-01")
    world = world_on("2023-10-13")
    with online(world) as door:
        first, second = notified(door, "absence"), notified(door, "absence", "测试乙")
        with CaptureQueriesContext(connection) as asked:
            done(door(aid("assign", "2023-10-11", first, person="L-1")))
        world.ports = {}
        with CaptureQueriesContext(connection) as unasked:
            done(door(aid("assign", "2023-10-11", second, person="L-1", lawyer={"id": "L-1"})))
    assert len(statements(asked)) == len(statements(unasked)) + 1
    assert len(statements(asked)) <= 10


def test_memory_answers_as_the_database_does(city: None) -> None:
    lawyer("L-1", "14401201", "2012-05-01", "2018-01-01")
    found = lawyer("L-2", "14401202", "2013-05-01")
    move(found, "permits.lawyers", "revoke", "2023-06-01")
    enter("legal_aid.commitments", case_no="2023-5", person="110101199003074514", signed_on="2023-02-01")
    asked = [
        question("legal_aid", "assign", "aid_person", key, day)
        for key in ("L-1", "L-2", "L-3")
        for day in ("2012-04-30", "2023-05-31", "2023-06-01")
    ]
    asked += [
        question("legal_aid", "receive", "broken_commitments", number, "2023-06-01")
        for number in ("110101199003074514", "110101 19900307 4514", "x")
    ]
    asked += [
        question("reconsideration", "accept", "respondent_organs", names, day)
        for names in (("广州市公安局",), ("gz-gaj", "广州市教育局"), ("440106-ga", "广州市公安局"), ("无",))
        for day in ("2020-01-01", "2022-01-01", "2024-01-15")
    ]
    port, memory = RegistersPort(), RegistersPort().snapshot()
    for one in asked:
        assert memory.ask([one]) == port.ask([one]), one.key
    assert memory.snapshot() is memory
    several = [asked[0], asked[-1]]
    assert memory.ask(several) == port.ask(several)


def question(line: str, action: str, need: str, key: Any, day: str) -> Question:
    declared = registry.line(line).action(action)
    assert declared is not None
    found = next(n for n in declared.needs if n.code == need)
    return Question(found, key, line, date.fromisoformat(day))


def test_an_empty_register_answers_nothing_and_says_so() -> None:
    asked = question("legal_aid", "assign", "aid_person", "L-1", "2023-10-13")
    expected = {"aid_person": Found((), "legal_aid.aid_pool@0 permits.lawyers@0")}
    assert RegistersPort().ask([asked]) == RegistersPort().snapshot().ask([asked]) == expected


def test_a_value_that_is_not_known_is_not_looked_for() -> None:
    asked = question("legal_aid", "duty_arrange", "duty_roster", ("L-1", None), "2023-10-13")
    assert RegistersPort().ask([asked])["duty_roster"].value == ()


def test_registers_are_named_by_line_or_by_owner() -> None:
    assert code_of("legal_aid", "aid_pool") == "legal_aid.aid_pool"
    assert code_of("legal_aid", "permits.lawyers") == "permits.lawyers"
