"""Indicator declarations as ibis expressions over tables that every engine offers under the same names.

Nothing here knows a database: what comes out runs on PostgreSQL, on DuckDB over Parquet, or on any other engine ibis
speaks. All counts over one source go into one query, one column each.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

import ibis
from ibis import _

from yifa.language.indicators import Col, Column, Count, Expr, Kind, Part, Sum, columns_of
from yifa.language.line import Line
from yifa.language.sources import MONTH, OWN, REGISTER
from yifa.statistics.catalogue import source_columns
from yifa.statistics.period import Period

DTYPES: Mapping[Kind, str] = {
    "date": "date", "text": "string", "flag": "boolean", "number": "decimal(18,2)", "texts": "array<string>",
}  # fmt: skip
_OPERATORS: Mapping[str, Callable[..., Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
    "in": lambda column, values: column.isin(values), "is_null": lambda column: column.isnull(),
    "not_null": lambda column: column.notnull(), "and": operator.and_, "or": operator.or_, "not": operator.invert,
}  # fmt: skip


class Query(NamedTuple):
    """An expression with the tables it reads: name → columns."""

    line: Line
    expr: Any
    tables: Mapping[str, tuple[Column, ...]]


class Measure(NamedTuple):
    """One count or sum over one period."""

    part: Part
    period: Period


# What an entry of a register was in turn: one row a version, valid from `begun` to `ended`; `followed`: the next begins.
VERSIONS = (
    Column("entry", "text", "条目"), Column("begun", "date", "本版本起"), Column("ended", "date", "本版本止"),
    Column("followed", "date", "下一版本起"),
)  # fmt: skip


def table_name(line: Line, source: str) -> str:
    """The name of a source's table; registers under the code they have everywhere: register:litigation.mediators."""
    short = source.startswith(REGISTER) and "." not in source
    return f"{REGISTER}{line.code}.{source.removeprefix(REGISTER)}" if short else source


def totals(line: Line, source: str, measures: Sequence[Measure], scope: Iterable[str] | None = None) -> Query:
    """One row: each measure's value, in order, over cases of the organs in `scope` (None: of all); at last, how many rows."""
    base, tables = _source(line, source, _needed(measures), scope)
    named = {f"m{n}": _value(measure) for n, measure in enumerate(measures)}
    return Query(line, base.aggregate(**named, rows=_.count()), tables)


def split(
    line: Line, source: str, measures: Sequence[Measure], dimension: str, scope: Iterable[str] | None = None
) -> Query:
    """One row for each value of the dimension: the value, then each measure. A row with several values is in each."""
    column = {_month_of(measures)} if dimension == MONTH else {dimension}
    base, tables = _source(line, source, _needed(measures) | column, scope)
    inside = reduce(operator.or_, (_inside(measure) for measure in measures))
    named = {f"m{n}": _value(measure) for n, measure in enumerate(measures)}
    key = base[_month_of(measures)].strftime("%Y-%m") if dimension == MONTH else _key(base, dimension)
    keyed = base.filter(inside).mutate(key=key)
    return Query(line, keyed.group_by("key").aggregate(**named).order_by("key"), tables)


def _month_of(measures: Sequence[Measure]) -> str:
    """The one date the measures go by."""
    (day,) = {measure.part.at for measure in measures}
    assert day is not None
    return day


def _key(base: Any, dimension: str) -> Any:
    column = base[dimension]
    if column.type().is_array():
        return ibis.ifelse(column.isnull(), ibis.array([ibis.null("string")]), column).unnest()
    return _as_text(column)


def _as_text(column: Any) -> Any:
    """A value of a dimension as text; numbers that divide are whole ones."""
    return (column.cast("int64") if column.type().is_decimal() else column).cast("string")


