"""Provisional answers: the truth, once known, lies inside the bounds given before."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.law import calendar_bounds
from yifa.law.calendar import Calendar, standard_calendar
from yifa.law.calendar_bounds import WorstSpans

CAL = standard_calendar()
SIMULATED = range(2006, 2027)
COUNTS = range(1, 16)
future = st.dates(date(2026, 12, 1), date(2060, 12, 31))


def starts(year: int) -> Iterator[date]:
    """Every day from a month before `year` begins to its last day settled by today's edition."""
    first, last = date(year - 1, 12, 1), min(date(year, 12, 31), CAL.known_until)
    return (first + timedelta(days=i) for i in range((last - first).days + 1))


def misses(before: Calendar, year: int) -> list[tuple[date, int]]:
    """Questions (start, n) whose true answer lay outside the bounds given before the notice for `year`."""
    found = []
    for start in starts(year):
        for n in (*COUNTS, *(-n for n in COUNTS)):
            truth = CAL.add_workdays(start, n)
            earliest, latest = before.add_workdays_bounds(start, n)
            if truth <= CAL.known_until and not earliest <= truth <= latest:
                found.append((start, n))
    return found


@pytest.mark.parametrize("year", SIMULATED)
def test_the_notice_kept_within_the_bounds_given_before_it(year: int) -> None:
    assert misses(CAL.without(year), year) == []


@pytest.mark.parametrize("year", SIMULATED)
def test_so_did_the_next_working_day(year: int) -> None:
    before = CAL.without(year)
    for start in starts(year):
        earliest, latest = before.next_workday_bounds(start)
        truth = CAL.next_workday(start)
        assert earliest <= truth <= latest or truth > CAL.known_until, start


def test_the_bounds_hold_for_long_periods() -> None:
    before = CAL.without(2010)
    for n in range(20, 4000, 199):
        earliest, latest = before.add_workdays_bounds(date(2009, 12, 1), n)
        assert earliest <= CAL.add_workdays(date(2009, 12, 1), n) <= latest


@pytest.mark.parametrize(("reserve", "enough"), [(1, False), (2, True)])
def test_the_reserve_is_one_day_more_than_2020_took(
    reserve: int, enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_bounds, "RESERVE", reserve)
    assert (misses(CAL.without(2020), 2020) == []) == enough


@given(future, st.integers(-300, 300))
def test_the_best_guess_lies_inside_the_bounds(start: date, n: int) -> None:
    earliest, latest = CAL.add_workdays_bounds(start, n)
    assert earliest <= CAL.add_workdays(start, n) <= latest


@given(future)
def test_so_does_the_next_working_day_guessed(start: date) -> None:
    earliest, latest = CAL.next_workday_bounds(start)
    assert start <= earliest <= CAL.next_workday(start) <= latest


@given(st.dates(date(2005, 1, 1), date(2026, 11, 1)), st.integers(-100, 20))
def test_what_is_settled_has_no_spread(start: date, n: int) -> None:
    assert CAL.add_workdays_bounds(start, n) == (CAL.add_workdays(start, n),) * 2
    assert CAL.next_workday_bounds(start) == (CAL.next_workday(start),) * 2


@pytest.mark.parametrize(
    ("start", "n", "bounds"),
    [
        ("2026-12-28", 0, ("2026-12-28", "2026-12-28")),
        ("2027-03-05", 0, ("2027-03-05", "2027-03-05")),
        ("2026-12-25", 1, ("2026-12-28", "2026-12-28")),  # the last settled day
        ("2026-12-25", 2, ("2026-12-29", "2027-01-11")),  # 28 December and 11 days (as in 2020) and 3
        ("2027-03-05", 1, ("2027-03-06", "2027-03-19")),
        ("2026-12-29", -1, ("2026-12-28", "2026-12-28")),
        ("2026-12-31", -1, ("2026-12-28", "2026-12-30")),  # if 29 and 30 December are off, the 28th
        ("2026-12-31", -3, ("2026-12-24", "2026-12-28")),
        ("2027-03-05", -1, ("2027-02-19", "2027-03-04")),
    ],
)
def test_bounds_by_hand(start: str, n: int, bounds: tuple[str, str]) -> None:
    earliest, latest = CAL.add_workdays_bounds(date.fromisoformat(start), n)
    assert (earliest.isoformat(), latest.isoformat()) == bounds


@pytest.mark.parametrize(
    ("start", "bounds"),
    [
        ("2026-12-26", ("2026-12-28", "2026-12-28")),
        ("2026-12-29", ("2026-12-29", "2027-01-11")),
        ("2027-01-01", ("2027-01-01", "2027-01-14")),
    ],
)
def test_bounds_of_the_next_working_day_by_hand(start: str, bounds: tuple[str, str]) -> None:
    earliest, latest = CAL.next_workday_bounds(date.fromisoformat(start))
    assert (earliest.isoformat(), latest.isoformat()) == bounds


def test_a_rest_day_before_the_unsettled_days_looks_beyond_them() -> None:
    before = CAL.without(2015)  # settled to 28 December 2014, a Sunday
    assert before.next_workday_bounds(date(2014, 12, 27)) == (date(2014, 12, 29), date(2015, 1, 9))
    assert CAL.next_workday(date(2014, 12, 27)) == date(2014, 12, 29)


def test_worst_spans_are_the_longest_distances() -> None:
    spans = WorstSpans([1, 2, 3, 8, 9, 10])  # at most three days are judged as one stretch
    reserve = calendar_bounds.RESERVE
    assert [spans.within(n) - reserve for n in (1, 2, 3, 4, 6)] == [5, 6, 7, 7 + 5, 14]


def test_one_year_of_notices_is_enough_to_give_bounds() -> None:
    one = Calendar(CAL.years[:1])
    earliest, latest = one.add_workdays_bounds(date(2004, 12, 20), 300)
    assert earliest < one.add_workdays(date(2004, 12, 20), 300) < latest
