"""Periods: the worked dates of the law, pauses, extensions, months, hours, backward counts, provisional ends."""

from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yifa.law import periods
from yifa.law.calendar import standard_calendar
from yifa.law.citation import Practice
from yifa.law.derivations import lines
from yifa.law.periods import Pause, add_months, due_date, latest_before, merge
from yifa.law.statute import Length, Reading, statute

CALENDAR = standard_calendar()
L23, L17, REG, APL, LAL, CPL = (statute(code) for code in ("L23", "L17", "REG", "APL", "LAL", "CPL"))
S0 = Reading("S0", "不顺延", Practice("期间不顺延"))
D = date.fromisoformat


def pause(start: str, end: str | None, bounds: periods.Bounds = "(]") -> Pause:
    return Pause(D(start).toordinal(), D(end).toordinal() if end else None, bounds)


@pytest.mark.parametrize(
    ("length", "start", "due"),
    [
        (L23.days(5), "2024-01-31", "2024-02-06"),  # two make-up days around the Spring Festival
        (L23.days(7), "2024-02-06", "2024-02-21"),
        (L23.days(10), "2024-02-21", "2024-03-06"),
        (L23.days(60), "2024-02-06", "2024-04-07"),  # Saturday in Qingming → the make-up Sunday
        (L23.days(5), "2024-09-23", "2024-09-29"),
        (L23.days(3), "2024-09-26", "2024-09-30"),
        (L23.days(30), "2024-09-26", "2024-10-28"),
        (L17.days(5), "2022-01-20", "2022-01-27"),
        (L17.days(7), "2022-01-20", "2022-01-29"),
        (L17.days(10), "2022-01-29", "2022-02-08"),  # calendar days: 10 is no working-day number of 2017
        (L17.days(60), "2022-01-20", "2022-03-21"),
        (APL.days(15), "2024-09-20", "2024-10-08"),
        (APL.days(10), "2024-01-31", "2024-02-18"),
        (APL.months(6), "2024-08-31", "2025-02-28"),
        (L23.years(5), "2020-02-29", "2025-02-28"),
        (LAL.days(7), "2024-02-10", "2024-02-17"),  # no shift: stands on a holiday
        (LAL.days(3), "2023-09-29", "2023-10-02"),
    ],
)
def test_worked_dates(length: Length, start: str, due: str) -> None:
    assert due_date(length, D(start), CALENDAR).due == D(due)


@pytest.mark.parametrize(
    ("pauses", "extension", "due"),
    [
        ((), 30, "2024-06-17"),
        ((pause("2024-04-10", "2024-05-09"),), 0, "2024-06-17"),  # RC-4
        ((pause("2024-04-10", "2024-05-09"),), 30, "2024-07-15"),
        ((pause("2024-04-10", "2024-05-09"), pause("2024-04-20", "2024-05-15")), 0, "2024-06-21"),  # united
        (
            (pause("2024-04-10", "2024-04-20"), pause("2024-04-20", "2024-04-30")),
            0,
            "2024-06-06",
        ),  # adjoining
        ((pause("2024-04-10", "2024-05-09", "[]"),), 0, "2024-06-17"),  # one day more, over a weekend
        ((pause("2024-05-17", "2024-05-20"),), 0, "2024-05-20"),  # begun on the last day
        ((pause("2024-05-18", "2024-05-30"),), 0, "2024-05-17"),  # begun when the period was over
        ((pause("2024-03-01", "2024-03-18"),), 0, "2024-05-17"),  # over before it began
        ((pause("2024-03-10", "2024-03-20"),), 0, "2024-05-20"),  # days before the start do not count
    ],
)
def test_calendar_days_with_pauses(pauses: tuple[Pause, ...], extension: int, due: str) -> None:
    found = due_date(L23.days(60), D("2024-03-18"), CALENDAR, pauses, extension)
    assert found.due == D(due)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ((), "2024-03-06"),
        ((pause("2024-02-23", "2024-02-29"),), "2024-03-12"),
        ((pause("2024-02-23", "2024-02-25"),), "2024-03-06"),  # only a weekend inside
        ((pause("2024-03-07", "2024-03-20"),), "2024-03-06"),
        ((pause("2024-02-26", "2024-02-26", "[]"),), "2024-03-07"),
    ],
)
def test_working_days_with_pauses(pauses: tuple[Pause, ...], due: str) -> None:
    assert due_date(L23.days(10), D("2024-02-21"), CALENDAR, pauses).due == D(due)


