"""The cells of a table of running cases (期初建账), read into values; what cannot be read is said with row, column, reason
and what to do. Codes may be written as codes or as their Chinese titles.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from yifa.casework.requests import World
from yifa.language.kernel_actions import with_dates
from yifa.language.line import Line
from yifa.people.models import Organ
from yifa.platform.sheets import Sheet
from yifa.registry import known
from yifa.registry import line as line_of

COLUMNS = {
    "line": "条线", "organ": "承办机关", "case_no": "案号", "on": "建账日期", "stage": "阶段", "parties": "当事人",
    "handlers": "承办人", "facts": "事实", "clocks": "期限", "met": "已办结的期限", "gaps": "缺失的记录",
}  # fmt: skip
REQUIRED = ("line", "organ", "case_no", "on", "stage", "parties", "gaps")
SEPARATORS = re.compile(r"[；;\n]+")


class RowProblem(NamedTuple):
    """A mistake in a table: row as the spreadsheet counts, column, why it is wrong, what to do. Values are not repeated."""

    row: int
    column: str
    why: str
    what_to_do: str


class Cells(NamedTuple):
    """A row as it stands in the table, by title of the column."""

    row: int
    texts: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.texts.get(COLUMNS[name], "")


class _CellError(ValueError):
    """Why a cell cannot be read, and what to do."""

    def __init__(self, why: str, what_to_do: str) -> None:
        super().__init__(why)
        self.why, self.what_to_do = why, what_to_do


def header(sheet: Sheet) -> list[RowProblem]:
    """Columns that are missing, unknown or there twice."""
    titles = list(COLUMNS.values())
    missing = [COLUMNS[name] for name in REQUIRED if COLUMNS[name] not in sheet.header]
    found = [
        RowProblem(1, title, "缺少这一列", f"请补上，全部列为：{'、'.join(titles)}") for title in missing
    ]
    for title in dict.fromkeys(sheet.header):
        if title not in titles:
            found.append(RowProblem(1, title, "没有这一列", f"请删去或改名，可用的列：{'、'.join(titles)}"))
        elif sheet.header.count(title) > 1:
            found.append(RowProblem(1, title, "这一列出现了两次", "请只保留一列"))
    return found


def read(cells: Cells, world: World) -> tuple[dict[str, Any], list[RowProblem]]:
    """The values of a row, and everything wrong with it. What depends on the line waits until the line is known."""
    values: dict[str, Any] = {}
    problems = []
    for name, reader in _READERS.items():
        if name in _OF_LINE and "line" not in values:
            continue
        try:
            values[name] = reader(cells.text(name), values, world)
        except _CellError as error:
            problems.append(RowProblem(cells.row, COLUMNS[name], error.why, error.what_to_do))
    if values.get("handlers") and "facts" in values:
        values["facts"] = {**values["facts"], **values["handlers"]}
    return values, problems


# ------------------------------------------------------------------------------ one cell


def _line(text: str, values: Mapping[str, Any], world: World) -> str:
    titles = {code: line_of(code).title for code in known()}
    return _code(text, titles, "业务条线")


def _organ(text: str, values: Mapping[str, Any], world: World) -> str:
    found = Organ.objects.filter(code=text).first() or Organ.objects.filter(name=text).first()
    if found is None:
        raise _CellError("没有这一机关", "请填写机关的全称或者代码；机关尚未登记的，请先登记")
    return found.code


def _case_no(text: str, values: Mapping[str, Any], world: World) -> str:
    if not text:
        raise _CellError("没有填写", "请填写原案号；没有案号的，填写原登记号")
    if len(text) > 60:
        raise _CellError("超过60个字", "请填写案号，不要填写说明")
    return text


def _on(text: str, values: Mapping[str, Any], world: World) -> date:
    day = _date(text)
    if day > world.now().date():
        raise _CellError("晚于今天", "请填写接收案件之日")
    return day


def _date(text: str) -> date:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?( 00:00:00)?", text)
    try:
        return date(*(int(part) for part in found.groups()[:3])) if found else _no_date()
    except ValueError:
        raise _CellError("不是有效的日期", "请按 2024-02-06 的样式填写") from None


def _no_date() -> date:
    raise ValueError


def _stage(text: str, values: Mapping[str, Any], world: World) -> str:
    line = line_of(values["line"])
    return _code(text, {stage.code: stage.title for stage in line.stages if stage.track is None}, "阶段")


def _parties(text: str, values: Mapping[str, Any], world: World) -> dict[str, str]:
    line, found = line_of(values["line"]), {}
    roles = {role: line.roles.get(role, role) for roles in line.party_sets.values() for role in roles}
    for role, name in _pairs(text, "角色=姓名或者名称"):
        if name in found:
            raise _CellError("同一当事人出现了两次", "请只写一次")
        found[name] = _code(role, roles, "当事人角色")
    if not found:
        raise _CellError("没有填写", "请按“角色=姓名或者名称”填写，多个以分号隔开")
    return found


def _handlers(text: str, values: Mapping[str, Any], world: World) -> dict[str, Any]:
    """The fact by which the line names who handles its cases."""
    handling, named = (
        line_of(values["line"]).handling,
        [part for part in re.split(r"[、，,；;\s]+", text) if part],
    )
    if not named:
        return {}
    if handling is None:
        raise _CellError("该条线的案件不记承办人", "请留空")
    if handling.alone and len(named) > 1:
        raise _CellError("该条线的案件由一人承办", "请只填写一人")
    return {handling.fact: named[0] if handling.alone else named}


def _facts(text: str, values: Mapping[str, Any], world: World) -> dict[str, Any]:
    line, found = line_of(values["line"]), {}
    names = facts_of(line)
    for name, value in _pairs(text, "事实=值"):
        if name not in names:
            raise _CellError(f"没有“{name}”这一事实", f"可用的有：{'、'.join(sorted(names))}")
        found[name] = _plain(value)
    return found


def _plain(text: str) -> Any:
    """Yes and no, whole numbers and dates are what they look like; everything else is text."""
    if text in ("是", "否", "true", "false"):
        return text in ("是", "true")
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,8}", text) else with_dates(text)


def _clocks(text: str, values: Mapping[str, Any], world: World) -> list[dict[str, Any]]:
    line = line_of(values["line"])
    titles = {clock.code: clock.title for clock in line.clocks}
    found = []
    for name, value in _pairs(text, "期限=起算日"):
        clock, _, subject = name.partition("@")
        start, _, extension = value.partition("+")
        if extension and not extension.isdecimal():
            raise _CellError("延长的日数不是整数", "请按“期限=起算日+延长日数”填写")
        if subject and subject not in values.get("parties", {subject: ""}):
            raise _CellError("期限所指的人不在当事人一栏", "请使用与当事人一栏相同的名称")
        found.append({"clock": _code(clock, titles, "期限"), "start": _date(start), "subject": subject or None,
                      "extension": int(extension or 0)})  # fmt: skip
    return found


def _met(text: str, values: Mapping[str, Any], world: World) -> list[str]:
    titles = {clock.code: clock.title for clock in line_of(values["line"]).clocks}
    return [_code(part.strip(), titles, "期限") for part in SEPARATORS.split(text) if part.strip()]


def _gaps(text: str, values: Mapping[str, Any], world: World) -> list[str]:
    found = [part.strip() for part in SEPARATORS.split(text) if part.strip()]
    if not found:
        raise _CellError("没有填写", "请写明接收时缺少的记录；没有缺失的，填写“无”")
    return found


def _pairs(text: str, form: str) -> Iterator[tuple[str, str]]:
    for part in SEPARATORS.split(text):
        if not part.strip():
            continue
        name, mark, value = re.sub(r"[:：＝]", "=", part, count=1).partition("=")
        if not (mark and name.strip() and value.strip()):
            raise _CellError("有一项不成对", f"请按“{form}”填写，多项以分号隔开")
        yield name.strip(), value.strip()


def _code(text: str, titles: Mapping[str, str], what: str) -> str:
    """A code by itself or by its title."""
    if text in titles:
        return text
    found = [code for code, title in titles.items() if title == text]
    if len(found) != 1:
        raise _CellError(
            f"没有这一{what}" if text else "没有填写",
            f"可用的有：{'、'.join(dict.fromkeys(titles.values()))}",
        )
    return found[0]


def facts_of(line: Line) -> frozenset[str]:
    """Facts a case of this line can have: what its acts set and its effects give."""
    set_ = {name for action in line.actions for name in action.sets}
    return frozenset(
        set_ | {name for effect in line.effects for name in effect.gives} | set(line.governed_by)
    )


_Reader = Callable[[str, Mapping[str, Any], World], Any]
_READERS: Mapping[str, _Reader] = {
    "line": _line, "organ": _organ, "case_no": _case_no, "on": _on, "gaps": _gaps, "stage": _stage, "parties": _parties,
    "handlers": _handlers, "facts": _facts, "clocks": _clocks, "met": _met,
}  # fmt: skip
_OF_LINE = frozenset({"stage", "parties", "handlers", "facts", "clocks", "met"})
