"""The contract of the two drivers, for both lines: the same acts give the same answers and the same rows.

What is left out before comparing is written in docs/casework.md, "Canonical form".
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.casework.bureau import COURSES, Step, moment, staff
from tests.casework.test_bulk import SameWorld, kept, plain
from yifa.casework.audit import faults
from yifa.casework.bulk import BulkDriver
from yifa.casework.clockwork import CLOCK, tick
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Command

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2024, 3, 4)
Door = Callable[[Ask], Answer]

# Line → courses of matters; each goes on in its own way. Some acts are refused, one case is left to the law.
WAYS: dict[str, list[Callable[[date, int], list[Step]]]] = {
    "reconsideration": [
        lambda day, n: COURSES["reconsideration"](day, n),
        lambda day, n: [*COURSES["reconsideration"](day, n)[:4], Step("withdraw", 20), Step("withdraw", 21)],
        lambda day, n: COURSES["reconsideration"](day, n)[:1],
        lambda day, n: [
            *COURSES["reconsideration"](day, n)[:3],
            Step("correct", 6, {"target": 0, "reason": "笔误", "fields": {"known_on": str(day - timedelta(days=9))}}),
            Step("annul", 7, {"target": 2, "reason": "误录"}),
        ],
    ],
    "legal_aid": [
        lambda day, n: COURSES["legal_aid"](day, n),
        lambda day, n: [
            *COURSES["legal_aid"](day, n)[:1],
            Step("ask_supplement", 1, {"items": ["identity"], "term": 10}),
        ],
        lambda day, n: [*COURSES["legal_aid"](day, n)[:3], Step("terminate", 20, {"ground": 6}), Step("pay", 21)],
        lambda day, n: [*COURSES["legal_aid"](day, n)[:2], Step("annul", 4, {"target": 1, "reason": "误录"})],
    ],
}  # fmt: skip


def year(line: str, door: Door, ticks: Callable[[], list[Answer]], world: SameWorld) -> list[Any]:
    """Two rounds of every way, day by day in their turn, the clock noting effects after each act."""
    asked: list[tuple[date, int, int, Step]] = []
    for number in range(2 * len(WAYS[line])):
        start = DAY + timedelta(days=number)
        for index, step in enumerate(WAYS[line][number % len(WAYS[line])](start, number)):
            asked.append((start + timedelta(days=step.after), number, index, step))
    cases: dict[int, Any] = {}
    told = []
    for on, number, index, step in sorted(asked, key=lambda each: each[:3]):
        world.moment = max(world.moment, moment(on))
        ask = Ask(
            Command(step.action, on, step.data, step.party),
            staff(),
            f"{number}/{index}",
            line,
            cases.get(number),
            "gz",
        )
        answer = door(ask)
        if isinstance(answer, Done):
            cases[number] = answer.case
        told.append(plain(answer))
        told += [plain(noted) for noted in ticks()]
    world.moment += timedelta(days=60)
    return told + [plain(noted) for noted in ticks()]


@pytest.mark.parametrize("line", sorted(WAYS))
def test_both_drivers_answer_and_keep_the_same(line: str, clean: Callable[[], None]) -> None:
    online = SameWorld()
    told = year(line, lambda ask: perform(ask, online), lambda: tick(online), online)
    expected = kept(online)
    assert list(faults(online)) == []
    clean()
    bulk = SameWorld()
    with BulkDriver(bulk) as driver:
        assert year(line, driver.perform, driver.tick, bulk) == told
    found = kept(bulk)
    for table, rows in expected.items():
        assert found[table] == rows, table
    assert list(faults(bulk)) == []
    assert any(isinstance(answer, tuple) and answer and hasattr(answer[0], "code") for answer in told), (
        "a refusal"
    )
    assert EventRow.objects.filter(actor=CLOCK.id).exists(), "an effect was noted"
    assert Case.objects.filter(closed=True).exists()


@pytest.mark.parametrize("line", sorted(WAYS))
def test_a_load_may_go_on_where_the_door_stopped(line: str) -> None:
    """Half of a matter online, the other half in bulk: the same case."""
    world = SameWorld()
    steps = WAYS[line][0](DAY, 1)
    case = None
    for index, step in enumerate(steps[:3]):
        case = _done(perform(_ask(line, step, index, case, world), world)).case
    with BulkDriver(world) as driver:
        for index, step in enumerate(steps[3:], 3):
            _done(driver.perform(_ask(line, step, index, case, world)))
    row = Case.objects.get(id=case)
    assert (row.closed, row.next_seq) == (True, len(steps))
    assert list(faults(world)) == []


def _ask(line: str, step: Step, index: int, case: Any, world: SameWorld) -> Ask:
    on = DAY + timedelta(days=step.after)
    world.moment = max(world.moment, moment(on))
    return Ask(Command(step.action, on, step.data, step.party), staff(), f"k{index}", line, case, "gz")


def _done(answer: Answer) -> Done:
    assert not isinstance(answer, NotDone), answer
    return answer
