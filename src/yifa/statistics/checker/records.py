"""The records as a source of the check: indicators of the lines that are kept here, computed as of a cut-off."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from yifa import registry
from yifa.city.published import Published
from yifa.statistics.catalogue import catalogue
from yifa.statistics.checker.sources import Known
from yifa.statistics.figures import Figure, compute
from yifa.statistics.live import Engine
from yifa.statistics.period import year as year_of


class Records:
    """Indicators answer published rows by the rows' own table. A sample answers nothing: its figures are not the city's."""

    title = "记录"

    def __init__(self, engine: Engine, report: Published, share: Decimal | None) -> None:
        self._engine, self._share = engine, share
        self._rows = {row.id: row for row in report.rows}
        self._years: dict[int, Mapping[str, Figure]] = {}

    @property
    def known_at(self) -> date:
        """The cut-off."""
        return self._engine.known_at.date()

    @cached_property
    def _sampled(self) -> bool:
        return self._share not in (None, Decimal(1))

    def known(self, key: str, year: int) -> Known:
        """The indicator's value in a year, or why there is none."""
        row = self._rows.get(key)
        line = row.line if row else key.partition(".")[0]
        if line not in registry.known():
            return Known(None, because="line_not_built", params={"line": line})
        name = row.indicator if row else key
        if name not in catalogue():
            return Known(None, because="no_indicator")
        if self._sampled:
            return Known(None, because="sample_only")
        figure = self._of(year)[name]
        if figure.value is None or not self._has_records(line, year):
            return Known(None, because="no_records", params={"year": year})
        return Known(figure.value)

    def _of(self, year: int) -> Mapping[str, Figure]:
        if year not in self._years:
            self._years[year] = compute(self._engine, catalogue().values(), year_of(year))
        return self._years[year]

    def _has_records(self, line: str, year: int) -> bool:
        """A line all of whose counts are 0 kept nothing that year: that is no figure to hold a draft against."""
        own = (f for f in self._of(year).values() if f.named.line.code == line)
        return any(figure.value for figure in own if not figure.is_rate)
