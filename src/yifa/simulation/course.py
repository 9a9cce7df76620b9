"""Telling a matter: its steps one after the other, each at its moment, through a door."""

from collections.abc import Callable, Generator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol
from uuid import UUID

from yifa.casework.proposals import Way
from yifa.casework.requests import Answer, Ask
from yifa.simulation.signing import is_drafted, way
from yifa.simulation.steps import Matter, Path, Step
from yifa.simulation.world import SimulatedWorld


class Door(Protocol):
    """What a telling needs of a way into the records: `casework.bulk.BulkDriver` has it, tests go online."""

    def perform(self, ask: Ask) -> Answer: ...

    def sign(self, ask: Ask, way: Way) -> Answer: ...

    def tick(self) -> object: ...

    def deliver(self, prepare: Callable[[UUID, int], object]) -> object: ...

    def born(self, case: UUID) -> Sequence[UUID]: ...

    def release(self, case: UUID) -> None: ...


Course = Generator[datetime, None, None]


def course(matter: Matter, path: Path, door: Door, world: SimulatedWorld) -> Course:
    """Tell the matter, stopping before each step until its moment has come."""
    if path.begin is not None:
        path.begin(matter)
    now = datetime.combine(matter.planned.arrives, time())
    for step in path.steps:
        own = _acting(matter, step, path)
        if step.when_so is not None and not step.when_so(own):
            continue
        own.day = matter.day
        day = step.when(own)
        now = max(now, _moment(day + timedelta(days=step.late), matter.rng))
        yield now
        if is_drafted(own, step, world):  # a signature has no day but its own
            day = max(day, now.date())
        own.day = matter.day = day
        if step.of and own.case is None and path.sides[step.of].follows and matter.case is not None:
            own.case = door.born(matter.case)[0]
        for party in step.parties(own) if step.parties else (None,):
            world.rng = matter.rng
            own.took(_done(own, step, party, door, world), step)
        if step.then is not None:
            step.then(own)


def _acting(matter: Matter, step: Step, path: Path) -> Matter:
    return matter.other(step.of, path.sides[step.of]) if step.of else matter


def _done(matter: Matter, step: Step, party: str | None, door: Door, world: SimulatedWorld) -> Answer:
    ask = matter.ask(step, party)
    return door.sign(ask, way(matter, ask, world)) if is_drafted(matter, step, world) else door.perform(ask)


def _moment(day: date, rng: Random) -> datetime:
    """In office hours."""
    return datetime.combine(day, time(9)) + timedelta(seconds=rng.randrange(8 * 3600))
