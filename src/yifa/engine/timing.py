"""Running clocks: measuring, starting, stopping, pausing and extending instances. All functions are pure."""

from datetime import date, datetime
from typing import Any

from yifa.language.acts import Env, Event, make_whole
from yifa.language.clocks import Clock, Extension
from yifa.language.plans import Starting, Stopping
from yifa.language.values import FixedDay
from yifa.language.view import Instance, View
from yifa.law.periods import Due, Pause, Step, due_date, latest_before
from yifa.law.statute import Length

NO_PAUSES: tuple[Pause, ...] = ()


def measure(
    clock: Clock, env: Env, start: date, length: Any, pauses: tuple[Pause, ...], extension: int
) -> Due:
    """The due date of one running."""
    if isinstance(length, FixedDay):
        return Due(length.day, length.day, False, None, None, (Step("fixed", (length.day, length.what)),))
    if clock.before:
        return latest_before(length, start, env.calendar)
    return due_date(length, start, env.calendar, pauses, extension)


def begin(view: View, event: Event, starting: Starting, day: date | None = None) -> Instance | None:
    """A new instance for the act, or None if the clock does not apply (version, condition, no length).

    day  the party's own, where the act concerns several.
    """
    for fulfilled in starting.requires:
        if not fulfilled(view, event):
            return None
    day = starting.day(view, event) if day is None else day
    length = None if day is None else starting.length(view, event)
    if day is None or length is None:
        return None
    if isinstance(day, datetime) and not (isinstance(length, Length) and length.unit == "hour"):
        day = day.date()
    return _begun(view, event, starting, day, length)


def _begun(view: View, event: Event, starting: Starting, day: date, length: Any) -> Instance:
    clock, start = starting.clock, starting.start
    pauses = _pauses(view, event, starting) if view.open_pauses or start.paused is not None else NO_PAUSES
    due = measure(clock, view.env, day, length, pauses, 0)
    done = event.data.get(clock.met_by) if clock.met_by else None
    state = _running(due) if done is None else _fulfilled(due, done)
    subject, cite = event.party if start.per else None, starting.cite(view, event)
    begun = (clock.code, event.seq, subject, starting.variant, day, length, pauses, 0, due, state, done)
    made: Instance = make_whole(Instance, (*begun, event.action, cite))
    return made


def _pauses(view: View, event: Event, starting: Starting) -> tuple[Pause, ...]:
    """Pauses that are open, and those known of old."""
    rules, paused = starting.clock.pauses, starting.start.paused
    pauses = tuple([view.open_pauses[rule] for rule in rules if rule in view.open_pauses])
    return pauses if paused is None else pauses + paused(view, event)


def _running(due: Due) -> str:
    return "paused" if due.due is None else "running"


def _fulfilled(due: Due, timely: date) -> str:
    """Whether what was done on this day (or posted on it, R13) was in time."""
    return "late" if due.due is not None and as_comparable(timely, due.due) > due.due else "met"


def as_comparable(day: date, other: date) -> date:
    """`day` as a date or a moment, whichever `other` is, so that they compare."""
    if isinstance(other, datetime):
        return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return day.date() if isinstance(day, datetime) else day


def end(instance: Instance, state: str, day: date) -> Instance:
    """The instance ended in `state`."""
    ended: Instance = make_whole(Instance, (*instance[:9], state, day, *instance[11:]))
    return ended


def stopped(instance: Instance, stop: Stopping, event: Event) -> Instance:
    """The instance after a stop."""
    day = stop.day(event)
    if not stop.met:
        return end(instance, "stopped", day)
    posted = event.data.get(stop.timely_by) if stop.timely_by else None
    return end(instance, _fulfilled(instance.due, posted or day), day)


def paused(clock: Clock, env: Env, instance: Instance, pause: Pause) -> Instance:
    """The instance with one more (open) pause."""
    return remeasured(clock, env, instance, pauses=(*instance.pauses, pause))


def resumed(clock: Clock, env: Env, instance: Instance, open_: Pause, day: int) -> Instance:
    """The instance with this open pause closed on `day`; another that began on the same day stays open."""
    at = instance.pauses.index(open_)
    pauses = (*instance.pauses[:at], open_._replace(end=day), *instance.pauses[at + 1 :])
    return remeasured(clock, env, instance, pauses=pauses)


def extended(clock: Clock, env: Env, instance: Instance, extension: Extension, event: Event) -> Instance:
    """The instance lengthened by the act's days, or to its date."""
    target = event.data.get(extension.to_field) if extension.to_field else None
    if target is not None:
        return remeasured(clock, env, instance, length=FixedDay(target, "延长至"))
    days = event.data.get(extension.field)
    if days is None:
        return instance
    return remeasured(clock, env, instance, extension=instance.extension + int(days))


def remeasured(
    clock: Clock,
    env: Env,
    instance: Instance,
    length: Any = None,
    pauses: tuple[Pause, ...] | None = None,
    extension: int | None = None,
) -> Instance:
    """The instance with something changed and its due date computed anew."""
    length = instance.length if length is None else length
    pauses = instance.pauses if pauses is None else pauses
    extension = instance.extension if extension is None else extension
    due = measure(clock, env, instance.start, length, pauses, extension)
    changed = (length, pauses, extension, due, _running(due), None)
    again: Instance = make_whole(Instance, (*instance[:5], *changed, *instance[11:]))
    return again
