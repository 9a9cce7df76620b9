"""Subsidies 补贴: a dated table that the bureau loads; there is no default amount (LAL 52(2), GDS).

A row is a mapping with `kind`, `amount` (yuan) and, where the table distinguishes them, `stage` and `area`.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
_WHERE = ("kind", "stage", "area")


def row_for(table: Any, kind: str | None, stage: str | None, area: str | None) -> Mapping[str, Any] | None:
    """The row for a case: the one that names most of kind, stage and area and contradicts none; None if absent."""
    wanted = dict(zip(_WHERE, (kind, stage, area), strict=True))
    fitting = [row for row in table or () if row.get("kind") == kind and _fits(row, wanted)]
    return max(fitting, key=_named, default=None)


def _fits(row: Mapping[str, Any], wanted: Mapping[str, str | None]) -> bool:
    return all(row.get(name) in (None, value) for name, value in wanted.items())


def _named(row: Mapping[str, Any]) -> int:
    return sum(row.get(name) is not None for name in _WHERE)


def amount_due(row: Mapping[str, Any], factor: Decimal, share: Decimal) -> Decimal:
    """Yuan to pay: the row's amount, by the quality factor, for the share of the work done (a terminated case)."""
    return (Decimal(str(row["amount"])) * factor * share).quantize(CENT, ROUND_HALF_UP)
