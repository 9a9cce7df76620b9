"""All indicators of the installed lines, by name (`reconsideration.new_applications`)."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from yifa import registry
from yifa.language.indicators import Column, Indicator, Part, columns_of, parts_of
from yifa.language.line import Line
from yifa.language.sources import CASES, OWN, REGISTER, columns, part_errors, register_columns


class Named(NamedTuple):
    """An indicator with the line that declares it."""

    line: Line
    indicator: Indicator

    def __repr__(self) -> str:
        return f"Named({self.name})"

    @property
    def name(self) -> str:
        """line.code, as templates and reports write it."""
        return f"{self.line.code}.{self.indicator.code}"

    @property
    def of_cases(self) -> bool:
        """Whether it counts what happened in cases, and not a parameter or a register alone."""
        return any(not part.source.startswith(REGISTER) for part in self.parts)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is counted for it."""
        return parts_of(self.indicator.figure)


class CatalogueError(ValueError):
    """Indicators that count another line's register and cannot; the message lists all of them."""


@cache
def catalogue() -> Mapping[str, Named]:
    """Every indicator by its name, in the order of the lines. CatalogueError if one of them cannot be computed."""
    lines = [registry.line(code) for code in registry.known()]
    found = [Named(line, indicator) for line in lines for indicator in line.indicators]
    errors = [f"{named.name}: {error}" for named in found for error in _foreign(named)]
    if errors:
        raise CatalogueError("\n".join(errors))
    return {named.name: named for named in found}


def _foreign(named: Named) -> list[str]:
    errors: list[str] = []
    for part in named.parts:
        if part.source.startswith(REGISTER) and "." in part.source:
            known = source_columns(named.line, part.source)
            told = ("counts unknown source " + part.source,) if known is None else ()
            errors += told or part_errors(part, named.indicator.dimensions, known or {})
    return errors


def find(name: str) -> Named:
    """The indicator of this name; KeyError says which there are."""
    try:
        return catalogue()[name]
    except KeyError:
        raise KeyError(f"没有指标“{name}”。可用的有：{'、'.join(catalogue())}") from None


def of_line(code: str) -> tuple[Named, ...]:
    """The indicators of one line."""
    return tuple(named for named in catalogue().values() if named.line.code == code)


def source_columns(line: Line, source: str) -> Mapping[str, Column] | None:
    """Columns of a source; registers of other lines (`register:owner.code`) included."""
    owner, dot, code = source.removeprefix(REGISTER).partition(".")
    if not (source.startswith(REGISTER) and dot):
        return columns(line, source)
    found = registry.registers().get(f"{owner}.{code}")
    return None if found is None else register_columns(found.register)


def case_columns(line: Line) -> tuple[Column, ...]:
    """What is kept of a case for figures: the common columns, the line's own, and the clocks its indicators ask."""
    known = columns(line, "cases") or {}
    asked = {name for i in line.indicators for name in (*columns_of(i.figure), *i.dimensions)}
    own = {column.name for column in (*CASES, *line.columns)}
    clocks = sorted(name for name in asked & known.keys() - own if not _of_rows(name))
    return (*CASES, *line.columns, *(known[name] for name in clocks))


def _of_rows(name: str) -> bool:
    return any(column.name == name for source in ("acts", "clocks") for column in OWN[source])
