"""Days as the notices have them, counting, editions."""

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.law.calendar import (
    PROVISIONAL_YEARS,
    WEEKDAYS_ZH,
    Calendar,
    CalendarRangeError,
    DayKind,
    standard_calendar,
)
from yifa.law.calendar_notices import CalendarYear, Holiday, Notice
from yifa.law.loader import DataError

CAL = standard_calendar()
FIRST, LAST = date(2004, 1, 1), date(2026 + PROVISIONAL_YEARS, 12, 31)

# Well inside the range, so that counting cannot leave it.
days = st.dates(date(2005, 6, 1), date(2060, 12, 31))
counts = st.integers(1, 300)


def day(text: str) -> date:
    return date.fromisoformat(text)


# -- what a day is -----------------------------------------------------------------------------------------

KNOWN_DAYS = [
    ("2004-01-17", "2004-01-17 星期六 补班"),
    ("2005-01-03", "2005-01-03 星期一 元旦假期"),
    ("2005-12-31", "2005-12-31 星期六 补班"),
    ("2006-12-31", "2006-12-31 星期日 补班"),
    ("2007-12-29", "2007-12-29 星期六 补班"),
    ("2007-12-31", "2007-12-31 星期一 元旦假期"),
    ("2013-02-17", "2013-02-17 星期日 补班"),
    ("2014-04-06", "2014-04-06 星期日 周末"),
    ("2014-04-07", "2014-04-07 星期一 清明节假期"),
    ("2015-09-03", "2015-09-03 星期四 抗战胜利70周年纪念日假期"),
    ("2015-09-04", "2015-09-04 星期五 抗战胜利70周年纪念日假期"),
    ("2015-09-06", "2015-09-06 星期日 补班"),
    ("2018-12-29", "2018-12-29 星期六 补班"),
    ("2018-12-31", "2018-12-31 星期一 元旦假期"),
    ("2019-04-28", "2019-04-28 星期日 补班"),
    ("2019-05-03", "2019-05-03 星期五 劳动节假期"),
    ("2019-05-05", "2019-05-05 星期日 补班"),
    ("2020-01-19", "2020-01-19 星期日 补班"),
    ("2020-01-31", "2020-01-31 星期五 春节假期"),
    ("2020-02-01", "2020-02-01 星期六 春节假期"),
    ("2020-02-03", "2020-02-03 星期一 工作日"),
    ("2022-01-29", "2022-01-29 星期六 补班"),
    ("2022-01-30", "2022-01-30 星期日 补班"),
    ("2022-12-31", "2022-12-31 星期六 元旦假期"),
    ("2023-10-06", "2023-10-06 星期五 中秋节、国庆节假期"),
    ("2023-10-07", "2023-10-07 星期六 补班"),
    ("2023-10-08", "2023-10-08 星期日 补班"),
    ("2024-02-04", "2024-02-04 星期日 补班"),
    ("2024-02-09", "2024-02-09 星期五 工作日"),
    ("2024-02-10", "2024-02-10 星期六 春节假期"),
    ("2024-02-18", "2024-02-18 星期日 补班"),
    ("2024-04-07", "2024-04-07 星期日 补班"),
    ("2024-06-08", "2024-06-08 星期六 周末"),
    ("2025-01-26", "2025-01-26 星期日 补班"),
    ("2025-02-08", "2025-02-08 星期六 补班"),
    ("2026-02-23", "2026-02-23 星期一 春节假期"),
    ("2026-09-20", "2026-09-20 星期日 补班"),
    ("2026-12-28", "2026-12-28 星期一 工作日"),
    ("2026-12-29", "2026-12-29 星期二 待定"),
    ("2027-01-01", "2027-01-01 星期五 待定"),
]


@pytest.mark.parametrize(("text", "described"), KNOWN_DAYS)
def test_days_as_the_notices_have_them(text: str, described: str) -> None:
    assert CAL.describe_day(day(text)) == described


