"""Clocks: what starts a period, how long it is, what stops, pauses and extends it, and by which article."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Literal, NamedTuple

from yifa.language.acts import Event
from yifa.language.view import View
from yifa.law.periods import Bounds, Pause
from yifa.law.statute import Reading

Condition = Callable[[View, Event], bool]
Each = Callable[[View, Event], Mapping[str, date]]
Kind = Literal["L", "E", "R", "X"]


class Nature(Enum):
    """Whose time it is. It decides validation, colour and alerts."""

    OWN_DUTY = "own duty"
    OTHERS_DUTY = "another's duty"
    RIGHT = "a right that lapses"
    WAITING = "earliest permitted date"
    MONITOR = "monitor"
    REMINDER = "reminder"


KIND_OF: dict[Nature, Kind] = {
    Nature.OWN_DUTY: "L",
    Nature.OTHERS_DUTY: "X",
    Nature.RIGHT: "L",
    Nature.WAITING: "E",
    Nature.MONITOR: "X",
    Nature.REMINDER: "R",
}


class When(NamedTuple):
    """An act, optionally only with certain data (`equals`) or under a condition."""

    action: str
    field: str | None = None
    equals: tuple[tuple[str, Any], ...] = ()
    where: Condition | None = None

    def matches(self, view: View, event: Event) -> bool:
        """Whether `event` (of this action) fulfils the restrictions."""
        for name, value in self.equals:
            if event.data.get(name) not in (value if isinstance(value, tuple) else (value,)):
                return False
        return self.where is None or self.where(view, event)

    def day(self, event: Event) -> date:
        """The date the act counts from: the named field, else its legal date."""
        if self.field is not None:
            found = event.data.get(self.field)
            if isinstance(found, date):
                return found
        return event.effective_on


def on(action: str, field: str | None = None, *, where: Condition | None = None, **equals: Any) -> When:
    """`on("send_copy", "served_on")`; `on("superior_order", "on", kind="accept")`."""
    return When(action, field, tuple(equals.items()), where)


@dataclass(frozen=True, slots=True)
class Start:
    """What starts a clock: an act (`when`) or a fact being set (`fact`).

    per  name of the party set: one instance for each party the act concerns; each  parties with the day of each,
    where one act concerns several (as its party alone, if it gives none); length, cite  of this variant where they
    differ from the clock's; what  how the derivation names the start.
    """

    when: When | None = None
    fact: str | None = None
    per: str | None = None
    length: Any = None
    cite: Any = None
    day: Any = None
    what: str = ""
    where: Condition | None = None
    paused: Callable[[View, Event], tuple[Pause, ...]] | None = None
    each: Each | None = None


def starts_on(
    action: str,
    field: str | None = None,
    *,
    per: str | None = None,
    length: Any = None,
    cite: Any = None,
    day: Any = None,
    what: str = "",
    where: Condition | None = None,
    paused: Callable[[View, Event], tuple[Pause, ...]] | None = None,
    each: Each | None = None,
    **equals: Any,
) -> Start:
    """Start by an act, from the named field's date (or from the value `day`); `paused` gives known pauses."""
    when = on(action, field, where=where, **equals)
    return Start(when, None, per, length, cite, day, what, None, paused, each)


def starts_with(fact: str, *, length: Any = None, what: str = "", where: Condition | None = None) -> Start:
    """Start by a fact, whichever act or effect sets it; setting it anew replaces the running instance."""
    return Start(fact=fact, length=length, what=what, where=where)


@dataclass(frozen=True, slots=True)
class Stop:
    """What ends a clock. `met`: the duty is done (in time or late); else it merely falls away.

    timely_by  field whose date is compared with the due date when present (a postmark, R13);
    every  ends all instances, not only the one of the act's party.
    """

    when: When
    met: bool = True
    timely_by: str | None = None
    every: bool = False


def met_on(action: str, field: str | None = None, *, timely_by: str | None = None, every: bool = False,
           where: Condition | None = None, **equals: Any) -> Stop:  # fmt: skip
    """The act by which the duty is done."""
    return Stop(on(action, field, where=where, **equals), True, timely_by, every)


def ends_on(action: str, *, every: bool = True, where: Condition | None = None, **equals: Any) -> Stop:
    """An act after which the clock has no object any more."""
    return Stop(on(action, where=where, **equals), False, None, every)


class PauseRule(NamedTuple):
    """A pause from one act to another. `(]`: days after the first through the second; `[]`: both included."""

    begins: When
    ends: tuple[When, ...]
    bounds: Bounds = "(]"


@dataclass(frozen=True, slots=True)
class Extension:
    """An act that lengthens the period by `field` units, or to the date in `to_field`; `cap` units at most."""

    when: When
    field: str = "days"
    to_field: str | None = None
    cap: int | None = None
    once: bool = True


@dataclass(frozen=True, slots=True)
class Also:
    """A further date that is only shown (another reading), computed from the case."""

    title: str
    date: Callable[[View, Any], date | None]
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline. Instances are keyed (code, trigger, subject, variant of start).

    before  counted backwards from the start; many  instances for one subject run beside each other (one per
    意见书) instead of replacing one another; survives  goes on after the case is closed; met_by  field of the
    starting act that already fulfils it.
    """

    code: str
    title: str
    nature: Nature
    starts: tuple[Start, ...]
    length: Any
    cite: Any
    stops: tuple[Stop, ...] = ()
    pauses: tuple[PauseRule, ...] = ()
    extensions: tuple[Extension, ...] = ()
    kind: Kind | None = None
    before: bool = False
    many: bool = False
    survives: bool = False
    met_by: str | None = None
    versions: frozenset[str] = frozenset()
    readings: tuple[Reading, ...] = ()
    also: tuple[Also, ...] = ()
    on_expiry: str = ""
    note: str = ""
    unless: Condition | None = field(default=None)

    @property
    def letter(self) -> Kind:
        """L, E, R or X, as in the published format."""
        return self.kind or KIND_OF[self.nature]
