"""Which events count, and in which order: annulments dropped, corrections overlaid, legal order."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from yifa.language.acts import Event
from yifa.language.forms import validate_partial
from yifa.language.kernel_actions import META
from yifa.language.line import Line

ON_EVENT = frozenset({"effective_on", "party", "re"})


def known(events: Iterable[Event], known_at: date | None) -> tuple[Event, ...]:
    """Events recorded on or before `known_at` (all, if it is None)."""
    if known_at is None:
        return tuple(events)
    return tuple(e for e in events if _recorded_day(e) <= known_at)


def _recorded_day(event: Event) -> date:
    return legal_day(event.recorded_on or event.effective_on)


def effective(events: Iterable[Event], line: Line) -> tuple[Event, ...]:
    """Events as they count in law, in legal order (effective_on, seq); records about records are taken out."""
    log = sorted(events, key=lambda e: e.seq)
    annulled = {e.data["target"] for e in log if e.action == "annul"}
    changes: dict[int, dict[str, Any]] = {}
    for event in log:
        if event.action == "correct" and event.seq not in annulled:
            changes.setdefault(event.data["target"], {}).update(event.data["changes"])
    kept = (e for e in log if e.action not in META and e.seq not in annulled)
    return tuple(sorted((_overlay(line, e, changes.get(e.seq)) for e in kept), key=legal_order))


def legal_order(event: Event) -> tuple[date, float]:
    """Sort key: the legal date, then `seq`, or right behind the act named by `after`."""
    return legal_day(event.effective_on), (event.seq if event.after is None else event.after + 0.5)


def legal_day(day: date) -> date:
    """The day of a date or a moment."""
    return day.date() if isinstance(day, datetime) else day


def version_override(events: Iterable[Event]) -> str | None:
    """The version fixed by the latest `move_version` that was not annulled."""
    log = tuple(events)
    annulled = {e.data["target"] for e in log if e.action == "annul"}
    moves = [e for e in log if e.action == "move_version" and e.seq not in annulled]
    return max(moves, key=lambda e: e.seq).data["version"] if moves else None


def _overlay(line: Line, event: Event, changes: dict[str, Any] | None) -> Event:
    if not changes:
        return event
    given = {key: value for key, value in changes.items() if key not in ON_EVENT}
    data = {**event.data, **_typed(line, event.action, given)}
    return event._replace(data=data, **{key: value for key, value in changes.items() if key in ON_EVENT})


def _typed(line: Line, action: str, given: dict[str, Any]) -> Mapping[str, Any]:
    """Corrected values as the act itself would have had them: a correction has no model of its own."""
    declared = line.action(action)
    return given if declared is None else validate_partial(declared.inputs, given)[0]
