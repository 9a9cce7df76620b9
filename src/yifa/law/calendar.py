"""The working-day calendar: which days are worked, counted in constant time.

A calendar is one *edition*: the holiday notices known when it was made (`calendar_notices.py`). Up to
`known_until` its answers are facts. Beyond it they are provisional (暂定): plain weekdays are the best guess,
and the `*_bounds` functions say between which dates the true answer will lie once the notice is out.

Days are given as dates or, in hot code, as ordinals (`date.toordinal`; the `ord_*` functions).
Every function raises CalendarRangeError for a day or an answer outside the range.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache, partial
from itertools import accumulate, compress, count

from yifa.law.calendar_bounds import WorstSpans
from yifa.law.calendar_notices import CalendarYear, day_tables, shipped_years
from yifa.law.loader import DataError

WEEKDAYS_ZH = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")

# How far beyond the last notice provisional answers reach: long enough for times to keep documents.
PROVISIONAL_YEARS = 40

# A notice may reach back into the end of the year before: to 29 December at most, so far (2007, 2018). Until
# the next notice is out these days are therefore not settled, although their own year's notice is.
YEAR_END_REACH = 3


class CalendarRangeError(ValueError):
    """A day, or the answer to a question about it, lies outside the calendar's range."""


class DayKind(Enum):
    """What a day is; UNKNOWN beyond the last notice."""

    WORKDAY = "工作日"
    MAKEUP = "补班"
    WEEKEND = "周末"
    HOLIDAY = "假期"
    UNKNOWN = "待定"


