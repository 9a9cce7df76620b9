"""What a draft's figures are held against: the records, as of a cut-off, and what has been published before."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from yifa.city.published import Published, Row
from yifa.language.acts import EMPTY
from yifa.statistics.checker.figures import Op
from yifa.statistics.checker.match import Candidate


class Known(NamedTuple):
    """What a source says of an indicator in a year: a value, or the reason why it says nothing (message code).

    op  not `=` where the source itself only knows a bound (more than 410万).
    """

    value: Decimal | None
    op: Op = "="
    because: str = ""
    params: Mapping[str, object] = EMPTY


class Source(Protocol):
    """A place where figures are known. `title` is how people call it (记录); `known_at` the cut-off, if it has one."""

    title: str

    @property
    def known_at(self) -> date | None: ...

    def known(self, key: str, year: int) -> Known: ...


class PublishedFigures:
    """Figures the city has published, by row id or indicator code."""

    title = "已公布数"
    known_at: date | None = None

    def __init__(self, reports: Iterable[Published]) -> None:
        self._reports = {report.year: {row.id: row for row in report.rows} for report in reports}

    def known(self, key: str, year: int) -> Known:
        """The published value; for what was published as 余 or 近, its bound."""
        row = self._reports.get(year, {}).get(key)
        if row is None:
            return Known(None, because="not_published", params={"year": year})
        return Known(row.value, row.op) if row.value is not None else Known(None, because="no_number")


def candidates(report: Published) -> list[Candidate]:
    """Rows of a published report that a number can speak of: figures, ranks, awards, and lists with a number."""
    return [Candidate(row.id, row.title, row.kind, row.unit) for row in report.rows if _is_number(row)]


def _is_number(row: Row) -> bool:
    if row.kind in ("event", "mechanism", "list"):
        return row.value is not None and row.value > 1
    return row.value is not None
