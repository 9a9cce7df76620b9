"""Grounds of suspension and termination: as an item 项 or a word, and what item that is in each version."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

# Word → item, by version. L23 39(1) has ten items, Reg 41(1) eight; the same ground stands at different places.
SUSPENSION = {
    "2023": {
        "death": 1, "incapacity": 2, "missing": 3, "dissolution": 4, "force_majeure": 5, "mediation": 6,
        "interpretation": 7, "other_case": 8, "normative": 9, "other": 10,
    },
    "2017": {
        "death": 1, "incapacity": 2, "dissolution": 3, "missing": 4, "force_majeure": 5, "interpretation": 6,
        "other_case": 7, "other": 8,
    },
}  # fmt: skip
# L23 41 has five items. Reg 42 has five in its first paragraph; its second paragraph (sixty days) is counted as 6.
TERMINATION = {
    "2023": {"withdrawal": 1, "death": 2, "dissolution": 3, "criminal": 4, "sixty_days": 5},
    "2017": {"withdrawal": 1, "death": 2, "dissolution": 3, "settlement": 4, "criminal": 5, "sixty_days": 6},
}
# Grounds after which sixty days may end the case: death, incapacity, dissolution.
SIXTY_DAYS = {"2023": (1, 2, 4), "2017": (1, 2, 3)}


def _reader(tables: dict[str, dict[str, int]], places: dict[str, int]) -> Callable[[Any], Any]:
    words = {word for table in tables.values() for word in table}
    last = max(item for table in tables.values() for item in table.values())

    def read(value: Any) -> Any:
        """An item number however it is written (9, "9", "39(1)(9)"), or a known word."""
        if isinstance(value, str) and value in words:
            return value
        found = _number(value, places)
        if isinstance(found, int) and 1 <= found <= last:
            return found
        raise ValueError(f"应为第一至第{last}项之一")

    return read


def _number(value: Any, places: dict[str, int]) -> Any:
    if not isinstance(value, str):
        return None if isinstance(value, bool) else value
    if value.strip() in places:
        return places[value.strip()]
    numbers = re.findall(r"\d+", value)
    return int(numbers[-1]) if numbers else None


def _form(last: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": 1, "maximum": last})


SuspensionGround = Annotated[int | str, BeforeValidator(_reader(SUSPENSION, {})), _form(10)]
TerminationGround = Annotated[int | str, BeforeValidator(_reader(TERMINATION, {"42(2)": 6})), _form(6)]


def suspension_item(version: str, ground: Any) -> int | None:
    """The item of L23 39(1) or Reg 41(1); None if that version knows no such ground."""
    return _item(SUSPENSION[version], ground)


def termination_item(version: str, ground: Any) -> int | None:
    """The item of L23 41 or Reg 42(1), 6 for Reg 42(2); None if that version knows no such ground."""
    return _item(TERMINATION[version], ground)


def _item(table: dict[str, int], ground: Any) -> int | None:
    if isinstance(ground, str):
        return table.get(ground)
    return ground if ground in table.values() else None
