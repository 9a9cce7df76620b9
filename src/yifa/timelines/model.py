"""A parsed timeline file: entries with their events and expectations, each with the line it stands on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from yifa.language.acts import Event
from yifa.language.line import Line

STATUSES = ("running", "paused", "met", "late", "lapsed", "stopped", "replaced")


class Dated(NamedTuple):
    """One event of an entry: the event as folded, its label, and its line in the file."""

    event: Event
    label: str | None
    line: int


class Expectation(NamedTuple):
    """What an entry expects: of a deadline, a decision, or the case itself. `at` None: at the end."""

    line: int
    at: Any
    deadline: str | None
    subject: str | None
    decision: str | None
    wanted: Mapping[str, Any]


class Entry(NamedTuple):
    """One matter."""

    id: str
    line: Line
    law_version: str | None
    params: Mapping[str, Any]
    as_of: date | None
    events: tuple[Dated, ...]
    expect: tuple[Expectation, ...]


class Mistake(NamedTuple):
    """Something wrong in the file itself: entry, line, and what."""

    entry: str
    line: int
    what: str


class TimelineError(ValueError):
    """A file that cannot be run; carries all mistakes."""

    def __init__(self, path: str, mistakes: list[Mistake]) -> None:
        self.path, self.mistakes = path, mistakes
        super().__init__("\n".join(f"{path}:{m.line}: [{m.entry}] {m.what}" for m in mistakes))
