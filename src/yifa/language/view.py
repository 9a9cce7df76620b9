"""The state of a case as a declaration may ask it: the fold of its effective events."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from yifa.language.acts import EMPTY, Env, Event
from yifa.law.citation import Source
from yifa.law.periods import Due, Pause

if TYPE_CHECKING:
    from yifa.language.line import Line
    from yifa.language.rules import Finding


class Instance(NamedTuple):
    """One running of a clock, keyed (code, seq of the trigger, subject, variant).

    length  a Length, or a FixedDay set by an act; due  the date with its steps; state  running | paused
    while live, else met | late | lapsed | stopped | replaced, with the day it ended.
    """

    code: str
    seq: int
    subject: str | None
    variant: int
    start: date
    length: Any
    pauses: tuple[Pause, ...]
    extension: int
    due: Due
    state: str
    ended_on: date | None
    trigger: str
    cite: Source

    @property
    def live(self) -> bool:
        return self.ended_on is None

    @property
    def key(self) -> tuple[str, int, str | None, int]:
        return self.code, self.seq, self.subject, self.variant


class Effected(NamedTuple):
    """An effect of law that has come about: its code, the day, for whom, by which clock instance."""

    code: str
    on: date
    subject: str | None
    clock: tuple[str, int, str | None, int] | None
    noted: bool


class View:
    """Fold of a case's events. Read-only for declarations; only the engine builds views."""

    __slots__ = (
        "acts",
        "barred",
        "clocks",
        "effects",
        "env",
        "events",
        "facts",
        "line",
        "links",
        "next_fire",
        "on",
        "open_pauses",
        "organ",
        "outcomes",
        "parties",
        "pinned",
        "stage",
        "tracks",
        "version",
        "version_final",
    )  # fmt: skip

    line: "Line"
    env: Env
    events: tuple[Event, ...]
    on: date
    stage: str | None
    tracks: dict[str, str]
    facts: dict[str, Any]
    clocks: dict[str, tuple[Instance, ...]]
    acts: dict[str, tuple[Event, ...]]
    barred: frozenset[tuple[str, int, str | None, int]]
    parties: dict[str, str]
    outcomes: dict[str, "Finding"]
    effects: tuple[Effected, ...]
    links: tuple[tuple[str, str], ...]
    open_pauses: dict[Any, Pause]
    version: str
    version_final: bool
    pinned: str | None
    next_fire: int | None
    organ: str | None

    def copy(self) -> "View":
        """A shallow copy; the engine replaces containers instead of changing them."""
        new = View.__new__(View)
        new.line, new.env, new.events, new.on = self.line, self.env, self.events, self.on
        new.stage, new.tracks, new.facts, new.clocks = self.stage, self.tracks, self.facts, self.clocks
        new.acts, new.parties, new.outcomes, new.effects = (
            self.acts,
            self.parties,
            self.outcomes,
            self.effects,
        )
        new.links, new.open_pauses, new.version = self.links, self.open_pauses, self.version
        new.version_final, new.next_fire, new.organ = self.version_final, self.next_fire, self.organ
        new.barred, new.pinned = self.barred, self.pinned
        return new

    def happened(self, *actions: str) -> bool:
        """Whether any of these acts is in the file."""
        return any(action in self.acts for action in actions)

    def count(self, action: str) -> int:
        """How many times the act was done."""
        return len(self.acts.get(action, ()))

    def last(self, action: str) -> Event | None:
        """The latest such act."""
        found = self.acts.get(action)
        return found[-1] if found else None

    def last_data(self, action: str) -> Mapping[str, Any]:
        """Data of the latest such act; empty if there is none."""
        found = self.acts.get(action)
        return found[-1].data if found else EMPTY

    def live(self, code: str) -> tuple[Instance, ...]:
        """Running or paused instances of a clock."""
        return tuple([i for i in self.clocks.get(code, ()) if i.ended_on is None])

    def due(self, code: str, subject: str | None = None) -> date | None:
        """Due date of the newest instance of a clock (live or not), for `subject` if given."""
        for instance in reversed(self.clocks.get(code, ())):
            if subject is None or instance.subject == subject:
                day: date | None = instance.due.due
                return day
        return None

    def ended(self, code: str) -> bool:
        """Whether the clock exists and none of its instances is live."""
        found = self.clocks.get(code, ())
        return bool(found) and all(i.ended_on is not None for i in found)

    def parties_in(self, *roles: str) -> tuple[str, ...]:
        """Identities of the parties that have one of these roles."""
        return tuple([party for party, role in self.parties.items() if role in roles])

    def effect(self, code: str, subject: str | None = None) -> Effected | None:
        """The effect of law of this code that has come about (for `subject`, if given)."""
        found = (e for e in self.effects if e.code == code and (subject is None or e.subject == subject))
        return next(found, None)

    @property
    def is_closed(self) -> bool:
        return self.stage is not None and self.line.is_closed(self.stage)
