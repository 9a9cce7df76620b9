"""Who may act in a case at all: organ, handlers, recusal. Online and in bulk."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.casework.support import TestWorld, application
from yifa.casework.bulk import BulkDriver
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.people.models import Conflict, Organ
from yifa.people.services import add_membership, add_user

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = date(2024, 1, 31)


@pytest.fixture
def organs() -> None:
    """A city, two of its districts, and a bureau that is a party."""
    made: dict[str, Any] = {"level": "city", "kind": "government", "valid_from": date(2000, 1, 1)}
    city = Organ.objects.create(code="gz", name="某市", **made)
    for code in ("th", "yx", "某局"):
        Organ.objects.create(code=code, name=code, parent=city, **made)


def ask(action: str, who: Actor, case: Any, **data: Any) -> Ask:
    return Ask(Command(action, NIGHT, data), who, f"{action}{who}", "reconsideration", case)


def staff(*roles: str, organ: str | None = "th", name: str = "甲") -> Actor:
    return Actor(name, frozenset(roles), organ)


def received(world: TestWorld, **changes: Any) -> Any:
    clerk = staff("window_clerk")
    command = Command("receive_application", NIGHT, application(organ="th", **changes))
    done = perform(Ask(command, clerk, "r", "reconsideration", None, "th"), world)
    assert isinstance(done, Done), done
    return done.case


def online(world: TestWorld) -> Callable[[Ask], Answer]:
    return lambda asked: perform(asked, world)


def bulk(world: TestWorld) -> Callable[[Ask], Answer]:
    def door(asked: Ask) -> Answer:
        with BulkDriver(world) as driver:
            return driver.perform(asked)

    return door


def codes(answer: Answer) -> list[str]:
    return [p.code for p in answer.problems] if isinstance(answer, NotDone) else []


@pytest.mark.parametrize("door", [online, bulk])
@pytest.mark.parametrize(
    ("who", "refused"),
    [
        (staff("section_head"), []), (staff("section_head", organ="yx"), ["act_case"]), (staff("section_head", organ="gz"), ["act_case"]),
        (staff("section_head", organ=None), ["act_case"]), (staff("statistician"), ["act_verb", "not_authorised"]),
        (staff("system_admin"), ["act_verb", "not_authorised"]), (staff("window_clerk", organ="yx"), ["act_case", "not_authorised"]),
    ],
)  # fmt: skip
def test_whose_case_it_is(organs: None, world: TestWorld, door: Any, who: Actor, refused: list[str]) -> None:
    case = received(world)
    assert codes(door(world)(ask("assign_handler", who, case, handlers=["乙", "丙"]))) == refused


@pytest.mark.parametrize("door", [online, bulk])
def test_only_a_named_handler_goes_on(organs: None, world: TestWorld, door: Any) -> None:
    case = received(world)
    assert perform(ask("assign_handler", staff("section_head"), case, handlers=["乙", "丙"]), world)
    data = {"items": ["身份证明"], "issued_on": NIGHT, "served_on": NIGHT}
    other = door(world)(ask("request_supplement", staff("handler"), case, **data))
    assert "act_case" in codes(other)
    named = door(world)(ask("request_supplement", staff("handler", name="乙"), case, **data))
    assert "act_case" not in codes(named)


@pytest.mark.parametrize("door", [online, bulk])
@pytest.mark.parametrize("ground", ["case", "organ", "person", "withdrawn", "other"])
def test_who_declared_a_conflict_stays_out(organs: None, world: TestWorld, door: Any, ground: str) -> None:
    number = "11010519491231002X"
    case = received(world, applicants=[{"id": "p1", "name": "测试乙", "id_number": number}])
    user = add_user("li", "测试李", "long-enough-password-1")
    add_membership(user, Organ.objects.get(code="th"), "section_head", date(2024, 1, 1))
    made: dict[str, Any] = {"user": user, "ground": "近亲属", "declared_at": world.now()}
    made |= {
        "organ": {"organ_id": "某局"}, "person": {"person_id_number": number}, "other": {"case": uuid4()},
    }.get(ground, {"case": case})  # fmt: skip
    Conflict.objects.create(**made, withdrawn_at=world.now() if ground == "withdrawn" else None)
    who = staff("section_head", name=str(user.pk))
    answer = door(world)(ask("assign_handler", who, case, handlers=["乙", "丙"]))
    assert codes(answer) == (["act_recused"] if ground in ("case", "organ", "person") else [])
