"""The mix of a year: which volumes, from where, and which paths, as data (mix.yaml)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from yifa.city.published import published
from yifa.law.loader import DataError, load_yaml
from yifa.registry import CITY


class Group(NamedTuple):
    """Matters that come in at one rate.

    of, times  a published row and a factor; less  groups that are part of it already; number  an assumed number instead;
    paths  weights; unit  what is counted: cases, or persons (a matter is about one to five); lead  days before the end of the
    year on which arrivals end, where what is counted comes later; off_days  weight of a day off against a working day; at  the kind of organ that works on it.
    """

    name: str
    paths: dict[str, float]
    of: str = ""
    times: Decimal = Decimal(1)
    less: tuple[str, ...] = ()
    number: int = 0
    unit: str = "cases"
    lead: int = 0
    off_days: float = 0.0
    at: str = ""


class Mix(NamedTuple):
    """All groups by line, and the year of the report their volumes are taken from.

    before  by line: how many matters came in the year before, as a share of the year's own.
    """

    report: int
    lines: dict[str, tuple[Group, ...]]
    before: dict[str, float] | None = None


_MIX: TypeAdapter[Mix] = TypeAdapter(Mix)


def parse(raw: Any, place: str = "mix.yaml") -> Mix:
    """A mix from plain data; DataError says what is wrong with it."""
    try:
        return _MIX.validate_python(raw)
    except ValidationError as error:
        raise DataError(f"{place}: {error}") from error


def standard() -> Mix:
    """The mix that is shipped."""
    return parse(load_yaml("yifa.simulation", "mix.yaml"))


def volume(group: Group, groups: tuple[Group, ...], report: int) -> Decimal:
    """How many there are in a year at scale 1."""
    if not group.of:
        return Decimal(group.number)
    rows: Mapping[str, Decimal | None] = {row.id: row.value for row in published(CITY, report).rows}
    stated = rows.get(group.of)
    if stated is None:
        raise DataError(f"mix.yaml: {group.name}: 报告{report}没有数值“{group.of}”")
    part = sum((volume(other, groups, report) for other in groups if other.name in group.less), Decimal(0))
    return stated * group.times - part