@dataclass(frozen=True, slots=True)
class Calendar:
    """One edition of the working-day calendar, made from consecutive years of notices.

    Two editions are equal if their years are. The prefix arrays are open to reading by hot code:

    origin    ordinal of the first day
    wd_index  wd_index[o - origin] working days lie before day o (o itself not counted)
    wd_days   ordinals of all working days, in order

    So wd_days[wd_index[o - origin]] is o or the next working day, and for n >= 1
    wd_days[wd_index[o - origin + 1] + n - 1] is the n-th working day after o. A day before `origin` must be
    refused first: a negative index would read from the wrong end.
    """

    years: tuple[CalendarYear, ...]
    origin: int = field(init=False, repr=False, compare=False)
    wd_index: list[int] = field(init=False, repr=False, compare=False)
    wd_days: list[int] = field(init=False, repr=False, compare=False)
    known_until_ordinal: int = field(init=False, repr=False, compare=False)
    _off: dict[int, str] = field(init=False, repr=False, compare=False)
    _made_up: dict[int, str] = field(init=False, repr=False, compare=False)
    _makeup_ordinals: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _worst: WorstSpans = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, last = _span_of_years(self.years)
        origin, end = date(first, 1, 1).toordinal(), date(last + PROVISIONAL_YEARS, 12, 31).toordinal()
        until = date(last, 12, 31).toordinal() - YEAR_END_REACH
        off, made_up = day_tables(self.years)
        worked = _worked(range(origin, end + 1), off, made_up)
        workdays, index = list(compress(count(origin), worked)), [0, *accumulate(worked)]
        put = partial(object.__setattr__, self)  # how a frozen dataclass fills its derived fields
        put("origin", origin)
        put("wd_index", index)
        put("wd_days", workdays)
        put("known_until_ordinal", until)
        put("_off", off)
        put("_made_up", made_up)
        put("_makeup_ordinals", tuple(sorted(made_up)))
        put("_worst", WorstSpans(workdays[: index[until - origin + 1]]))

    def __hash__(self) -> int:
        return hash(self.edition)

    @property
    def edition(self) -> str:
        """The last notice this edition knows, e.g. 国办发明电〔2025〕7号 (2026年)."""
        last = self.years[-1]
        notice = last.notices[-1]
        return f"{notice.number or notice.title} ({last.year}年)"

    @property
    def known_until(self) -> date:
        """The last settled day: 28 December of the last year, see YEAR_END_REACH."""
        return date.fromordinal(self.known_until_ordinal)

    def is_known(self, day: date) -> bool:
        """Whether the notices settle what `day` is."""
        return self._at(day.toordinal()) <= self.known_until_ordinal - self.origin

    # -- other editions ------------------------------------------------------------------------------------

    def with_years(self, *years: CalendarYear) -> "Calendar":
        """The edition with `years` added; a year already there is replaced. Raises DataError for a gap."""
        merged = {year.year: year for year in (*self.years, *years)}
        return Calendar(tuple(merged[year] for year in sorted(merged)))

    def without(self, year: int) -> "Calendar":
        """The edition as it stood before the notice for `year`: that year and all later ones are dropped."""
        return Calendar(tuple(known for known in self.years if known.year < year))

    # -- counting ------------------------------------------------------------------------------------------

    def _at(self, day: int) -> int:
        at = day - self.origin
        if 0 <= at < len(self.wd_index) - 1:
            return at
        raise self._out_of_range(day)

    def _out_of_range(self, day: int) -> CalendarRangeError:
        first, last = (date.fromordinal(self.origin + at) for at in (0, len(self.wd_index) - 2))
        return CalendarRangeError(f"{date.fromordinal(day)} 超出工作日历的范围（{first} 至 {last}）")

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked: a weekday that is not off, or a make-up day."""
        at = self._at(day.toordinal())
        return self.wd_index[at] < self.wd_index[at + 1]

    def ord_add_workdays(self, day: int, n: int) -> int:
        """The n-th working day after `day`, not counting it; before it if n < 0; `day` itself if n is 0."""
        at = day - self.origin
        if n > 0 and at >= 0:
            try:
                return self.wd_days[self.wd_index[at + 1] + n - 1]
            except IndexError:
                raise self._out_of_range(day) from None
        if n == 0:
            return self._at(day) + self.origin
        before = self.wd_index[self._at(day)] + n
        if before < 0:
            raise self._out_of_range(day)
        return self.wd_days[before]

    def ord_next_workday(self, day: int) -> int:
        """`day` if it is a working day, else the first one after it."""
        at = day - self.origin
        if at >= 0:
            try:
                return self.wd_days[self.wd_index[at]]
            except IndexError:
                pass
        raise self._out_of_range(day)

    def ord_workdays_between(self, after: int, until: int) -> int:
        """Working days in (after, until]; negative if `until` lies before `after`."""
        return self.wd_index[self._at(until) + 1] - self.wd_index[self._at(after) + 1]

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day`, not counting it; before it if n < 0; `day` itself if n is 0."""
        return date.fromordinal(self.ord_add_workdays(day.toordinal(), n))

    def next_workday(self, day: date) -> date:
        """`day` if it is a working day, else the first one after it."""
        return date.fromordinal(self.ord_next_workday(day.toordinal()))

    def previous_workday(self, day: date) -> date:
        """`day` if it is a working day, else the last one before it."""
        return day if self.is_workday(day) else self.add_workdays(day, -1)

    def workdays_between(self, after: date, until: date) -> int:
        """Working days in (after, until]; negative if `until` lies before `after`."""
        return self.ord_workdays_between(after.toordinal(), until.toordinal())

    def makeups_between(self, after: date, until: date) -> tuple[date, ...]:
        """Make-up days in (after, until], in order; none if `until` lies before `after`."""
        days = self._makeup_ordinals
        first, end = bisect_right(days, after.toordinal()), bisect_right(days, until.toordinal())
        return tuple(map(date.fromordinal, days[first:end]))

    def rest_days_between(self, after: date, until: date) -> tuple[date, ...]:
        """Days not worked in (after, until], in order; none if `until` lies before `after`."""
        index, span = self.wd_index, range(self._at(after.toordinal()) + 1, self._at(until.toordinal()) + 1)
        rest = (at for at in span if index[at] == index[at + 1])
        return tuple(date.fromordinal(self.origin + at) for at in rest)

    # -- what a day is -------------------------------------------------------------------------------------

    def day_kind(self, day: date) -> DayKind:
        """What the notices make of `day`. A weekend day inside a holiday is HOLIDAY."""
        ordinal = day.toordinal()
        if self._at(ordinal) > self.known_until_ordinal - self.origin:
            return DayKind.UNKNOWN
        if ordinal in self._off:
            return DayKind.HOLIDAY
        if ordinal in self._made_up:
            return DayKind.MAKEUP
        return DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND

    def holiday_name(self, day: date) -> str | None:
        """The holiday `day` belongs to, None for any other day."""
        return self._off.get(day.toordinal()) if self.is_known(day) else None

    def describe_day(self, day: date) -> str:
        """E.g. `2024-02-04 星期日 补班`, `2024-02-10 星期六 春节假期`."""
        what = (self.holiday_name(day) or "") + self.day_kind(day).value
        return f"{day:%Y-%m-%d} {WEEKDAYS_ZH[day.weekday()]} {what}"

    # -- bounds beyond the last notice (the rule: calendar_bounds.py) ---------------------------------------

    def add_workdays_bounds(self, day: date, n: int) -> tuple[date, date]:
        """Between which dates `add_workdays(day, n)` will lie once the notices are out; equal if settled."""
        start = day.toordinal()
        first, last = self._forward(start, n) if n >= 0 else self._backward(start, -n)
        return date.fromordinal(first), date.fromordinal(last)

    def next_workday_bounds(self, day: date) -> tuple[date, date]:
        """Between which dates `next_workday(day)` will lie once the notices are out; equal if settled."""
        start = day.toordinal()
        guess = self.ord_next_workday(start)
        if guess <= self.known_until_ordinal:
            return date.fromordinal(guess), date.fromordinal(guess)
        before = max(start - 1, self.known_until_ordinal)
        return date.fromordinal(before + 1), date.fromordinal(before + self._worst.within(1))

    def _forward(self, start: int, n: int) -> tuple[int, int]:
        guess, until = self.ord_add_workdays(start, n), self.known_until_ordinal
        if guess <= until or n == 0:
            return guess, guess
        left = n - max(0, self.ord_workdays_between(start, until))
        begin = max(start, until)
        return begin + left, begin + self._worst.within(left)

    def _backward(self, start: int, n: int) -> tuple[int, int]:
        unsettled = self.known_until_ordinal + 1
        days = max(0, self._at(start) + self.origin - unsettled)
        if not days:
            guess = self.ord_add_workdays(start, -n)
            return guess, guess
        if_all_off = self.ord_add_workdays(unsettled, -n)
        if_all_worked = start - n if n <= days else self.ord_add_workdays(unsettled, days - n)
        return max(if_all_off, start - self._worst.within(n)), if_all_worked


def _span_of_years(years: tuple[CalendarYear, ...]) -> tuple[int, int]:
    numbers = [year.year for year in years]
    if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise DataError(f"a calendar needs consecutive years of notices, not {numbers}")
    return numbers[0], numbers[-1]


def _worked(days: range, off: Iterable[int], made_up: Iterable[int]) -> list[bool]:
    worked = [day % 7 not in (6, 0) for day in days]  # ordinal 1 was a Monday
    for changed, work in ((off, False), (made_up, True)):
        for day in changed:
            if day in days:  # the first year's notice may reach back before the first day
                worked[day - days.start] = work
    return worked


@cache
def standard_calendar() -> Calendar:
    """The edition made from all years shipped with the package."""
    return Calendar(shipped_years())
