"""Periods: a start, a length with its statute's rules, pauses and an extension give a due date that explains itself.

Everything here is arithmetic on days. Which event starts or stops a period is the language's business
(`yifa.language.clocks`). Inside, days are proleptic ordinals (`date.toordinal`), because the arithmetic of
ordinals is several times faster than that of dates.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from yifa.law.calendar import Calendar
from yifa.law.statute import Length

Bounds = Literal["(]", "[]"]


class Pause(NamedTuple):
    """A stretch not counted. `(]`: from the day after `start` through `end`; `[]`: both days included.

    start, end  ordinals; end None means the pause is still open.
    """

    start: int
    end: int | None
    bounds: Bounds = "(]"


class Step(NamedTuple):
    """One line of a derivation, as data: a message code and its parameters (see `derivations.py`)."""

    code: str
    params: tuple[Any, ...]


class Due(NamedTuple):
    """A due date with the way it was found.

    due  the date (a datetime for hours), None while paused; raw  before the shift of the last day;
    provisional  it lies beyond the last holiday notice, then `earliest` <= due <= `latest`.
    """

    due: date | None
    raw: date | None
    provisional: bool
    earliest: date | None
    latest: date | None
    steps: tuple[Step, ...]


def due_date(
    length: Length, start: date, calendar: Calendar, pauses: tuple[Pause, ...] = (), extension: int = 0
) -> Due:
    """The last day of `length` counted from `start`; the start itself is never counted (R1).

    extension  further units of the same kind, counted as one period with the first (R5).
    """
    key = (id(calendar), id(length), start, extension, pauses)
    found = _CACHE.get(key)
    if found is None:
        gaps = merge(pauses, start.toordinal()) if pauses else ()
        if len(_CACHE) >= _CACHE_SIZE:
            _CACHE.clear()
        found = _CACHE[key] = (_counted(length, start, calendar, gaps, extension), calendar, length)
    return found[0]


# Periods repeat: a year has 365 starts and the law a few dozen lengths, and a case is read again at every act. Calendar
# and length are kept in the value so that their ids cannot be given to others while the entry lives.
_CACHE: "dict[tuple[int, int, date, int, tuple[Pause, ...]], tuple[Due, Calendar, Length]]" = {}
_CACHE_SIZE = 100_000


def _counted(length: Length, start: date, calendar: Calendar, gaps: "tuple[Gap, ...]", extension: int) -> Due:
    if length.unit == "hour":
        return _hours(length, start)
    count = _workdays if length.unit == "workday" else _calendar_days
    return count(length, start, calendar, gaps, extension)


def latest_before(length: Length, day: date, calendar: Calendar) -> Due:
    """The latest date that leaves `length` before `day`, which is not counted (R10)."""
    start = day.toordinal()
    if length.unit == "workday":
        due = date.fromordinal(calendar.ord_add_workdays(start, -length.number))
        rest = Step("rest_days", (calendar, due, day))
        steps: tuple[Step, ...] = (
            Step("back_workdays", (length, day, due)),
            rest,
            *_makeups(calendar, due, day, day),
        )
    else:
        due = date.fromordinal(start - length.number)
        steps = (Step("back_days", (length, day, due)),)
    if length.unit != "workday" or calendar.is_known(day):
        return Due(due, due, False, None, None, steps)
    bounds = calendar.add_workdays_bounds(day, -length.number)
    return _provisional(due, due, calendar, bounds, list(steps))


class Gap(NamedTuple):
    """A united pause: `days` not counted, the last of them `end` (None: still open), beginning on `start`."""

    start: int
    end: int | None
    first: int


def merge(pauses: Iterable[Pause], start: int) -> tuple[Gap, ...]:
    """Pauses as disjoint gaps in order; overlapping or adjoining ones are united, days up to `start` cut off."""
    gaps: list[Gap] = []
    for pause in sorted(pauses, key=_first_excluded):
        first = max(_first_excluded(pause), start + 1)
        if pause.end is not None and pause.end < first:
            continue
        gap = Gap(pause.start, pause.end, first)
        last = gaps[-1] if gaps else None
        if last and (last.end is None or first <= last.end + 1):
            end = None if last.end is None or gap.end is None else max(last.end, gap.end)
            gaps[-1] = Gap(last.start, end, last.first)
        else:
            gaps.append(gap)
    return tuple(gaps)


def _first_excluded(pause: Pause) -> int:
    return pause.start + 1 if pause.bounds == "(]" else pause.start


def _workdays(length: Length, start: date, calendar: Calendar, gaps: tuple[Gap, ...], extension: int) -> Due:
    count = length.number + extension
    origin = start.toordinal()
    steps = [Step("count_workdays", (length, extension))]
    due = calendar.ord_add_workdays(origin, count)
    for gap in gaps:
        if gap.first > due:  # the day the pause begins still counts (R18)
            break
        if gap.end is None:
            return _paused(steps, gap)
        skipped = calendar.ord_workdays_between(gap.first - 1, gap.end)
        count += skipped
        steps.append(
            Step("pause_workdays", (date.fromordinal(gap.first), date.fromordinal(gap.end), skipped))
        )
        due = calendar.ord_add_workdays(origin, count)
    day = date.fromordinal(due)
    steps.append(Step("rest_days", (calendar, start, day)))
    steps.extend(_makeups(calendar, start, day, start))
    steps.append(Step("ends_workday", (day,)))
    if due <= calendar.known_until_ordinal:
        return Due(day, day, False, None, None, tuple(steps))
    return _provisional(day, day, calendar, calendar.add_workdays_bounds(start, count), steps)


def _makeups(calendar: Calendar, after: date, until: date, origin: date) -> list[Step]:
    makeups = calendar.makeups_between(after, until)
    if not makeups:
        return []
    return [Step("makeup", (day, abs(calendar.workdays_between(origin, day)))) for day in makeups]


def _calendar_days(
    length: Length, start: date, calendar: Calendar, gaps: tuple[Gap, ...], extension: int
) -> Due:
    raw = _advance(length, start, extension)
    steps = [Step("count_days", (length, extension, date.fromordinal(raw)))]
    for gap in gaps:
        if gap.start > _shifted(length, raw, calendar):
            break
        if gap.end is None:
            return _paused(steps, gap)
        days = gap.end - gap.first + 1
        raw += days
        first, end = date.fromordinal(gap.first), date.fromordinal(gap.end)
        steps.append(Step("pause_days", (first, end, days, date.fromordinal(raw))))
    due = _shifted(length, raw, calendar)
    raw_day = date.fromordinal(raw)
    if due == raw:
        day = raw_day
        steps.append(Step("ends_day", (day, length)))
    else:
        day = date.fromordinal(due)
        steps.append(Step("shifted", (calendar, raw_day, day, length)))
    if length.shift == "none" or due <= calendar.known_until_ordinal:
        return Due(day, raw_day, False, None, None, tuple(steps))
    return _provisional(day, raw_day, calendar, calendar.next_workday_bounds(raw_day), steps)


def _advance(length: Length, start: date, extension: int) -> int:
    number = length.number + extension
    if length.unit == "day":
        return start.toordinal() + number
    return add_months(start, number * (12 if length.unit == "year" else 1)).toordinal()


def _shifted(length: Length, raw: int, calendar: Calendar) -> int:
    return calendar.ord_next_workday(raw) if length.shift == "next" else raw


def add_months(day: date, months: int) -> date:
    """The same day `months` later; if that month is too short, its last day (R12)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _hours(length: Length, start: date) -> Due:
    moment = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)
    due = moment + timedelta(hours=length.number)
    return Due(due, due, False, None, None, (Step("count_hours", (length, moment, due)),))


def _paused(steps: list[Step], gap: Gap) -> Due:
    steps.append(Step("paused_since", (date.fromordinal(gap.start),)))
    return Due(None, None, False, None, None, tuple(steps))


def _provisional(
    due: date, raw: date, calendar: Calendar, bounds: tuple[date, date], steps: list[Step]
) -> Due:
    earliest, latest = bounds
    steps.append(Step("provisional", (calendar.edition, earliest, latest)))
    return Due(due, raw, True, earliest, latest, tuple(steps))