@pytest.mark.parametrize(
    ("text", "kind", "name", "worked"),
    [
        ("2024-02-05", DayKind.WORKDAY, None, True),
        ("2024-02-04", DayKind.MAKEUP, None, True),
        ("2024-03-02", DayKind.WEEKEND, None, False),
        ("2024-02-11", DayKind.HOLIDAY, "春节", False),
        ("2024-02-12", DayKind.HOLIDAY, "春节", False),
        ("2027-01-01", DayKind.UNKNOWN, None, True),  # the best guess: a plain weekday
        ("2027-01-02", DayKind.UNKNOWN, None, False),
    ],
)
def test_kind_name_and_work(text: str, kind: DayKind, name: str | None, worked: bool) -> None:
    known = kind is not DayKind.UNKNOWN
    answers = (
        CAL.day_kind(day(text)),
        CAL.holiday_name(day(text)),
        CAL.is_workday(day(text)),
        CAL.is_known(day(text)),
    )
    assert answers == (kind, name, worked, known)


@given(days)
def test_the_kind_says_whether_a_day_is_worked(some: date) -> None:
    worked = {DayKind.WORKDAY: True, DayKind.MAKEUP: True, DayKind.WEEKEND: False, DayKind.HOLIDAY: False}
    assert CAL.is_workday(some) == worked.get(CAL.day_kind(some), some.weekday() < 5)
    assert (CAL.holiday_name(some) is not None) == (CAL.day_kind(some) is DayKind.HOLIDAY)


def test_weekday_names_are_in_the_order_of_date_weekday() -> None:
    assert (WEEKDAYS_ZH[day("2024-02-05").weekday()], WEEKDAYS_ZH[day("2024-02-04").weekday()]) == (
        "星期一",
        "星期日",
    )


# -- counting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-02-02", 1, "2024-02-04"),  # Sunday, made up
        ("2024-02-02", 7, "2024-02-18"),  # over the Spring Festival to another Sunday made up
        ("2024-02-10", 1, "2024-02-18"),
        ("2024-02-10", -1, "2024-02-09"),
        ("2024-02-18", -1, "2024-02-09"),
        ("2024-02-18", -6, "2024-02-04"),
        ("2024-02-10", 0, "2024-02-10"),
        ("2020-01-23", 1, "2020-02-03"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2023-12-29", 5, "2024-01-08"),
    ],
)
def test_working_days_added(start: str, n: int, end: str) -> None:
    assert CAL.add_workdays(day(start), n) == day(end)


@pytest.mark.parametrize(
    ("text", "following", "preceding"),
    [
        ("2024-02-10", "2024-02-18", "2024-02-09"),
        ("2024-02-18", "2024-02-18", "2024-02-18"),
        ("2024-06-08", "2024-06-11", "2024-06-07"),
    ],
)
def test_next_and_previous_working_day(text: str, following: str, preceding: str) -> None:
    assert (CAL.next_workday(day(text)), CAL.previous_workday(day(text))) == (day(following), day(preceding))


def test_days_between_exclude_the_first_and_include_the_last() -> None:
    assert CAL.makeups_between(day("2024-02-04"), day("2024-02-18")) == (day("2024-02-18"),)
    assert CAL.makeups_between(day("2024-02-18"), day("2024-02-04")) == ()
    assert CAL.rest_days_between(day("2024-06-08"), day("2024-06-11")) == (
        day("2024-06-09"),
        day("2024-06-10"),
    )
    assert CAL.rest_days_between(day("2024-06-11"), day("2024-06-08")) == ()
    assert CAL.workdays_between(day("2024-02-02"), day("2024-02-18")) == 7
    assert CAL.workdays_between(day("2024-02-18"), day("2024-02-02")) == -7


