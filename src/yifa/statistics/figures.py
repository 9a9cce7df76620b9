"""Figures: the value of an indicator for a period, as of a cut-off, with what it was computed from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from yifa import registry
from yifa.language.indicators import ParameterAt as Parameter
from yifa.language.indicators import Part, Ratio, Total, parts_of
from yifa.language.line import Line
from yifa.language.sources import MONTH, REGISTER
from yifa.statistics.catalogue import Named, catalogue
from yifa.statistics.compile import Measure, split, table_name, totals
from yifa.statistics.live import Engine, NotKeptError
from yifa.statistics.period import Period

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that looks like a digit
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. For a rate, `numerator` and `denominator` are what it was divided from.

    value  None: there is none, because the denominator is 0 or because `missing` says what is not kept.
    """

    named: Named
    period: Period
    known_at: datetime
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing: str = ""
    of: tuple[str, str | None] | None = None

    @property
    def is_rate(self) -> bool:
        """Whether it is a quotient."""
        return isinstance(self.named.indicator.figure, Ratio)

    @property
    def shown(self) -> str:
        """The value as digits; — where there is none."""
        return NOTHING if self.value is None else f"{self.value:f}"

    @property
    def check_code(self) -> str:
        """Eight characters over definition, period, cut-off and values: whoever computes the figure again gets the same."""
        indicator = self.named.indicator
        said = [
            self.named.name, indicator.definition, repr(indicator.figure), self.period.first.isoformat(),
            self.period.last.isoformat(), self.known_at.astimezone(UTC).isoformat(), self.of, *map(_text, (self.value, self.numerator, self.denominator)),
        ]  # fmt: skip
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).digest()
        bits = int.from_bytes(digest[:5])
        code = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
        return f"{code[:4]}-{code[4:]}"


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def compute(
    engine: Engine, wanted: Iterable[Named], period: Period, scope: Iterable[str] | None = None
) -> dict[str, Figure]:
    """The figures of a period by name: one query for each line and source. `scope`: only cases of these organs."""
    return compute_all(engine, wanted, (period,), scope)[period]


def compute_all(
    engine: Engine, wanted: Iterable[Named], periods: Iterable[Period], scope: Iterable[str] | None = None
) -> dict[Period, dict[str, Figure]]:
    """The same for several periods, in no more queries."""
    wanted, periods = tuple(wanted), tuple(periods)
    organs = None if scope is None else frozenset(scope)
    values = _measured(engine, wanted, periods, organs)
    return {
        period: {named.name: _figure(engine, named, period, values) for named in wanted} for period in periods
    }


Values = Mapping[tuple[str, Measure], Decimal | None]


def _measured(
    engine: Engine, wanted: tuple[Named, ...], periods: tuple[Period, ...], scope: frozenset[str] | None
) -> Values:
    groups: dict[tuple[str, str], dict[Measure, None]] = {}
    lines: dict[str, Line] = {}
    for named in wanted:
        lines[named.line.code] = named.line
        for part in named.parts:
            group = groups.setdefault((named.line.code, part.source), {})
            group.update(dict.fromkeys(Measure(part, period) for period in periods))
    found: dict[tuple[str, Measure], Decimal | None] = {}
    for (code, source), measures in groups.items():
        try:
            *row, rows = engine.run(totals(lines[code], source, list(measures), scope))[0]
        except NotKeptError:
            row, rows = [], 0
        if source.startswith(REGISTER) and not rows and scope is None:
            row = []  # a list in which nobody ever wrote says nothing, not even nought
        row = row or [None] * len(measures)
        found.update({(code, m): number(v) for m, v in zip(measures, row, strict=True)})
    return found


def number(value: Any) -> Decimal | None:
    """A value of any engine as an exact number without idle zeros."""
    if value is None:
        return None
    exact = Decimal(value)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def _figure(engine: Engine, named: Named, period: Period, values: Values) -> Figure:
    figure = named.indicator.figure
    if isinstance(figure, Parameter):
        value = number(engine.env.parameters.at(figure.parameter, period.last))
        missing = "" if value is not None else "期末没有有效的参数值"
        return Figure(named, period, engine.known_at, value, missing=missing)

    def amount(node: Part | Total) -> Decimal | None:
        found = [values[named.line.code, Measure(part, period)] for part in parts_of(node)]
        return None if None in found else sum((v for v in found if v is not None), Decimal(0))

    if not isinstance(figure, Ratio):
        value = amount(figure)
        return Figure(named, period, engine.known_at, value, missing=_missing(named, value))
    above, below = amount(figure.numerator), amount(figure.denominator)
    missing = _missing(named, None if above is None else below)
    return Figure(named, period, engine.known_at, quotient(figure, above, below), above, below, missing)


def _missing(named: Named, value: Decimal | None) -> str:
    if value is not None:
        return ""
    sources = {
        table_name(named.line, part.source) for part in named.parts if part.source.startswith(REGISTER)
    }
    titles = sorted(registry.register(source.removeprefix(REGISTER)).register.title for source in sources)
    return f"名录没有记录：{'、'.join(titles)}"


def quotient(figure: Ratio, above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """The rate, rounded half up; None if nothing was divided."""
    if above is None or not below:
        return None
    exact = above * figure.scale / below
    return exact.quantize(Decimal(1).scaleb(-figure.digits), ROUND_HALF_UP)


def by_dimension(
    engine: Engine, named: Named, period: Period, dimension: str, scope: Iterable[str] | None = None
) -> list[tuple[str | None, Figure]]:
    """A figure for each value of one of its dimensions, in the order of the values; those without a value under None."""
    if dimension not in named.indicator.dimensions:
        raise KeyError(
            f"{named.name}不能按“{dimension}”分列，可用的有：{'、'.join(named.indicator.dimensions)}"
        )
    values: dict[str | None, dict[tuple[str, Measure], Decimal | None]] = {}
    groups: dict[tuple[str, str | None], list[Measure]] = {}
    for part in dict.fromkeys(named.parts):
        day = part.at if dimension == MONTH else None
        groups.setdefault((part.source, day), []).append(Measure(part, period))
    for (source, _), measures in groups.items():
        for key, *row in engine.run(split(named.line, source, measures, dimension, scope)):
            found = {(named.line.code, m): number(v) for m, v in zip(measures, row, strict=True)}
            values.setdefault(key, {}).update(found)
    nothing = {(named.line.code, m): Decimal(0) for measures in groups.values() for m in measures}
    out = []
    for key in sorted(values, key=lambda k: (k is None, k or "")):
        figure = _figure(engine, named, period, nothing | values[key])
        out.append((key, _of(figure, (dimension, key))))
    return out


def _of(figure: Figure, of: tuple[str, str | None]) -> Figure:
    return Figure(
        figure.named, figure.period, figure.known_at, figure.value, figure.numerator, figure.denominator, figure.missing, of
    )  # fmt: skip


def all_figures(engine: Engine, period: Period) -> dict[str, Figure]:
    """Every indicator of every installed line."""
    return compute(engine, catalogue().values(), period)
