"""Reading a case: every deadline with its status and derivation, effects, outcomes and findings on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from yifa.engine.fold import advance, refold
from yifa.engine.history import known
from yifa.engine.standing import no_longer_standing
from yifa.engine.timing import as_comparable, measure
from yifa.language.acts import Env, Event, Problem
from yifa.language.clocks import Clock
from yifa.language.line import Line
from yifa.language.rules import Finding
from yifa.language.view import Effected, Instance, View
from yifa.law.citation import Source
from yifa.law.periods import Step


class Reading(NamedTuple):
    """One deadline as it stands on a day. Dates are None while the clock is paused."""

    clock: str
    title: str
    subject: str | None
    kind: str
    due: date | None
    provisional: bool
    earliest: date | None
    latest: date | None
    also: tuple[tuple[str, date], ...]
    status: str
    cite: Source
    steps: tuple[Step, ...]
    trigger_seq: int
    start: date
    if_resumed_today: date | None


@dataclass(frozen=True, slots=True)
class Derived:
    """All that follows from the events, on `as_of` and as known on `known_at`."""

    line: Line
    view: View
    as_of: date
    readings: tuple[Reading, ...]
    effects: tuple[Effected, ...]
    outcomes: dict[str, Finding]
    findings: tuple[Problem, ...]

    @property
    def stage(self) -> str | None:
        return self.view.stage

    @property
    def version(self) -> str:
        return self.view.version

    def reading(self, clock: str, subject: str | None = None) -> Reading | None:
        """The newest live reading of a clock, else the newest of all; for `subject` if given."""
        own = [r for r in self.readings if r.clock == clock and subject in (None, r.subject)]
        live = [r for r in own if r.status in ("running", "paused", "lapsed")]
        found = live or own
        return found[-1] if found else None


def derive(
    line: Line, events: Iterable[Event], as_of: date, env: Env, known_at: date | None = None
) -> Derived:
    """The state of a case as a pure function of its events.

    known_at  only events recorded by then count; as_of  the day on which lapses and effects are judged.
    """
    log = known(events, known_at)
    view = advance(refold(line, env, log), as_of)
    return read(view, as_of, log)


def read(view: View, as_of: date, log: tuple[Event, ...] = ()) -> Derived:
    """A view read on a day."""
    readings = tuple(
        reading_of(view, instance, as_of) for instances in view.clocks.values() for instance in instances
    )
    findings = (
        *superseded_notings(view, log or view.events),
        *no_longer_standing(view.line, view.env, log),
        *awaiting_notice(view, as_of),
    )
    return Derived(view.line, view, as_of, readings, view.effects, view.outcomes, findings)


def reading_of(view: View, instance: Instance, as_of: date) -> Reading:
    """One instance read on a day."""
    clock = view.line.clock(instance.code)
    assert clock is not None
    due = instance.due
    return Reading(
        clock.code, clock.title, instance.subject, clock.letter, due.due, due.provisional, due.earliest, due.latest,
        _also(view, clock, instance), status(instance, as_of), instance.cite, steps_of(view, clock, instance),
        instance.seq, instance.start, _if_resumed(view, clock, instance, as_of),
    )  # fmt: skip


def status(instance: Instance, as_of: date) -> str:
    """running | paused | met | late | lapsed | stopped | replaced."""
    if instance.ended_on is not None or instance.due.due is None:
        return instance.state
    due = instance.due.due
    return "lapsed" if as_comparable(as_of, due) > due else "running"


def steps_of(view: View, clock: Clock, instance: Instance) -> tuple[Step, ...]:
    """The derivation: what started the period, then how it was counted."""
    if clock.before:
        return instance.due.steps
    start = clock.starts[instance.variant] if instance.variant < len(clock.starts) else clock.starts[0]
    plan = view.line.plan(instance.trigger)
    what = start.what or (plan.title if plan else "")
    return (Step("start", (instance.start, what)), *instance.due.steps)


def _also(view: View, clock: Clock, instance: Instance) -> tuple[tuple[str, date], ...]:
    if not clock.also:
        return ()
    found = ((also.title, also.date(view, instance)) for also in clock.also)
    return tuple((title, day) for title, day in found if day is not None and day != instance.due.due)


def _if_resumed(view: View, clock: Clock, instance: Instance, as_of: date) -> date | None:
    if instance.due.due is not None or instance.ended_on is not None:
        return None
    pauses = tuple(p if p.end is not None else p._replace(end=as_of.toordinal()) for p in instance.pauses)
    return measure(clock, view.env, instance.start, instance.length, pauses, instance.extension).due


def awaiting_notice(view: View, as_of: date) -> tuple[Problem, ...]:
    """Live clocks whose provisional day has come: whether they have lapsed only the holiday notice can say."""
    edition = view.env.calendar.edition
    return tuple(
        Problem("calendar_not_published", {"day": i.due.due, "edition": edition}, i.cite, i.code)
        for instances in view.clocks.values()
        for i in instances
        if i.ended_on is None
        and i.due.provisional
        and i.due.due is not None
        and as_comparable(as_of, i.due.due) > i.due.due
    )


def superseded_notings(view: View, log: Iterable[Event]) -> tuple[Problem, ...]:
    """Notings of effects that later records have defeated."""
    return tuple(
        Problem(
            "noting_superseded",
            {"on": event.effective_on, "effect": effect.title},
            view.line.cite(effect.cite, view.version),
            str(event.seq),
        )
        for event in log
        if (effect := view.line.effect(event.action)) is not None and view.effect(event.action) is None
    )