def step(start: date, n: int) -> date:
    """The plain way to count: one day at a time."""
    direction = timedelta(days=1 if n > 0 else -1)
    while n:
        start += direction
        n -= (direction.days) * CAL.is_workday(start)
    return start


@given(days, st.integers(-60, 60))
def test_adding_is_counting_day_by_day(start: date, n: int) -> None:
    assert CAL.add_workdays(start, n) == step(start, n)


@given(days, counts)
def test_going_back_undoes_going_forward(start: date, n: int) -> None:
    assert CAL.add_workdays(CAL.add_workdays(start, n), -n) == CAL.previous_workday(start)
    assert CAL.add_workdays(CAL.add_workdays(start, -n), n) == CAL.next_workday(start)


@given(days, counts)
def test_as_many_working_days_lie_between_as_were_added(start: date, n: int) -> None:
    assert CAL.workdays_between(start, CAL.add_workdays(start, n)) == n


@given(days, days)
def test_between_counts_each_day_once(one: date, other: date) -> None:
    a, b = sorted((one, other))
    b = min(b, a + timedelta(days=400))
    every = [a + timedelta(days=i) for i in range(1, (b - a).days + 1)]
    assert CAL.workdays_between(a, b) == sum(map(CAL.is_workday, every)) == -CAL.workdays_between(b, a)
    assert CAL.rest_days_between(a, b) == tuple(d for d in every if not CAL.is_workday(d))
    assert CAL.makeups_between(a, b) == tuple(d for d in every if CAL.day_kind(d) is DayKind.MAKEUP)


@given(days, days, days)
def test_between_adds_up(a: date, b: date, c: date) -> None:
    assert CAL.workdays_between(a, b) + CAL.workdays_between(b, c) == CAL.workdays_between(a, c)


@given(days)
def test_next_and_previous_are_the_nearest_working_days(some: date) -> None:
    following, preceding = CAL.next_workday(some), CAL.previous_workday(some)
    assert following == (some if CAL.is_workday(some) else step(some, 1))
    assert preceding == (some if CAL.is_workday(some) else step(some, -1))


@given(days, counts)
def test_the_open_arrays_answer_as_documented(some: date, n: int) -> None:
    ordinal = some.toordinal()
    at = ordinal - CAL.origin
    assert CAL.wd_days[CAL.wd_index[at]] == CAL.ord_next_workday(ordinal)
    assert CAL.wd_days[CAL.wd_index[at + 1] + n - 1] == CAL.ord_add_workdays(ordinal, n)


# -- range -------------------------------------------------------------------------------------------------

BEFORE, AFTER = FIRST - timedelta(days=1), LAST + timedelta(days=1)


@pytest.mark.parametrize("outside", [BEFORE, AFTER, date.min, date.max])
@pytest.mark.parametrize(
    "question",
    [
        lambda d: CAL.is_workday(d),
        lambda d: CAL.is_known(d),
        lambda d: CAL.day_kind(d),
        lambda d: CAL.holiday_name(d),
        lambda d: CAL.describe_day(d),
        lambda d: CAL.next_workday(d),
        lambda d: CAL.next_workday_bounds(d),
        lambda d: CAL.previous_workday(d),
        lambda d: CAL.add_workdays(d, 1),
        lambda d: CAL.add_workdays(d, 0),
        lambda d: CAL.add_workdays(d, -1),
        lambda d: CAL.add_workdays_bounds(d, 1),
        lambda d: CAL.add_workdays_bounds(d, -1),
        lambda d: CAL.workdays_between(d, FIRST),
        lambda d: CAL.workdays_between(LAST, d),
        lambda d: CAL.rest_days_between(d, LAST),
    ],
)
def test_a_day_outside_the_range_is_refused(question: object, outside: date) -> None:
    with pytest.raises(CalendarRangeError, match=f"{outside} 超出工作日历的范围（2004-01-01 至 {LAST}）"):
        question(outside)  # type: ignore[operator]