def listing(
    line: Line, measure: Measure, shown: Sequence[str], only: tuple[str, str | None] | None = None,
    scope: Iterable[str] | None = None, without: Sequence[str] = (),
) -> Query:  # fmt: skip
    """The rows behind a measure: the columns `shown` and `day`, by day; `only` one value of one dimension.

    What is counted once (`distinct`) stands here once, with its first day. `without`: cases left out.
    """
    part = measure.part
    if isinstance(part, Count) and part.distinct is not None:
        shown = tuple(dict.fromkeys((*shown, part.distinct)))
    also = {only[0]} if only and only[0] != MONTH else set()
    base, tables = _source(line, part.source, _needed([measure]) | set(shown) | also, scope)
    found = base.filter(_inside(measure))
    if without and "case" in found.columns:
        found = found.filter(found["case"].notin(without))
    if only is not None:
        by_month = only[0] == MONTH and part.at is not None
        column = found[part.at].strftime("%Y-%m") if by_month else found[only[0]]
        found = found.filter(_has(column, only[1]))
    day = found[part.at] if part.at else ibis.null("date")
    picked = found.mutate(day=day).select(*shown, "day")
    once = part.distinct if isinstance(part, Count) else None
    if once is not None:
        first = {name: _[name].min() for name in (*shown, "day") if name != once}
        picked = picked.group_by(once).aggregate(**first).select(*shown, "day")
    return Query(line, picked.order_by(["day", *shown]), tables)


def _has(column: Any, value: str | None) -> Any:
    if value is None:
        return column.isnull()
    return column.contains(value) if column.type().is_array() else _as_text(column) == value


def paged(query: Query, limit: int, offset: int) -> Query:
    """One page of a listing."""
    return query._replace(expr=query.expr.limit(limit, offset=offset))


def counted(query: Query) -> Query:
    """How many rows a listing has."""
    return query._replace(expr=query.expr.aggregate(rows=_.count()))


# ------------------------------------------------------------------------------------------ tables


def _needed(measures: Iterable[Measure]) -> set[str]:
    return {name for measure in measures for name in columns_of(measure.part)}


def _source(
    line: Line, source: str, needed: set[str], scope: Iterable[str] | None
) -> tuple[Any, dict[str, Any]]:
    """The table of a source with these columns; acts and clocks are joined with their case where a column is its own."""
    columns = source_columns(line, source)
    assert columns is not None
    versions = {column.name: column for column in VERSIONS} if source.startswith(REGISTER) else {}
    known, needed = {**columns, **versions}, needed | versions.keys()
    organs = None if scope is None else sorted(scope)
    if organs is not None and "organ" in known:
        needed = needed | {"organ"}
    own = {column.name for column in OWN.get(source, ())} if source in ("acts", "clocks") else set(known)
    first = sorted(needed & own | ({"case"} & own))
    name = table_name(line, source)
    tables = {name: tuple(known[column] for column in first)}
    base = _table(name, tables[name])
    rest = sorted(needed - own)
    if rest:
        tables["cases"] = tuple(known[column] for column in ("case", *rest))
        base = base.inner_join(_table("cases", tables["cases"]), "case")
    if organs is not None and "organ" in known:
        base = base.filter(base["organ"].isin(organs))
    return base, tables


def _table(name: str, columns: Iterable[Column]) -> Any:
    return ibis.table({column.name: DTYPES[column.kind] for column in columns}, name=name)


# ------------------------------------------------------------------------------------------ values


def _value(measure: Measure) -> Any:
    part, inside = measure.part, _inside(measure)
    if isinstance(part, Sum):
        return _[part.value].sum(where=inside).fill_null(0)
    if part.distinct is not None:
        return _[part.distinct].nunique(where=inside)
    return _.count(where=inside)


def _inside(measure: Measure) -> Any:
    """Whether a row belongs to the measure: its date in the period, its condition true."""
    part, period = measure.part, measure.period
    first, last = ibis.literal(period.first, "date"), ibis.literal(period.last, "date")
    if part.at is None:
        inside = _["ended"].isnull() | (_["ended"] >= last)
    else:
        inside = (_[part.at] >= first) & (_[part.at] <= last)
    if part.source.startswith(REGISTER):  # an entry as it stood last by the end of the period
        inside = inside & (_["begun"] <= last) & (_["followed"].isnull() | (_["followed"] > last))
    return inside if part.where is None else inside & _condition(part.where)


def _condition(node: Any) -> Any:
    if isinstance(node, Expr):
        return _OPERATORS[node.op](*(_condition(arg) for arg in node.args))
    return _[node.name] if isinstance(node, Col) else node
