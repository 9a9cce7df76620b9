"""The one table of what figures may be made of: sources, their columns, and the kind of each column.

A line adds the facts it keeps for figures (`Line.columns`); whatever an indicator names must stand here, or the line
does not load.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from yifa.language.indicators import (
    Col,
    Column,
    Count,
    Expr,
    Indicator,
    Kind,
    ParameterAt,
    Part,
    Sum,
    parts_of,
)
from yifa.language.records import Register

if TYPE_CHECKING:
    from yifa.language.line import Line

CASES = (
    Column("case", "text", "案件"), Column("number", "text", "案号"), Column("organ", "text", "承办机关"),
    Column("district", "text", "行政区"), Column("stage", "text", "阶段"), Column("version", "text", "程序版本"),
    Column("closed", "flag", "已结"),
)  # fmt: skip
ACTS = (
    Column("case", "text", "案件"), Column("seq", "number", "序号"), Column("action", "text", "事项"),
    Column("effective_on", "date", "日期"), Column("recorded_on", "date", "记录日期"),
)  # fmt: skip
CLOCKS = (
    Column("case", "text", "案件"), Column("clock", "text", "期限"), Column("start", "date", "起算日"),
    Column("due", "date", "到期日"), Column("status", "text", "状态"), Column("ended_on", "date", "结束日"),
)  # fmt: skip
REGISTERS = (
    Column("organ", "text", "所属机关"), Column("district", "text", "行政区"), Column("valid_from", "date", "起始日期"),
    Column("valid_to", "date", "截止日期"),
)  # fmt: skip
OWN = {"cases": CASES, "acts": ACTS, "clocks": CLOCKS}
REGISTER = "register:"
MONTH = "month"  # a dimension of everything that has a date: the month of that date

# Of each clock a case may be asked: <clock>_due and <clock>_status of its newest instance, and whether any still runs.
CLOCK_COLUMNS: Mapping[str, tuple[Kind, str]] = {
    "due": ("date", "到期日"), "status": ("text", "状态"), "open": ("flag", "尚未届满"),
}  # fmt: skip

TYPES: Mapping[Kind, tuple[type, ...]] = {
    "date": (date,), "text": (str,), "flag": (bool,), "number": (int, Decimal), "texts": (),
}  # fmt: skip
_KIND_OF: tuple[tuple[type, Kind], ...] = (
    (bool, "flag"), (date, "date"), (int, "number"), (Decimal, "number"), (float, "number"), (list, "texts"),
    (tuple, "texts"),
)  # fmt: skip

Errors = Iterator[tuple[str, str]]


def columns(line: "Line", source: str) -> Mapping[str, Column] | None:
    """Columns of a source by name; None if this line has no such source. Acts and clocks see those of their case."""
    if source.startswith(REGISTER):
        return _register_columns(line, source.removeprefix(REGISTER))
    own = OWN.get(source)
    if own is None:
        return None
    clocks = (
        Column(f"{clock.code}_{suffix}", kind, f"{clock.title}{title}")
        for clock in line.clocks
        for suffix, (kind, title) in CLOCK_COLUMNS.items()
    )
    return {column.name: column for column in (*clocks, *line.columns, *CASES, *own)}


def _register_columns(line: "Line", code: str) -> Mapping[str, Column] | None:
    found = next((register for register in line.registers if register.code == code), None)
    return None if found is None else register_columns(found)


def register_columns(register: Register) -> Mapping[str, Column]:
    """Whose entry it is, its term, its fields and its state; nothing that is personal."""
    fields = {
        name: Column(name, kind_of(field.annotation), field.title or name)
        for name, field in register.entry.model_fields.items()
        if name not in register.personal
    }
    common = {column.name: column for column in REGISTERS}
    return {**common, **fields, "state": Column("state", "text", "状态")}


def kind_of(annotation: Any) -> Kind:
    """The kind of column a field of this type is; anything else than dates, flags, numbers and lists is text."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    plain = get_origin(annotation) or annotation
    if not isinstance(plain, type):
        return "text"
    return next((kind for base, kind in _KIND_OF if issubclass(plain, base)), "text")


def column_errors(line: "Line") -> Errors:
    """Columns that nothing fills, or whose names are taken."""
    given = {name for action in line.actions for name in action.sets}
    given |= {name for effect in line.effects for name in effect.gives}
    seen = {column.name for column in CASES}
    for column in line.columns:
        place = f"column {column.name}"
        if column.name not in given:
            yield place, "is a fact that no act or effect sets"
        if column.name in seen:
            yield place, "is declared twice"
        seen.add(column.name)


def indicator_errors(line: "Line") -> Errors:
    """Everything that keeps the line's indicators from being computed."""
    parameters = {parameter.code for parameter in line.parameters}
    for indicator in line.indicators:
        place = f"indicator {indicator.code}"
        if not indicator.definition:
            yield place, "has no definition"
        if isinstance(indicator.figure, ParameterAt) and indicator.figure.parameter not in parameters:
            yield place, f"reads unknown parameter {indicator.figure.parameter!r}"
        for part in parts_of(indicator.figure):
            yield from ((place, error) for error in _part(line, indicator, part))


def _part(line: "Line", indicator: Indicator, part: Part) -> Iterator[str]:
    if part.source.startswith(REGISTER) and "." in part.source:
        return  # another line's register: looked up when all lines are there
    known = columns(line, part.source)
    if known is None:
        yield f"counts unknown source {part.source!r}"
        return
    yield from part_errors(part, indicator.dimensions, known)


def part_errors(part: Part, dimensions: tuple[str, ...], known: Mapping[str, Column]) -> Iterator[str]:
    """What of a part does not fit the columns there are."""
    if part.at is None and not part.source.startswith(REGISTER):
        yield f"counts a stock of {part.source}, which only registers have"
    if part.at is not None:
        yield from _of_kind(part.at, "date", known)
    if isinstance(part, Sum):
        yield from _of_kind(part.value, "number", known)
    split = (name for name in dimensions if name != MONTH or part.at is None)
    names = (*split, *((part.distinct,) if isinstance(part, Count) and part.distinct else ()))
    yield from (_unknown(name) for name in names if name not in known)
    if part.where is not None:
        yield from _comparisons(part.where, known)


def _unknown(name: str) -> str:
    return f"names unknown column {name!r}"


def _of_kind(name: str, kind: Kind, known: Mapping[str, Column]) -> Iterator[str]:
    if name not in known:
        yield _unknown(name)
    elif known[name].kind != kind:
        yield f"takes {name!r} for a {kind}, but it is a {known[name].kind}"


def _comparisons(expr: Expr, known: Mapping[str, Column]) -> Iterator[str]:
    if expr.op in ("and", "or", "not"):
        for arg in expr.args:
            yield from _comparisons(arg, known)
        return
    column, *others = expr.args
    if column.name not in known:
        yield _unknown(column.name)
        return
    kind = known[column.name].kind
    for value in others[0] if expr.op == "in" else others:
        if isinstance(value, Col):
            yield from _of_kind(value.name, kind, known)
        elif not (isinstance(value, TYPES[kind]) and (isinstance(value, bool) is (kind == "flag"))):
            yield f"compares {column.name!r}, a {kind}, with {value!r}"