@pytest.mark.parametrize(("start", "n"), [(FIRST, -1), (LAST, 1), (FIRST, 10**6), (LAST, -(10**6))])
def test_an_answer_outside_the_range_is_refused(start: date, n: int) -> None:
    with pytest.raises(CalendarRangeError, match="超出工作日历的范围"):
        CAL.add_workdays(start, n)


def test_the_ends_of_the_range_are_inside() -> None:
    assert CAL.add_workdays(FIRST, 0) == FIRST
    assert CAL.add_workdays(LAST, 0) == LAST
    assert CAL.next_workday(FIRST) == day("2004-01-02")
    assert CAL.is_workday(LAST)
    assert CAL.next_workday(LAST) == LAST


def test_a_rest_day_at_the_very_end_has_no_next_working_day() -> None:
    ends_on_sunday = CAL.without(2017)  # known to 2016, range to 31 December 2056, a Sunday
    with pytest.raises(CalendarRangeError):
        ends_on_sunday.next_workday(date(2056, 12, 31))


# -- editions ----------------------------------------------------------------------------------------------


def test_the_standard_edition_names_its_last_notice() -> None:
    assert CAL.edition == "国办发明电〔2025〕7号 (2026年)"
    assert CAL.known_until == day("2026-12-28")
    assert standard_calendar() is CAL


def test_an_edition_is_named_after_the_notice_that_changed_the_year() -> None:
    assert CAL.without(2021).edition == "国办发明电〔2020〕1号 (2020年)"


def test_without_a_year_the_edition_stands_as_before_its_notice() -> None:
    earlier = CAL.without(2024)
    assert (earlier.edition, earlier.known_until) == ("国办发明电〔2022〕16号 (2023年)", day("2023-12-28"))
    assert not earlier.is_known(day("2024-02-12"))
    assert earlier.is_workday(day("2024-02-12"))
    assert not CAL.is_workday(day("2024-02-12"))


def test_loading_a_notice_redates() -> None:
    earlier = CAL.without(2024)
    assert earlier.add_workdays(day("2024-02-08"), 5) == day("2024-02-15")
    later = earlier.with_years(CAL.years[-3])
    assert later.add_workdays(day("2024-02-08"), 5) == day("2024-02-21")
    assert later == CAL.without(2025) != earlier
    assert hash(later) == hash(CAL.without(2025))


def test_a_year_can_be_replaced() -> None:
    holiday = Holiday("端午节", day("2026-06-19"), day("2026-06-22"))
    changed = CAL.with_years(
        CalendarYear(2026, (Notice("国办发明电〔2026〕1号", "改", None, "text", (holiday,)),))
    )
    assert changed.holiday_name(day("2026-06-22")) == "端午节"
    assert changed.is_workday(day("2026-10-01"))
    assert CAL.is_workday(day("2026-06-22"))


def test_a_notice_without_a_number_is_named_by_its_title() -> None:
    year = CalendarYear(2027, (Notice(None, "关于2027年的通知", None, "unknown", ()),))
    assert CAL.with_years(year).edition == "关于2027年的通知 (2027年)"


@pytest.mark.parametrize("years", [(), CAL.years[:3] + CAL.years[4:], CAL.years[::-1]])
def test_years_must_be_consecutive(years: tuple[CalendarYear, ...]) -> None:
    with pytest.raises(DataError, match="consecutive years"):
        Calendar(years)


def test_an_edition_may_begin_later_and_ignores_what_lies_before() -> None:
    late = Calendar(CAL.years[4:])  # from 2008, whose notice begins on 29 December 2007
    assert late.next_workday(day("2008-01-01")) == day("2008-01-02")
    with pytest.raises(CalendarRangeError):
        late.is_workday(day("2007-12-31"))


def test_an_edition_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(CAL))
    assert copy == CAL
    assert copy.add_workdays(day("2024-02-02"), 7) == day("2024-02-18")
