"""Day by day against two independent libraries; where one differs, the year file must say so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from yifa.law.calendar import standard_calendar

CAL = standard_calendar()
FIRST = date(2004, 1, 1)
DAYS = [FIRST + timedelta(days=i) for i in range((CAL.known_until - FIRST).days + 1)]


def _holidays() -> Callable[[date], bool]:
    china = pytest.importorskip("holidays").China(years=range(2004, 2027))
    return lambda day: bool(china.is_working_day(day))


def _chinesecalendar() -> Callable[[date], bool]:
    library = pytest.importorskip("chinese_calendar")
    return lambda day: bool(library.is_workday(day))


@pytest.mark.parametrize("source", [_holidays, _chinesecalendar])
def test_the_calendar_agrees_with(source: Callable[[], Callable[[date], bool]]) -> None:
    is_workday = source()
    name = source.__name__.removeprefix("_")
    disputed = {
        entry.day for year in CAL.years for entry in year.disputed if entry.against.split()[0] == name
    }
    differing = {day for day in DAYS if CAL.is_workday(day) != is_workday(day)}
    assert differing <= disputed


def test_a_disputed_day_is_as_decided() -> None:
    decided = {entry.day: entry.decided == "workday" for year in CAL.years for entry in year.disputed}
    assert decided
    assert {day: CAL.is_workday(day) for day in decided} == decided
