"""The history of an entry as a pure function of its changes: valid when, known since when. Nothing is edited, ever.

A change has a legal date and a moment at which it was recorded. Corrections and annulments point to the change they concern;
what an entry was believed to be before them is found again by leaving out what was recorded later.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

Kind = Literal["enter", "change", "move", "correct", "annul"]
DAY = timedelta(days=1)


class Change(NamedTuple):
    """One change. data  columns in canonical form (None: emptied); state  after `enter` and `move`.

    target  `seq` of the change that is corrected or annulled; dated  the legal date it should have had.
    """

    seq: int
    kind: Kind
    on: date
    recorded_at: datetime
    data: Mapping[str, Any]
    state: str = ""
    move: str = ""
    organ: str = ""
    target: int | None = None
    dated: date | None = None
    reason: str = ""
    actor: str = ""


class Span(NamedTuple):
    """What an entry is from one day to another, both included; `seq` of the change that made it so."""

    valid_from: date
    valid_to: date | None
    state: str
    organ: str
    data: Mapping[str, Any]
    seq: int

    def holds(self, day: date) -> bool:
        """Whether it is valid on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Rectangle(NamedTuple):
    """A span as it was known from one moment until (not including) another."""

    span: Span
    known_from: datetime
    known_to: datetime | None


def known(changes: Iterable[Change], at: datetime | None) -> tuple[Change, ...]:
    """What was recorded by `at` (None: all there is)."""
    return tuple(c for c in changes if at is None or c.recorded_at <= at)


def effective(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes with corrections laid over them and without what is annulled, in legal order."""
    log = tuple(changes)
    gone = {c.target for c in log if c.kind == "annul"}
    kept = {c.seq: c for c in log if c.kind not in ("correct", "annul") and c.seq not in gone}
    for c in log:
        if c.kind == "correct" and c.seq not in gone and c.target in kept:
            kept[c.target] = _corrected(kept[c.target], c)
    return tuple(sorted(kept.values(), key=lambda c: (c.on, c.kind != "enter", c.seq)))


def _corrected(found: Change, by: Change) -> Change:
    data = {**found.data, **by.data}
    return found._replace(
        data=data, on=by.dated or found.on, state=by.state or found.state, organ=by.organ or found.organ
    )


def spans(changes: Iterable[Change]) -> tuple[Span, ...]:
    """What the entry is over time. The last change of a day counts; the term (`valid_to` of the row) ends it."""
    made: list[Span] = []
    for change in effective(changes):
        if change.kind != "enter" and not made:
            continue
        before = made[-1] if made else Span(change.on, None, "", "", {}, change.seq)
        data = _merged({} if change.kind == "enter" else before.data, change.data)
        span = Span(
            change.on, None, change.state or before.state, change.organ or before.organ, data, change.seq
        )
        if made and made[-1].valid_from == change.on:
            made.pop()
        made.append(span)
    ends = (*(span.valid_from - DAY for span in made[1:]), None)[: len(made)]
    return tuple(_within_term(span, end) for span, end in zip(made, ends, strict=True) if _begins(span))


def _merged(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**before, **after}.items() if value is not None}


def _term(span: Span) -> date | None:
    text = span.data.get("valid_to")
    return None if text is None else date.fromisoformat(text)


def _begins(span: Span) -> bool:
    term = _term(span)
    return term is None or span.valid_from <= term


def _within_term(span: Span, end: date | None) -> Span:
    days = [day for day in (end, _term(span)) if day is not None]
    return span._replace(valid_to=min(days) if days else None)


def on(changes: Iterable[Change], day: date, at: datetime | None = None) -> Span | None:
    """What the entry is on a day, as known at a moment; None if it is not valid then."""
    return next((span for span in spans(known(changes, at)) if span.holds(day)), None)


def rectangles(changes: Sequence[Change]) -> tuple[Rectangle, ...]:
    """Every span the entry was ever believed to have, with the time it was believed: what the table of versions holds."""
    current: list[tuple[Span, datetime]] = []
    found: list[Rectangle] = []
    for moment in dict.fromkeys(sorted(c.recorded_at for c in changes)):
        now = spans(known(changes, moment))
        found += [Rectangle(span, since, moment) for span, since in current if span not in now]
        current = [(span, next((s for old, s in current if old == span), moment)) for span in now]
    return (*found, *(Rectangle(span, since, None) for span, since in current))
