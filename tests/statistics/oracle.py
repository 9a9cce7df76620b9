"""The figures computed a second time: every case derived from all its events, every row looked at in plain Python."""

import operator
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yifa.casework import store
from yifa.casework.codec import canonical, unseal
from yifa.casework.models import Case
from yifa.casework.requests import World
from yifa.engine import derive
from yifa.language.indicators import Col, Count, Expr, ParameterAt, Part, Ratio, Sum, Total
from yifa.language.line import Line
from yifa.statistics.catalogue import Named
from yifa.statistics.period import Period

Row = dict[str, Any]
COMPARE: dict[str, Any] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip


def rows(line: Line, known_at: datetime, world: World) -> dict[str, list[Row]]:
    """Cases, acts and clocks of a line as derived from the events known by then."""
    found: dict[str, list[Row]] = {"cases": [], "acts": [], "clocks": []}
    for case in Case.objects.filter(line=line.code):
        log = [unseal(row, line, world) for row in store.events_of(case.id) if row.recorded_at <= known_at]
        if not log:
            continue
        derived = derive(line, log, known_at.date(), world.env)
        view = derived.view
        of_case: Row = {"case": str(case.id), "stage": view.stage, "organ": view.organ or case.origin}
        of_case |= {name: typed(line, name, value) for name, value in canonical(view.facts).items()}
        of_case |= _clocks(line, derived.readings)
        found["cases"].append(of_case)
        acts = (act for acts in view.acts.values() for act in acts if not act.by_law)
        found["acts"] += [{**of_case, "action": act.action, "effective_on": act.effective_on} for act in acts]
        for reading in derived.readings:
            row = {"clock": reading.clock, "due": reading.due, "status": reading.status}
            found["clocks"] += [{**of_case, **row}] if reading.status != "replaced" else []
    return found


def _clocks(line: Line, readings: Any) -> Row:
    found: Row = {}
    for clock in line.clocks:
        own = [r for r in readings if r.clock == clock.code and r.status != "replaced"]
        found[f"{clock.code}_due"] = own[-1].due if own else None
        found[f"{clock.code}_status"] = own[-1].status if own else None
        found[f"{clock.code}_open"] = any(r.status in ("running", "paused") for r in own)
    return found


def typed(line: Line, name: str, value: Any) -> Any:
    """A fact as its column has it."""
    column = next((c for c in line.columns if c.name == name), None)
    if column is None or value is None:
        return value
    return {"date": lambda v: date.fromisoformat(v[:10]), "texts": lambda v: tuple(v) or None, "text": str,
            "number": Decimal, "flag": bool}[column.kind](value)  # fmt: skip


def holds(node: Any, row: Row) -> Any:
    """A condition over a row: true, false, or None where a value is missing."""
    if isinstance(node, Col):
        return row.get(node.name)
    if not isinstance(node, Expr):
        return node
    values = [holds(arg, row) for arg in node.args] if node.op != "in" else [holds(node.args[0], row)]
    if node.op in ("and", "or"):
        decisive = node.op == "or"
        return decisive if decisive in values else None if None in values else not decisive
    if node.op in ("is_null", "not_null"):
        return (values[0] is None) is (node.op == "is_null")
    if None in values:
        return None
    if node.op == "not":
        return not values[0]
    return values[0] in node.args[1] if node.op == "in" else COMPARE[node.op](*values)


def counted(part: Part, found: dict[str, list[Row]], period: Period) -> Iterator[Row]:
    """The rows of a part."""
    for row in found[part.source]:
        day = row.get(part.at or "")
        inside = day is not None and period.first <= _plain(day) <= period.last
        if inside and (part.where is None or holds(part.where, row) is True):
            yield row


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def amount(node: Part | Total, found: dict[str, list[Row]], period: Period) -> Decimal:
    """Count or sum."""
    if isinstance(node, Total):
        return sum((amount(part, found, period) for part in node.parts), Decimal(0))
    own = list(counted(node, found, period))
    if isinstance(node, Sum):
        return sum((Decimal(row[node.value]) for row in own if row.get(node.value) is not None), Decimal(0))
    return Decimal(
        len({row[node.distinct] for row in own} if isinstance(node, Count) and node.distinct else own)
    )


def expected(named: Named, found: dict[str, list[Row]], period: Period) -> tuple[Decimal | None, ...]:
    """(value,) or (numerator, denominator)."""
    figure = named.indicator.figure
    if isinstance(figure, Ratio):
        return amount(figure.numerator, found, period), amount(figure.denominator, found, period)
    assert not isinstance(figure, ParameterAt)
    return (amount(figure, found, period),)
