"""Derivation steps printed as Chinese lines a lawyer can follow."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from yifa.law.calendar import WEEKDAYS_ZH, Calendar, DayKind
from yifa.law.periods import Step
from yifa.law.statute import UNITS_ZH, Length


def day_zh(day: date) -> str:
    """2024-02-04 星期日; a moment with its time."""
    if isinstance(day, datetime):
        return f"{day:%Y-%m-%d %H:%M}"
    return f"{day.isoformat()} {WEEKDAYS_ZH[day.weekday()]}"


def lines(steps: Iterable[Step]) -> tuple[str, ...]:
    """Every step in Chinese: most give one line, the rest days of a period as many as there are holidays."""
    return tuple(line for step in steps for line in _printed(_PRINTERS[step.code](*step.params)))


def _printed(text: "str | Iterable[str]") -> Iterable[str]:
    return (text,) if isinstance(text, str) else text


def _start(day: date, what: str) -> str:
    if isinstance(day, datetime):
        return f"{day_zh(day)} {what}，开始的小时不计入"
    return f"{day_zh(day)} {what}，当日不计入，自次日起算"


def _source(text: object) -> str:
    return f"（{text}）" if text else ""


def _reading(length: Length) -> str:
    return (
        f"（{length.reading.code} {length.reading.title}）"
        if length.reading
        else _source(length.shift_source)
    )


def _total(length: Length, extension: int) -> str:
    return f"{length}，另延长{extension}{UNITS_ZH[length.unit]}" if extension else str(length)


def _count_workdays(length: Length, extension: int) -> str:
    return f"期间为{_total(length, extension)}，法定休假日不计{_source(length.unit_source)}"


def _count_days(length: Length, extension: int, raw: date) -> str:
    return f"期间为{_total(length, extension)}，末日为 {day_zh(raw)}"


def _count_hours(length: Length, start: datetime, due: datetime) -> str:
    return f"{day_zh(start)} 起{length}，开始的小时不计，节假日照计，至 {day_zh(due)}"


def _rest_days(calendar: Calendar, after: date, until: date) -> Iterable[str]:
    """The holidays inside a period of working days, one line each; plain weekends are not worth a line."""
    days = [day for day in calendar.rest_days_between(after, until) if calendar.holiday_name(day)]
    for _, run in groupby(days, key=lambda day: day.toordinal() - days.index(day)):
        first, *others = run
        last = others[-1] if others else first
        span = day_zh(first) if last == first else f"{day_zh(first)} 至 {day_zh(last)}"
        yield f"{span} {calendar.holiday_name(first)}假期，不计入"


def _makeup(day: date, number: int) -> str:
    return f"{day_zh(day)} 补班，计入第{number}个工作日"


def _pause_workdays(first: date, end: date, skipped: int) -> str:
    return f"{day_zh(first)} 至 {day_zh(end)} 扣除，其间{skipped}个工作日不计入"


def _pause_days(first: date, end: date, days: int, raw: date) -> str:
    return f"{day_zh(first)} 至 {day_zh(end)} 扣除{days}日，末日顺推至 {day_zh(raw)}"


def _paused_since(day: date) -> str:
    return f"自 {day_zh(day)} 起中止计算，尚未恢复，暂无届满日"


def _ends_workday(day: date) -> str:
    return f"届满日为 {day_zh(day)}"


def _ends_day(day: date, length: Length) -> str:
    if length.shift == "none" and length.reading:
        return f"届满日为 {day_zh(day)}，遇休息日不顺延{_reading(length)}"
    return f"届满日为 {day_zh(day)}"


def _shifted(calendar: Calendar, raw: date, due: date, length: Length) -> str:
    return f"末日 {_described(calendar, raw)} 为休息日，顺延至其后第一个工作日 {_described(calendar, due)}{_reading(length)}"


def _described(calendar: Calendar, day: date) -> str:
    """The day with what is special about it: 清明节假期, 补班; a plain weekend or working day needs no word."""
    special = calendar.is_known(day) and (
        calendar.holiday_name(day) or calendar.day_kind(day) is DayKind.MAKEUP
    )
    return calendar.describe_day(day) if special else day_zh(day)


def _back_workdays(length: Length, day: date, due: date) -> str:
    return f"自 {day_zh(day)} 向前倒数{length}，当日不计，最迟为 {day_zh(due)}{_source(length.unit_source)}"


def _back_days(length: Length, day: date, due: date) -> str:
    return f"自 {day_zh(day)} 向前倒数{length}，当日不计，最迟为 {day_zh(due)}"


def _provisional(edition: str, earliest: date, latest: date) -> str:
    return f"暂定：超出已公布的放假安排（{edition}），最早 {day_zh(earliest)}，最迟 {day_zh(latest)}"


def _fixed(day: date, what: str) -> str:
    return f"{what}：{day_zh(day)}"


def _note(text: str) -> str:
    return text


_PRINTERS: dict[str, Callable[..., Any]] = {
    "start": _start,
    "count_workdays": _count_workdays,
    "count_days": _count_days,
    "count_hours": _count_hours,
    "rest_days": _rest_days,
    "makeup": _makeup,
    "pause_workdays": _pause_workdays,
    "pause_days": _pause_days,
    "paused_since": _paused_since,
    "ends_workday": _ends_workday,
    "ends_day": _ends_day,
    "shifted": _shifted,
    "back_workdays": _back_workdays,
    "back_days": _back_days,
    "provisional": _provisional,
    "fixed": _fixed,
    "note": _note,
}
