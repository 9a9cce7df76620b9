"""`yifa due`: one period, explained."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import click

from yifa.law.calendar import CalendarRangeError, standard_calendar
from yifa.law.derivations import day_zh, lines
from yifa.law.periods import Due, Pause, Step, due_date, latest_before
from yifa.law.statute import Length, Statute, find_statute


class Given(NamedTuple):
    """The options as written; what is wrong with them is told all at once."""

    statute: str | None
    start: str | None
    before: bool
    pauses: tuple[str, ...]
    extend: str
    units: dict[str, str | None]


class Asked(NamedTuple):
    """What was asked: a period from a day, forwards or backwards."""

    law: Statute
    length: Length
    start: date
    before: bool
    pauses: tuple[Pause, ...]
    extend: int


@click.command("due")
@click.option("--statute", metavar="法律", help="法律名称@版本，如 行政复议法@2023")
@click.option("--from", "start", metavar="日期", help="起算日（当日不计入）；按小时计算的写时刻")
@click.option("--days", metavar="数", help="日：是否为工作日由该法自身规定")
@click.option("--workdays", metavar="数", help="工作日")
@click.option("--months", metavar="数", help="月")
@click.option("--years", metavar="数", help="年")
@click.option("--hours", metavar="数", help="小时：节假日照计")
@click.option("--before", is_flag=True, help="自该日向前倒数（只用于日、工作日）")
@click.option(
    "--pause", "pauses", multiple=True, metavar="起..止",
    help="扣除的期间，如 2024-04-10..2024-05-09（首日不扣，末日扣）；未恢复的写 2024-04-10..",
)  # fmt: skip
@click.option("--extend", metavar="数", default="0", help="另延长的日数（按原单位；月、年为日）")
@click.option(
    "--case", "case", metavar="案号", help="在办案件的各项期限；与 --if 同用，试算办理某事项后的期限"
)
@click.option("--if", "act", metavar="事项", help="试算（不作记录），如 'extend_review days=30'")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
def command(statute: str | None, start: str | None, before: bool, pauses: tuple[str, ...], extend: str, json_: bool,
            case: str | None, act: str | None, **units: str | None) -> None:  # fmt: skip
    """计算一个期限并说明理由；或者查看、试算在办案件的期限。"""
    if case is not None or act is not None:
        _of_case(case, act)
        return
    asked = _asked(Given(statute, start, before, pauses, extend, units))
    try:
        found = _measured(asked)
    except (CalendarRangeError, OverflowError, ValueError) as error:
        text = str(error) if isinstance(error, CalendarRangeError) else "日期超出可以计算的范围"
        raise click.ClickException(text) from None
    own = () if before or asked.length.unit == "hour" else (Step("start", (asked.start, "起算")),)
    told = lines((*own, *found.steps))
    click.echo(_json(found, told) if json_ else _text(asked, found, told))


def _of_case(case: str | None, act: str | None) -> None:
    if case is None:
        raise click.UsageError("--if 须与 --case 同用，指明案号")
    from yifa.commands import what_if  # the web is not loaded for a bare period

    today = datetime.now().astimezone().date()
    view = what_if.view_of(case)
    told = what_if.deadlines(view, today)
    if act is not None:
        told = what_if.if_done(view, what_if.command_of(act, today), today)
    click.echo("\n".join(told))


def _asked(given: Given) -> Asked:
    """What was asked, or everything that is wrong with it."""
    wrong: list[str] = []
    law, length = _length(given, wrong)
    start = _day(given.start, "--from", wrong) if given.start else None
    if not given.start:
        wrong.append("--from：没有写起算日，如 --from 2024-02-06")
    pauses = tuple(pause for text in given.pauses if (pause := _span(text, wrong)) is not None)
    extend = _number(given.extend, 0)
    if extend is None:
        wrong.append(f"--extend：“{given.extend}”不是零或者正整数")
    if length is not None and start is not None:
        wrong += _nonsense(length, start, given)
    if wrong or law is None or length is None or start is None or extend is None:
        raise click.UsageError("\n  ".join(("", *wrong)))
    return Asked(law, length, start, given.before, pauses, extend)


def _length(given: Given, wrong: list[str]) -> tuple[Statute | None, Length | None]:
    law: Statute | None = None
    try:
        law = find_statute(given.statute) if given.statute else None
        if law is None:
            wrong.append("--statute：没有写法律名称，如 --statute 行政复议法@2023")
    except KeyError as error:
        wrong.append(f"--statute：{error.args[0]}")
    chosen = [(unit, text) for unit, text in given.units.items() if text is not None]
    if len(chosen) != 1:
        wrong.append("请在 --days、--workdays、--months、--years、--hours 中指定一项")
    numbers = [(unit, text, _number(text, 1)) for unit, text in chosen]
    wrong += (f"--{unit}：“{text}”不是正整数" for unit, text, number in numbers if number is None)
    if law is None or len(numbers) != 1 or numbers[0][2] is None:
        return law, None
    length: Length = getattr(law, numbers[0][0])(numbers[0][2])
    return law, length


def _number(text: str, least: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) >= least else None


def _day(text: str, option: str, wrong: list[str]) -> date | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        wrong.append(f"{option}：“{text}”不是有效的日期（如 2024-02-06，按小时计算的如 2024-02-06T16:00）")
        return None


def _span(text: str, wrong: list[str]) -> Pause | None:
    """FIRST..LAST, or FIRST.. while it is open. Its first day still counts, its last does not (R18)."""
    begin, dots, end = text.partition("..")
    if not dots:
        wrong.append(f"--pause：“{text}”应写作 2024-04-10..2024-05-09，尚未恢复的写 2024-04-10..")
        return None
    first, last = _day(begin, "--pause", wrong), _day(end, "--pause", wrong) if end else None
    if first is None:
        return None
    if last is not None and last < first:
        wrong.append(f"--pause：“{text}”的止日早于起日")
    return Pause(first.toordinal(), last.toordinal() if last else None)


def _nonsense(length: Length, start: date, given: Given) -> Iterator[str]:
    hours, more = length.unit == "hour", bool(given.pauses) or given.extend != "0"
    if given.before and (length.unit not in ("day", "workday") or more):
        yield "--before 只用于日和工作日，且不能与 --pause、--extend 同用"
    if hours and more:
        yield "按小时计算的期间不能与 --pause、--extend 同用"
    if isinstance(start, datetime) != hours:
        yield "按小时计算的期间从时刻起算（如 2024-02-09T16:00），其余从日期起算"


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


def _text(asked: Asked, found: Due, told: tuple[str, ...]) -> str:
    due = day_zh(found.due) if found.due else "中止中，暂无届满日"
    head = f"{asked.law} {asked.length}：{due}{'（暂定）' if found.provisional else ''}"
    return "\n".join((head, *(f"  {line}" for line in told)))
