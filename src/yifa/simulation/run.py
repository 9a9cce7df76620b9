"""Telling a year: all matters of a shard at once, act after act in the order of time, through one door."""

import gc
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from yifa.casework.bulk import BulkDriver
from yifa.casework.writing import next_fire
from yifa.registry import line as line_of
from yifa.simulation.behaviour import BEHAVIOUR
from yifa.simulation.chance import chance
from yifa.simulation.course import Course, Door, course
from yifa.simulation.plan import Year
from yifa.simulation.steps import Matter, Path, Planned, Then
from yifa.simulation.tally import Tally
from yifa.simulation.world import SimulatedWorld

Tell = Callable[[date, int], None]


def _silent(day: date, acts: int) -> None:
    """Nobody listens."""


class Telling:
    """The matters of one shard, told through a door, which at night notes effects of law and carries out what acts left for later."""

    def __init__(
        self, year: Year, world: SimulatedWorld, door: Door, tell: Tell = _silent,
        behaviour: Mapping[str, Mapping[str, Path]] = BEHAVIOUR,
    ) -> None:  # fmt: skip
        self.year, self.world, self.door, self.tell, self.behaviour = year, world, door, tell, behaviour
        self.tally = Tally(year.until)
        self.zone = timezone.get_current_timezone()
        self.end = datetime.combine(year.until, time(23, 59))
        self.cases: dict[str, UUID | None] = {}  # path → the last case told of it
        self._due: list[tuple[datetime, int, Course, Matter]] = []

    def run(self, planned: Iterable[Planned]) -> Tally:
        """Every act up to the last day."""
        coming, today, acts = iter(planned), date.min, 0
        following = next(coming, None)
        while following is not None or self._due:
            while following is not None and (not self._due or following.arrives <= self._due[0][0].date()):
                self._begin(following)
                following = next(coming, None)
            if not self._due:
                continue
            moment, serial, told, matter = heapq.heappop(self._due)
            if moment.date() != today:
                self._new_day(today, moment.date())
                today = moment.date()
                self.tell(today, acts)
            self.world.moment = moment.replace(tzinfo=self.zone)
            acts += 1
            self._go_on(told, serial, matter)
        self._new_day(today, self.year.until + timedelta(days=1))
        return self.tally

    def _begin(self, planned: Planned) -> None:
        rng = chance(self.year.seed, self.year.year, planned.key)
        matter = Matter(planned, line_of(planned.line), self.world.env.calendar, self.tally, rng)
        told = course(matter, self.behaviour[planned.line][planned.path], self.door, self.world)
        self.tally.paths[f"{planned.line}.{planned.path}"] += 1
        self._go_on(told, len(self._due) + planned.number, matter)

    def _go_on(self, told: Course, serial: int, matter: Matter) -> None:
        moment = next(told, None)
        if moment is not None and moment <= self.end:
            heapq.heappush(self._due, (moment, self._place(matter), told, matter))
            return
        path = self.behaviour[matter.planned.line][matter.planned.path]
        self.cases[matter.planned.path] = matter.case
        self._end(matter, path.end, over=moment is None)
        for name, other in matter.others.items():
            self._end(other, path.sides[name].end, over=moment is None)
        matter.others.clear()  # they know each other, which would keep both

    def _end(self, matter: Matter, books: Then | None, *, over: bool) -> None:
        if books is not None:
            books(matter)
        matter.end()
        if matter.case is not None and over and not self._fires(matter):
            self.door.release(matter.case)

    def _fires(self, matter: Matter) -> bool:
        """Whether the law itself will still do something to it in this run, or has done so and it is to be noted tonight."""
        fire = None if matter.view is None else next_fire(matter.view)
        return fire is not None and fire <= self.year.until.isoformat()

    def _place(self, matter: Matter) -> int:
        """Among acts of one second: by line and number, whatever else is told beside."""
        return matter.number * len(_ORDER) + _ORDER.index(matter.planned.line)

    def _new_day(self, before: date, day: date) -> None:
        """At the end of the day that is over, what acts left for later is done and effects that have come about are noted."""
        if before != date.min:
            for night in range((day - before).days):
                at = before + timedelta(days=night)
                self.world.moment = datetime.combine(at, time(23), self.zone)
                self.door.deliver(self._prepare)
                self.world.rng = chance(self.year.seed, "night", at)
                self.door.tick()
                self.door.deliver(self._prepare)

    def _prepare(self, case: UUID, seq: int) -> None:
        """What another case is asked to do has a chance of its own, whatever else is told beside."""
        self.world.rng = chance(self.year.seed, "later", case, seq)


_ORDER = tuple(BEHAVIOUR)


def in_bulk(year: Year, planned: Iterable[Planned], tell: Tell = _silent) -> tuple[Tally, int]:
    """A shard through the bulk door, in one transaction: its tally, and how many events were written."""
    world = SimulatedWorld(timezone.make_aware(datetime.combine(year.begin, time(9))))
    with _uncollected(), BulkDriver(world) as door:
        tally = Telling(year, world, door, tell).run(planned)
    return tally, door.written


@contextmanager
def _uncollected() -> Iterator[None]:
    """Cases make no circles; looking for some among the hundred thousand that are open takes longer than telling them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