@pytest.mark.parametrize("length", [L23.days(60), L23.days(10), APL.months(2)])
def test_an_open_pause_leaves_no_due_date(length: Length) -> None:
    found = due_date(length, D("2024-03-18"), CALENDAR, (pause("2024-03-20", None),))
    assert (found.due, found.raw) == (None, None)
    assert lines(found.steps)[-1] == "自 2024-03-20 星期三 起中止计算，尚未恢复，暂无届满日"


@pytest.mark.parametrize(
    ("length", "start", "extension", "due"),
    [
        (L23.days(10), "2024-02-21", 5, "2024-03-13"),  # fifteen working days
        (L23.days(60), "2024-03-18", 30, "2024-06-17"),
        (
            APL.months(6),
            "2024-08-31",
            3,
            "2025-06-03",
        ),  # nine months, to the end of May and over Dragon Boat, not six and three
        (L23.years(1), "2024-02-29", 3, "2028-02-29"),
    ],
)
def test_an_extension_is_counted_as_one_period_with_the_first(
    length: Length, start: str, extension: int, due: str
) -> None:
    assert due_date(length, D(start), CALENDAR, (), extension).due == D(due)


@pytest.mark.parametrize(
    ("second", "gaps"),
    [
        (pause("2024-04-20", "2024-04-30"), 1),
        (pause("2024-04-21", "2024-04-30"), 2),
        (pause("2024-04-15", "2024-04-18"), 1),
    ],
)
def test_adjoining_pauses_are_one_and_a_day_between_counts(second: Pause, gaps: int) -> None:
    first = pause("2024-04-10", "2024-04-20")
    assert len(merge((first, second), D("2024-03-18").toordinal())) == gaps


@pytest.mark.parametrize(
    ("length", "start", "due", "provisional"),
    [
        (L23.days(3), "2026-12-23", "2026-12-28", False), (L23.days(3), "2026-12-24", "2026-12-29", True),
        (L23.days(60), "2026-10-29", "2026-12-28", False), (L23.days(60), "2026-10-30", "2026-12-29", True),
    ],
)  # fmt: skip
def test_what_ends_on_the_last_settled_day_is_not_provisional(
    length: Length, start: str, due: str, provisional: bool
) -> None:
    """New Year's notice of the next year can still move 29 to 31 December."""
    earlier = CALENDAR.without(2027)
    found = due_date(length, D(start), earlier)
    assert (found.due, found.provisional) == (D(due), provisional)


def test_an_open_pause_swallows_later_ones() -> None:
    gaps = merge((pause("2024-03-20", None), pause("2024-03-25", "2024-03-28")), D("2024-03-18").toordinal())
    assert len(gaps) == 1
    assert gaps[0].end is None


def test_hours_run_through_holidays() -> None:
    length = LAL.hours(24)
    assert due_date(length, datetime(2024, 2, 9, 16), CALENDAR).due == datetime(2024, 2, 10, 16)
    assert due_date(length, D("2024-02-09"), CALENDAR).due == datetime(2024, 2, 10)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-12-15", 1, "2025-01-15"),
        ("2024-08-31", 6, "2025-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2024-03-31", 12, "2025-03-31"),
    ],
)  # fmt: skip
def test_months(day: str, months: int, expected: str) -> None:
    assert add_months(D(day), months) == D(expected)


@pytest.mark.parametrize(
    ("length", "day", "latest"),
    [
        (L23.days(5), "2024-10-14", "2024-10-08"),  # the make-up Saturday 12 October counts
        (L23.days(5), "2024-04-10", "2024-04-02"),
        (LAL.days(15), "2024-05-20", "2024-05-05"),
    ],
)
def test_counted_backwards(length: Length, day: str, latest: str) -> None:
    found = latest_before(length, D(day), CALENDAR)
    assert found.due == D(latest)
    assert not found.provisional


def test_backwards_from_a_day_beyond_the_notices() -> None:
    found = latest_before(L23.days(5), D("2027-03-10"), CALENDAR)
    assert found.provisional
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= D("2027-03-03") <= found.latest


@pytest.mark.parametrize("length", [L23.days(60), L23.days(10)])
def test_an_end_beyond_the_notices_is_provisional(length: Length) -> None:
    found = due_date(length, D("2026-12-20"), CALENDAR)
    assert found.provisional
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= (found.due or date.max) <= found.latest
    assert "暂定" in lines(found.steps)[-1]


def test_without_shift_nothing_is_provisional() -> None:
    assert not due_date(LAL.days(30), D("2026-12-20"), CALENDAR).provisional


