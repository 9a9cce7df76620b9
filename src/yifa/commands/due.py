"""`yifa due`: one period, explained."""

import json
from datetime import date, datetime
from typing import NamedTuple

import click

from yifa.law.calendar import CalendarRangeError, standard_calendar
from yifa.law.derivations import day_zh, lines
from yifa.law.periods import Due, Pause, Step, due_date, latest_before
from yifa.law.statute import Length, find_statute


class Day(click.ParamType[date]):
    """An ISO date, or a moment where hours are counted."""

    name = "日期"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """2024-02-06 or 2024-02-06T16:00."""
        return _day(value)


class Span(click.ParamType[Pause]):
    """A pause: FIRST..LAST, or FIRST.. while it is open. Its first day still counts, its last does not (R18)."""

    name = "起..止"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Pause:
        """Parsed into ordinals."""
        begin, dots, end = value.partition("..")
        if not dots:
            raise click.BadParameter(f"“{value}”应写作 2024-04-10..2024-05-09，尚未恢复的写 2024-04-10..")
        first, last = _day(begin), _day(end) if end else None
        if last is not None and last < first:
            raise click.BadParameter(f"“{value}”的止日早于起日")
        return Pause(first.toordinal(), last.toordinal() if last else None)


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"“{text}”不是有效的日期（如 2024-02-06，按小时计算的如 2024-02-06T16:00）"
        ) from None


UNITS = ("days", "workdays", "months", "years", "hours")


class Asked(NamedTuple):
    """What was asked: a period from a day, forwards or backwards."""

    length: Length
    start: date
    before: bool
    pauses: tuple[Pause, ...]
    extend: int


@click.command("due")
@click.option("--statute", required=True, help="法律名称@版本，如 行政复议法@2023")
@click.option("--from", "start", required=True, type=Day(), help="起算日（当日不计入）；按小时计算的写时刻")
@click.option("--days", type=click.IntRange(1), help="日：是否为工作日由该法自身规定")
@click.option("--workdays", type=click.IntRange(1), help="工作日")
@click.option("--months", type=click.IntRange(1), help="月")
@click.option("--years", type=click.IntRange(1), help="年")
@click.option("--hours", type=click.IntRange(1), help="小时：节假日照计")
@click.option("--before", is_flag=True, help="自该日向前倒数（只用于日、工作日）")
@click.option(
    "--pause", "pauses", multiple=True, type=Span(), metavar="起..止",
    help="扣除的期间，如 2024-04-10..2024-05-09（首日不扣，末日扣）；未恢复的写 2024-04-10..",
)  # fmt: skip
@click.option("--extend", type=click.IntRange(0), default=0, help="另延长的日数（按原单位；月、年为日）")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
def command(statute: str, start: date, before: bool, pauses: tuple[Pause, ...], extend: int, json_: bool,
            **units: int | None) -> None:  # fmt: skip
    """计算一个期限并说明理由。"""
    asked = Asked(_length(statute, units), start, before, pauses, extend)
    _refuse_nonsense(asked)
    try:
        found = _measured(asked)
    except (CalendarRangeError, OverflowError, ValueError) as error:
        text = str(error) if isinstance(error, CalendarRangeError) else "日期超出可以计算的范围"
        raise click.ClickException(text) from None
    own = () if before or asked.length.unit == "hour" else (Step("start", (start, "起算")),)
    told = lines((*own, *found.steps))
    click.echo(_json(found, told) if json_ else _text(statute, asked, found, told))


def _length(name: str, given: dict[str, int | None]) -> Length:
    try:
        law = find_statute(name)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--statute") from None
    chosen = [(unit, number) for unit, number in given.items() if number is not None]
    if len(chosen) != 1:
        raise click.UsageError("请在 --days、--workdays、--months、--years、--hours 中指定一项")
    unit, number = chosen[0]
    length: Length = getattr(law, unit)(number)
    return length


def _refuse_nonsense(asked: Asked) -> None:
    hours = asked.length.unit == "hour"
    if asked.before and (asked.length.unit not in ("day", "workday") or asked.pauses or asked.extend):
        raise click.UsageError("--before 只用于日和工作日，且不能与 --pause、--extend 同用")
    if hours and (asked.pauses or asked.extend):
        raise click.UsageError("按小时计算的期间不能与 --pause、--extend 同用")
    if isinstance(asked.start, datetime) != hours:
        raise click.UsageError("按小时计算的期间从时刻起算（如 2024-02-09T16:00），其余从日期起算")


def _measured(asked: Asked) -> Due:
    calendar = standard_calendar()
    if asked.before:
        return latest_before(asked.length, asked.start, calendar)
    return due_date(asked.length, asked.start, calendar, asked.pauses, asked.extend)


def _json(found: Due, told: tuple[str, ...]) -> str:
    days = {name: _iso(getattr(found, name)) for name in ("due", "earliest", "latest")}
    return json.dumps({**days, "provisional": found.provisional, "derivation": told}, ensure_ascii=False)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _text(statute: str, asked: Asked, found: Due, told: tuple[str, ...]) -> str:
    due = day_zh(found.due) if found.due else "中止中，暂无届满日"
    head = f"{find_statute(statute)} {asked.length}：{due}{'（暂定）' if found.provisional else ''}"
    return "\n".join((head, *(f"  {line}" for line in told)))
