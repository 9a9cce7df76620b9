"""Subsidies per case 以案定补: a dated table the city loads (grade → yuan); there is no default amount."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

GRADES = {"simple": "简易", "general": "一般", "difficult": "疑难", "major": "重大"}


def amount_due(table: Any, grade: str) -> Decimal | None:
    """Yuan for a case of this grade; None where the table is not loaded or does not know the grade."""
    if not isinstance(table, Mapping) or table.get(grade) is None:
        return None
    return Decimal(str(table[grade]))
