"""`yifa due`: one period, explained."""

import json
from datetime import date

import click

from yifa.law.calendar import CalendarRangeError, standard_calendar
from yifa.law.derivations import lines
from yifa.law.periods import Bounds, Pause, Step, due_date, latest_before
from yifa.law.statute import Length, find_statute


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"“{text}”不是有效的日期（如 2024-02-06）") from None


def _pause(text: str) -> Pause:
    begin, _, end = text.partition("..")
    bounds: Bounds = "(]"
    return Pause(_date(begin).toordinal(), _date(end).toordinal() if end else None, bounds)


@click.command("due")
@click.option("--statute", required=True, help="法律名称@版本，如 行政复议法@2023")
@click.option("--from", "start", required=True, help="起算日（当日不计入）")
@click.option("--days", type=click.IntRange(1), help="日：是否为工作日由该法自身规定")
@click.option("--workdays", type=click.IntRange(1), help="工作日")
@click.option("--months", type=click.IntRange(1), help="月")
@click.option("--years", type=click.IntRange(1), help="年")
@click.option("--before", is_flag=True, help="自该日向前倒数")
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    help="扣除的期间，如 2024-04-10..2024-05-09（首日不扣，末日扣）；未恢复的写 2024-04-10..",
)
@click.option("--extend", type=click.IntRange(0), default=0, help="另延长的单位数")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
def command(
    statute: str, start: str, days: int | None, workdays: int | None, months: int | None, years: int | None,
    before: bool, pauses: tuple[str, ...], extend: int, json_: bool,
) -> None:  # fmt: skip
    """计算一个期限并说明理由。"""
    length = _length(statute, {"days": days, "workdays": workdays, "months": months, "years": years})
    day, calendar = _date(start), standard_calendar()
    try:
        spans = tuple(_pause(p) for p in pauses)
        found = (
            latest_before(length, day, calendar) if before else due_date(length, day, calendar, spans, extend)
        )
    except CalendarRangeError as error:
        raise click.ClickException(str(error)) from None
    own = () if before else (Step("start", (day, "起算")),)
    text = lines((*own, *found.steps))
    if json_:
        due = found.due.isoformat() if found.due else None
        click.echo(
            json.dumps({"due": due, "provisional": found.provisional, "derivation": text}, ensure_ascii=False)
        )
        return
    click.echo(
        f"{find_statute(statute)} {length}：{found.due or '中止中，暂无届满日'}{'（暂定）' if found.provisional else ''}"
    )
    for line in text:
        click.echo(f"  {line}")


def _length(name: str, given: dict[str, int | None]) -> Length:
    try:
        law = find_statute(name)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--statute") from None
    chosen = [(unit, number) for unit, number in given.items() if number is not None]
    if len(chosen) != 1:
        raise click.UsageError("请在 --days、--workdays、--months、--years 中指定一项")
    unit, number = chosen[0]
    length: Length = getattr(law, unit)(number)
    return length