def test_the_cache_of_periods_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods, "_CACHE", {})
    monkeypatch.setattr(periods, "_CACHE_SIZE", 2)
    for day in range(1, 6):
        due_date(L23.days(5), date(2024, 3, day), CALENDAR)
        assert len(periods._CACHE) <= 2


def test_a_period_seen_before_is_told_alike_whatever_was_counted_between() -> None:
    gap = pause("2024-04-10", "2024-05-09")
    asked: list[tuple[Length, tuple[Pause, ...], int]] = [
        (length, pauses, extension)
        for length in (
            L23.days(60),
            L17.days(60),
            L23.days(5),
            L23.days(60, shift=S0),
            L23.days(60).times(61),
        )
        for pauses in ((), (gap,), (gap._replace(bounds="[]"),), (gap._replace(end=None),))
        for extension in (0, 30)
    ]
    first = [due_date(length, D("2024-02-06"), CALENDAR, *rest) for length, *rest in asked]
    fresh = [
        periods._counted(
            length, D("2024-02-06"), CALENDAR, merge(pauses, D("2024-02-06").toordinal()), extension
        )
        for length, pauses, extension in asked
    ]
    assert first == fresh == [due_date(length, D("2024-02-06"), CALENDAR, *rest) for length, *rest in asked]


def test_editions_of_the_calendar_do_not_share_what_was_counted() -> None:
    earlier = CALENDAR.without(2024)
    for calendar in (CALENDAR, earlier, CALENDAR):
        assert due_date(L23.days(5), D("2024-02-06"), calendar).provisional is (calendar is earlier)


def test_derivation_of_working_days() -> None:
    assert lines(due_date(L23.days(7), D("2024-02-06"), CALENDAR).steps) == (
        "期间为7个工作日，法定休假日不计（《行政复议法》(2023)第八十八条第二款）",
        "2024-02-10 星期六 至 2024-02-17 星期六 春节假期，不计入",
        "2024-02-18 星期日 补班，计入第4个工作日",
        "届满日为 2024-02-21 星期三",
    )


def test_derivation_of_calendar_days() -> None:
    assert lines(due_date(L23.days(60), D("2024-02-06"), CALENDAR).steps) == (
        "期间为60日，末日为 2024-04-06 星期六",
        "末日 2024-04-06 星期六 清明节假期 为休息日，顺延至其后第一个工作日 2024-04-07 星期日 补班"
        "（《民事诉讼法》(2023)第八十五条第三款）",
    )


def test_derivation_with_pauses_and_extension() -> None:
    steps = due_date(L23.days(60), D("2024-03-18"), CALENDAR, (pause("2024-04-10", "2024-05-09"),), 30).steps
    assert lines(steps) == (
        "期间为60日，另延长30日，末日为 2024-06-16 星期日",
        "2024-04-11 星期四 至 2024-05-09 星期四 扣除29日，末日顺推至 2024-07-15 星期一",
        "届满日为 2024-07-15 星期一",
    )
    working = due_date(L23.days(10), D("2024-02-21"), CALENDAR, (pause("2024-02-23", "2024-02-29"),)).steps
    assert "2024-02-24 星期六 至 2024-02-29 星期四 扣除，其间4个工作日不计入" in lines(working)


def test_derivation_of_the_rest() -> None:
    hours = due_date(LAL.hours(24), datetime(2024, 2, 9, 16), CALENDAR)
    assert lines(hours.steps) == (
        "2024-02-09 16:00 起24小时，开始的小时不计，节假日照计，至 2024-02-10 16:00",
    )
    back = latest_before(L23.days(5), D("2024-10-14"), CALENDAR)
    assert lines(back.steps) == (
        "自 2024-10-14 星期一 向前倒数5个工作日，当日不计，最迟为 2024-10-08 星期二（《行政复议法》(2023)第八十八条第二款）",
        "2024-10-12 星期六 补班，计入第1个工作日",
    )
    plain = latest_before(LAL.days(15), D("2024-05-20"), CALENDAR)
    assert lines(plain.steps) == ("自 2024-05-20 星期一 向前倒数15日，当日不计，最迟为 2024-05-05 星期日",)
    stands = due_date(LAL.days(7, shift=S0), D("2024-02-10"), CALENDAR)
    assert lines(stands.steps)[-1] == "届满日为 2024-02-17 星期六，遇休息日不顺延（S0 不顺延）"
    own = lines((periods.Step("start", (D("2024-02-06"), "受理")), periods.Step("note", ("说明",))))
    assert own == ("2024-02-06 星期二 受理，当日不计入，自次日起算", "说明")
    assert lines((periods.Step("fixed", (D("2024-02-06"), "决定书确定")),)) == (
        "决定书确定：2024-02-06 星期二",
    )


