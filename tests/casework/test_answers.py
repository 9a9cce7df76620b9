"""Needs answered through the door, online and in bulk: by other cases, by people, by parameters, by ports of the site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa import registry
from yifa.casework import store
from yifa.casework.bulk import BulkDriver
from yifa.casework.matching import FactIndex
from yifa.casework.memory import MemoryStore
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.actions import Match
from yifa.language.acts import Actor, Command
from yifa.language.ports import Told
from yifa.lines.legal_aid import LEGAL_AID
from yifa.people.models import Conflict
from yifa.people.services import add_user

pytestmark = pytest.mark.django_db(transaction=True)
ROLES = frozenset(
    {
        "window_clerk",
        "reviewer",
        "agency_head",
        "assigner",
        "handler",
        "section_head",
        "body_head",
        "firm",
        "finance",
    }
)
STAFF = Actor("甲", ROLES, "gz")
DAY = date(2023, 10, 9)
POOL = {"id": "L-1", "firm": "示例所", "practice_start": "2015-01-01", "criminal_start": "2016-01-01"}
Door = Callable[[Ask], Answer]


@contextmanager
def online(world: TestWorld) -> Iterator[Door]:
    yield lambda ask: perform(ask, world)


@contextmanager
def bulk(world: TestWorld) -> Iterator[Door]:
    with BulkDriver(world) as driver:
        yield driver.perform


BOTH = pytest.mark.parametrize("opened", [online, bulk])


@pytest.fixture
def world() -> TestWorld:
    return TestWorld(timezone.make_aware(datetime(2023, 10, 13, 9)))


def aid(action: str, case: UUID | None = None, on: date = DAY, **data: Any) -> Ask:
    return Ask(Command(action, on, data), STAFF, str(uuid4()), "legal_aid", case, "gz")


def review(action: str, case: UUID | None = None, on: date = DAY, **data: Any) -> Ask:
    return Ask(Command(action, on, data), STAFF, str(uuid4()), "reconsideration", case, "gz")


def did(answer: Answer) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def granted(door: Door, who: str, opponent: str = "乙公司") -> UUID:
    received = did(door(aid(
        "receive", applicant=who, kind="labour", stage="arbitration", matter_code="labour_pay", groups=["migrant_worker"],
        mode="documents", received_at="2023-10-09T09:00", channel="window", opponent=opponent,
    )))  # fmt: skip
    did(door(aid("grant", received.case, date(2023, 10, 12))))
    return received.case


def assigned(door: Door, case: UUID, **data: Any) -> Answer:
    return door(aid("assign", case, date(2023, 10, 13), **({"lawyer": POOL, "firm": "示例所"} | data)))


def checks(answer: Answer) -> list[str]:
    problems = answer.problems if isinstance(answer, NotDone) else did(answer).warnings
    return [str(p.params["check"]) for p in problems]


# ------------------------------------------------------------------------------------ other cases


@BOTH
def test_nobody_acts_for_both_sides(world: TestWorld, opened: Any) -> None:
    with opened(world) as door:
        did(assigned(door, granted(door, "乙公司", opponent="测试丙")))
        case = granted(door, "测试丙")
        assert checks(assigned(door, case)) == ["A-d", "A-e"]
        other = POOL | {"id": "L-2"}
        assert checks(assigned(door, case, lawyer=other)) == ["A-e"]
        assert checks(assigned(door, case, lawyer=other, firm="另一所")) == []


@BOTH
def test_nobody_defends_two_of_one_criminal_case(world: TestWorld, opened: Any) -> None:
    notice = {
        "received_on": DAY,
        "notice_ground": "absence",
        "stage": "first",
        "contact": "示例法院",
        "cause": "盗窃",
    }
    with opened(world) as door:
        first, second, third = (
            did(door(aid("notify_in", name=name, organ_case_no=number, **notice))).case
            for name, number in (("测试甲", "刑1号"), ("测试乙", "刑1号"), ("测试丙", "刑2号"))
        )
        did(assigned(door, first))
        assert checks(assigned(door, second)) == ["A-c"]
        assert checks(assigned(door, third)) == []


@BOTH
def test_a_full_hand_is_flagged_by_the_citys_limit(world: TestWorld, opened: Any) -> None:
    table = dict(world.env.parameters.table) | {"aid_load_limit": ((date(2022, 1, 1), 2, "测试取值"),)}
    world.env = world.env._replace(parameters=world.env.parameters._replace(table=table))
    with opened(world) as door:
        flagged = [checks(assigned(door, granted(door, f"测试{n}"))) for n in range(3)]
    assert flagged == [[], [], ["A-g"]]


@BOTH
def test_a_case_that_is_closed_is_no_longer_in_hand(world: TestWorld, opened: Any) -> None:
    world.env = registry.env_of(
        LEGAL_AID, {"subsidy_table": [{"kind": "labour", "stage": None, "area": None, "amount": 1800}]}
    )
    with opened(world) as door:
        first = granted(door, "测试甲")
        did(assigned(door, first))
        second = did(assigned(door, granted(door, "测试乙")))
        world.moment = timezone.make_aware(datetime(2023, 10, 17, 9))
        on = date(2023, 10, 16)
        did(door(aid("terminate", first, on, ground=6, served_on=on)))
        for action, data in (
            ("file_in", {"received_on": on}),
            ("file_accept", {}),
            ("pay", {"amount": Decimal(900), "share": Decimal("0.5")}),
            ("archive", {}),
        ):
            did(door(aid(action, first, on, **data)))
        third = did(assigned(door, granted(door, "测试丙")))
    loads = [done.view.events[-1].facts["conflicts"]["load"] for done in (second, third) if done.view]
    assert loads == [1, 1]


def test_the_index_in_memory_counts_as_the_database_does(world: TestWorld) -> None:
    with online(world) as door:
        cases = [granted(door, f"测试{n}") for n in range(4)]
        for n, case in enumerate(cases):
            did(assigned(door, case, lawyer=POOL | {"id": f"L-{n % 2}"}))
    asked = [
        Match({"person": "L-0"}), Match({"person": "L-0"}, open_only=True), Match({"person": "L-0"}, "测试2"),
        Match({"person": "L-0"}, "测试1"), Match({"firm": "示例所", "person": "L-1"}), Match({"person": "L-9"}),
    ]  # fmt: skip
    counted = store.matching(cases[0], "legal_aid", asked)
    assert counted == [1, 1, 1, 0, 2, 0]
    memory = MemoryStore(world)
    assert memory.matching(cases[0], "legal_aid", asked[:1]) == counted[:1]
    assert memory.matching(cases[0], "legal_aid", asked) == counted
    assert FactIndex(["person"]).count(cases[0], "reconsideration", asked[0]) == 0


# ------------------------------------------------------------------------------------ people


@BOTH
def test_a_declared_conflict_keeps_a_handler_out(world: TestWorld, opened: Any) -> None:
    biased, free = add_user("biased", "测试乙"), add_user("free", "测试丙")
    with online(world) as door:
        case = did(
            door(review("receive_application", on=date(2023, 10, 9), **application("2023-10-09")))
        ).case
    Conflict.objects.create(user=biased, case=case, ground="参与作出行为", declared_at=world.moment)
    with opened(world) as door:
        both = [str(biased.pk), str(free.pk)]  # type: ignore[union-attr]
        refused = door(review("assign_handler", case, handlers=both))
        assert isinstance(refused, NotDone)
        assert [(p.code, p.params["name"]) for p in refused.problems] == [("handler_conflict", both[0])]
        did(door(review("assign_handler", case, handlers=[both[1], "外聘人员"])))


# ------------------------------------------------------------------------------------ ports of the site


@BOTH
def test_a_port_of_the_site_answers_and_is_named_in_the_act(world: TestWorld, opened: Any) -> None:
    world.ports = {"registers": Told({"aid_person": ({**_ROW, "lawyers": ()},)}, "legal_aid.aid_pool@7")}
    with opened(world) as door:
        done = did(door(aid("assign", granted(door, "测试甲"), date(2023, 10, 13), person="L-9")))
    assert done.view is not None
    stored = done.view.events[-1].facts
    assert stored["aid_person"]["id"] == "L-9"
    assert stored["sources"] == {
        "aid_person": "legal_aid.aid_pool@7",
        "conflicts": "cases@2023-10-13T09:00:00+08:00",
        "load_limit": f"{world.env.registers_edition}：本地参数默认值（待局方确认）",
    }


_ROW = {
    "id": "L-9",
    "role": "lawyer",
    "qualified": True,
    "juvenile": False,
    "state": "active",
    "on": "2023-10-13",
}


def test_without_a_port_a_need_is_unanswered(world: TestWorld) -> None:
    world.ports = {}
    with online(world) as door:
        case = granted(door, "测试甲")
        refused = door(aid("assign", case, date(2023, 10, 13), person="L-9"))
    assert isinstance(refused, NotDone)
    assert [p.code for p in refused.problems] == ["lawyer_unknown"]


def test_each_port_is_asked_once(world: TestWorld) -> None:
    asked: list[list[str]] = []

    class Port(Told):
        def ask(self, questions: Any) -> Any:
            asked.append([q.need.code for q in questions])
            return super().ask(questions)

    world.ports = {"registers": Port({})}
    with online(world) as door:
        case = granted(door, "测试甲")
        asked.clear()
        with CaptureQueriesContext(connection) as queries:
            did(assigned(door, case))
    assert asked == [["aid_person"]]
    looks = [q["sql"] for q in queries if "casework_case k" in q["sql"]]
    assert len(looks) == 1
