"""日程 from the cases: where a hearing is and which lawyers go, as the acts have it now; names only for who may see them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.casework.support import TestWorld
from tests.casework.test_hand_over import DAY, STAFF, SUIT, do
from yifa.casework.appointments import Appointment, calendar
from yifa.casework.requests import Ask, Done
from yifa.casework.selectors import Reader
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command

pytestmark = pytest.mark.django_db(transaction=True)
HEARING: dict[str, Any] = {
    "hearing_at": datetime(2024, 3, 20, 9, 30),
    "place": "第三法庭",
    "court_required_head": False,
}
LAWYER, STAFF_MEMBER = {"id": "测试律师甲", "kind": "lawyer"}, {"id": "测试科员", "kind": "staff"}


def act(world: TestWorld, case: UUID, action: str, on: date, **data: Any) -> int:
    done = perform(Ask(Command(action, on, data), STAFF, str(uuid4()), "litigation", case, "gz"), world)
    assert isinstance(done, Done), done
    return done.seq


def suit(world: TestWorld, *agents: Any, **hearing: Any) -> UUID:
    steps: list[tuple[str, int, dict[str, Any]]] = [
        ("register_case", 0, {**SUIT, "agents": list(agents)}),
        ("assign", 0, {"lead_organ": "某局", "handlers": ["乙"]}),
        ("set_hearing", 0, {**HEARING, **hearing}),
    ]
    return do(world, "litigation", steps)


def seen(world: TestWorld, role: str = "coordinator", organ: str = "gz") -> list[Appointment]:
    reader = Reader(Actor("外人", frozenset({role}), organ))
    return list(calendar(reader, world, date(2024, 3, 1), date(2024, 3, 31)))


def test_place_and_lawyers_of_a_hearing(world: TestWorld) -> None:
    suit(world, LAWYER, STAFF_MEMBER)
    (found,) = seen(world)
    assert (found.at, found.title, found.place, found.lawyers) == (
        datetime(2024, 3, 20, 9, 30), "开庭", "第三法庭", ("测试律师甲",),
    )  # fmt: skip


def test_what_nobody_has_said_is_empty(world: TestWorld) -> None:
    suit(world, place=None)
    (found,) = seen(world)
    assert (found.place, found.lawyers) == ("", ())


@pytest.mark.parametrize(
    ("role", "shown"),
    [("coordinator", ("测试律师甲",)), ("clerk", ("测****",)), ("statistician", ("测****",))],
)
def test_a_lawyer_s_name_is_shown_whole_to_who_may_see_names(
    world: TestWorld, role: str, shown: tuple[str, ...]
) -> None:
    suit(world, LAWYER)
    (found,) = seen(world, role)
    assert found.lawyers == shown
    assert found.place == "第三法庭"


def test_a_postponed_hearing_has_the_new_room_or_none(world: TestWorld) -> None:
    case = suit(world, LAWYER)
    act(world, case, "postpone_hearing", DAY, new_hearing_at=datetime(2024, 3, 25, 15))
    (found,) = seen(world)
    assert (found.at, found.place) == (datetime(2024, 3, 25, 15), "")
    act(world, case, "postpone_hearing", DAY, new_hearing_at=datetime(2024, 3, 26, 15), place="第五法庭")
    (found,) = seen(world)
    assert (found.at, found.place) == (datetime(2024, 3, 26, 15), "第五法庭")


def test_agents_named_later_replace_those_of_the_registration(world: TestWorld) -> None:
    case = suit(world, LAWYER)
    agents = [STAFF_MEMBER, {"id": "测试公职律师", "kind": "public_lawyer"}]
    act(world, case, "appoint_agents", DAY, agents=agents)
    assert seen(world)[0].lawyers == ("测试公职律师",)


def test_a_corrected_room_is_shown_as_corrected(world: TestWorld) -> None:
    case = suit(world)
    target = 2
    act(world, case, "correct", DAY, target=target, changes={"place": "第九法庭"}, reason="笔误")
    assert seen(world)[0].place == "第九法庭"


def test_strangers_see_no_hearing_and_other_days_none(world: TestWorld) -> None:
    suit(world, LAWYER)
    assert seen(world, organ="elsewhere") == []
    reader = Reader(STAFF)
    assert calendar(reader, world, date(2024, 3, 21), date(2024, 4, 20)) == ()
    assert len(calendar(reader, world, date(2024, 3, 20), date(2024, 3, 20))) == 1