@pytest.mark.parametrize(
    ("shift", "reading", "end"),
    [("none", S0, "，遇休息日不顺延（S0 不顺延）"), ("none", None, ""), ("next", S0, ""), ("next", None, "")],
)
def test_only_a_reading_that_does_not_shift_is_told_at_the_end(
    shift: Literal["none", "next"], reading: Reading | None, end: str
) -> None:
    length = Length(7, "day", shift, None, None, reading)
    assert lines(due_date(length, D("2024-03-04"), CALENDAR).steps)[-1] == f"届满日为 2024-03-11 星期一{end}"


def test_a_plain_weekend_needs_no_word() -> None:
    assert lines(due_date(L23.days(60), D("2024-05-07"), CALENDAR).steps)[-1] == (
        "末日 2024-07-06 星期六 为休息日，顺延至其后第一个工作日 2024-07-08 星期一（《民事诉讼法》(2023)第八十五条第三款）"
    )


def test_a_single_holiday_is_one_line() -> None:
    assert "2025-01-01 星期三 元旦假期，不计入" in lines(
        due_date(L23.days(5), D("2024-12-30"), CALENDAR).steps
    )


def test_a_shift_beyond_the_notices_names_no_holiday() -> None:
    steps = due_date(L23.days(60), D("2026-12-04"), CALENDAR).steps
    shifted = due_date(L23.days(60), D("2026-12-02"), CALENDAR)
    assert "届满日为" in lines(steps)[1] or "顺延" in lines(steps)[1]
    assert shifted.provisional


# ------------------------------------------------------------------------------- against a slow, plain oracle

DAYS = st.dates(date(2005, 1, 1), date(2025, 12, 31))


def plain_workdays(start: date, number: int, excluded: set[date]) -> date:
    day = start
    while number:
        day += timedelta(days=1)
        if CALENDAR.is_workday(day) and day not in excluded:
            number -= 1
    return day


def closed(start: date, offset: int, days: int) -> Pause:
    begun = start + timedelta(days=offset)
    return Pause(begun.toordinal(), begun.toordinal() + days)


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(1, 30), st.integers(0, 20), st.integers(0, 30))
def test_working_days_against_the_oracle(start: date, number: int, offset: int, days: int) -> None:
    length = L23.workdays(number)
    pauses = (closed(start, offset, days),)
    excluded = {start + timedelta(days=offset + n) for n in range(1, days + 1)}
    assert due_date(length, start, CALENDAR, pauses).due == plain_workdays(start, number, excluded)


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(1, 90), st.integers(0, 60), st.integers(0, 60), st.integers(0, 30))
def test_calendar_days_against_the_oracle(
    start: date, number: int, offset: int, days: int, extension: int
) -> None:
    found = due_date(L23.days(60).times(number), start, CALENDAR, (closed(start, offset, days),), extension)
    end = start + timedelta(days=number + extension)
    if start + timedelta(days=offset) <= CALENDAR.next_workday(end):
        end += timedelta(days=days)
    assert found.raw == end
    assert found.due == CALENDAR.next_workday(end)


@settings(max_examples=200, deadline=None)
@given(DAYS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=5))
def test_a_pause_never_shortens(start: date, spans: list[tuple[int, int]]) -> None:
    pauses = tuple(closed(start, offset, days) for offset, days in spans)
    for length in (L23.days(60), L23.days(10), APL.months(2)):
        bare = due_date(length, start, CALENDAR).due
        assert bare is not None
        assert (due_date(length, start, CALENDAR, pauses).due or date.max) >= bare > start


@settings(max_examples=200, deadline=None)
@given(
    DAYS,
    st.lists(st.tuples(st.integers(-20, 60), st.integers(0, 40), st.sampled_from(["(]", "[]"])), max_size=5),
)
def test_united_pauses_hold_the_same_days(start: date, spans: list[tuple[int, int, periods.Bounds]]) -> None:
    pauses = [closed(start, offset, days)._replace(bounds=bounds) for offset, days, bounds in spans]
    days = {d for p in pauses for d in range(p.start + (p.bounds == "(]"), (p.end or 0) + 1)}
    gaps = merge(pauses, start.toordinal())
    assert {d for g in gaps for d in range(g.first, (g.end or 0) + 1)} == {
        d for d in days if d > start.toordinal()
    }
