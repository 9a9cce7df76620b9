"""Holiday notices as data: what each year's notice says is off and what it says is worked.

The days off of a year are arranged by a notice of the State Council's General Office under
全国年节及纪念日放假办法 (国务院办公厅关于YYYY年部分节假日安排的通知), issued late in the year before; a later
notice may change it (2015, 2019, 2020). `data/calendar/YYYY.yaml` holds a year's notices in order of issue.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal, cast, get_args

from yifa.law.loader import DataError, list_data, load_yaml

PACKAGE = "yifa.law.data.calendar"

# text: read in a copy of the notice; knowledge: from secondary sources; unknown: no number established
Confidence = Literal["text", "knowledge", "unknown"]


@dataclass(frozen=True, slots=True)
class Holiday:
    """One run of days off, both ends included, and the weekend days worked in exchange (调休上班)."""

    name: str
    first: date
    last: date
    makeups: tuple[date, ...] = ()

    def ordinals(self) -> range:
        """Every day off of the run, as ordinals."""
        return range(self.first.toordinal(), self.last.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. number 发文字号 (None if not established); issued 成文日期 (None if not known)."""

    number: str | None
    title: str
    issued: date | None
    confidence: Confidence
    holidays: tuple[Holiday, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """A day on which independent sources disagree, how it was decided, and by which text."""

    day: date
    decided: Literal["workday", "rest"]
    by: str
    against: str


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """All notices for one year, in order of issue: where two speak of one day the later prevails."""

    year: int
    notices: tuple[Notice, ...]
    disputed: tuple[Disputed, ...] = ()


def shipped_years() -> tuple[CalendarYear, ...]:
    """The years shipped with the package, in order. Raises DataError naming the file that is wrong."""
    names = list_data(PACKAGE, ".yaml")
    return tuple(parse_year(load_yaml(PACKAGE, name), f"{PACKAGE}/{name}") for name in names)


def parse_year(raw: object, place: str) -> CalendarYear:
    """A year file's content as a CalendarYear; `place` is how errors name it. Raises DataError."""
    try:
        data = cast(dict[str, Any], raw)
        notices = tuple(_notice(row) for row in data["notices"])
        disputed = tuple(Disputed(**row) for row in data.get("disputed", ()))
        year = CalendarYear(data["year"], notices, disputed)
        problems = tuple(_problems(year))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{place}: {type(error).__name__}: {error}") from error
    if problems:
        raise DataError(f"{place}: {'; '.join(problems)}")
    return year


def _notice(row: dict[str, Any]) -> Notice:
    holidays = tuple(_holiday(entry) for entry in row["holidays"])
    return Notice(
        row["number"], row["title"], row["issued"], row["confidence"], holidays, row.get("note", "")
    )


def _holiday(row: dict[str, Any]) -> Holiday:
    return Holiday(row["name"], row["from"], row["to"], tuple(row.get("makeup", ())))


def _problems(year: CalendarYear) -> Iterator[str]:
    if not year.notices:
        yield "no notice"
    for notice in year.notices:
        if notice.confidence not in get_args(Confidence):
            yield f"unknown confidence {notice.confidence!r}"
        if (notice.number is None) != (notice.confidence == "unknown"):
            yield f"number {notice.number} does not go with confidence {notice.confidence}"
        yield from _day_problems(notice, date(year.year - 1, 12, 1), date(year.year, 12, 31))


def _day_problems(notice: Notice, earliest: date, latest: date) -> Iterator[str]:
    holidays = sorted(notice.holidays, key=lambda holiday: holiday.first)
    for holiday in holidays:
        if not earliest <= holiday.first <= holiday.last <= latest:
            yield f"{holiday.name}: {holiday.first} to {holiday.last} is not a run of days of the year"
    for before, after in pairwise(holidays):
        if after.first <= before.last:
            yield f"{before.name} and {after.name} overlap"
    off = {ordinal for holiday in holidays for ordinal in holiday.ordinals()}
    for day in makeup_days(notice):
        if day.weekday() < 5 or day.toordinal() in off or not earliest <= day <= latest:
            yield f"{day} cannot be a make-up day"


def makeup_days(notice: Notice) -> Iterator[date]:
    """The weekend days this notice has people work."""
    for holiday in notice.holidays:
        yield from holiday.makeups


def day_tables(years: Iterable[CalendarYear]) -> tuple[dict[int, str], dict[int, str]]:
    """Days off and days made up, as ordinal → name of the holiday; of two notices the later prevails."""
    off: dict[int, str] = {}
    made_up: dict[int, str] = {}
    for notice in (notice for year in years for notice in year.notices):
        rest = {day: holiday.name for holiday in notice.holidays for day in holiday.ordinals()}
        work = {day.toordinal(): holiday.name for holiday in notice.holidays for day in holiday.makeups}
        off = {day: name for day, name in off.items() if day not in work} | rest
        made_up = {day: name for day, name in made_up.items() if day not in rest} | work
    return off, made_up
