"""Subsidies per case 以案定补: a dated table the city loads (grade → yuan); there is no default amount."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yifa.language.words import words

GRADES = words("yifa.lines.mediation")["grade"]


def amount_due(table: Any, grade: str) -> Decimal | None:
    """Yuan for a case of this grade; None where the table is not loaded or does not know the grade."""
    if not isinstance(table, Mapping) or table.get(grade) is None:
        return None
    return Decimal(str(table[grade]))
