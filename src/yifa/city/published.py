"""Figures a city has published, as data: what a report of a year said, and which indicator or record answers it."""

from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from yifa.law.loader import DataError, load_yaml

Op = Literal["=", ">", ">=", "~"]
Kind = Literal["count", "rate", "rank", "list", "event", "mechanism", "award"]
FIGURES: frozenset[str] = frozenset({"count", "rate"})


class Row(NamedTuple):
    """One published figure or mechanism. `value` is in the base unit; None: no number was given.

    op  `=` equal after rounding, `>` above, `>=` at least, `~` just under; indicator  line.code;
    record  line.register, where a record and not a number answers it.
    """

    id: str
    section: str
    sentence: int
    kind: Kind
    title: str
    line: str
    value: Decimal | None = None
    unit: str = ""
    op: Op = "="
    indicator: str = ""
    record: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether it is a count or a rate: a number that records must give."""
        return self.kind in FIGURES


class Published(NamedTuple):
    """The report of one year."""

    year: int
    source: str
    rows: tuple[Row, ...]


_ROWS: TypeAdapter[Any] = TypeAdapter(tuple[Row, ...])


@cache
def published(city: str, year: int) -> Published:
    """What the city published for the year. DataError if there is no such report or its data are malformed."""
    name = f"report_{year}.yaml"
    raw: Any = load_yaml(f"yifa.city.{city}", name)
    try:
        rows = _ROWS.validate_python(raw["rows"])
    except (ValidationError, KeyError, TypeError) as error:
        raise DataError(f"{name}: {error}") from error
    return Published(year, str(raw.get("source", "")), rows)
