"""From a figure to what is behind it: the cases, acts or periods counted, page by page, as far as one may see them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from yifa.language.acts import Actor
from yifa.language.indicators import ParameterAt, Part, Ratio, parts_of
from yifa.language.line import Line
from yifa.language.sources import REGISTER
from yifa.people.permissions import Verb
from yifa.statistics.access import cases_to_avoid, organs_where, shielded
from yifa.statistics.catalogue import Named, source_columns
from yifa.statistics.compile import Measure, Query, counted, listing, paged
from yifa.statistics.live import Engine
from yifa.statistics.period import Period

PAGE = 50
Which = Literal["numerator", "denominator"]
Only = tuple[str, str | None]
SHOWN = ("case", "number", "organ", "stage")
OF_SOURCE = {"cases": SHOWN, "acts": (*SHOWN, "action"), "clocks": (*SHOWN, "clock", "status")}


class Behind(NamedTuple):
    """One row behind a figure. `what`: the act or the period with its state; empty for a case; `case` "": a register's."""

    case: str
    number: str
    organ: str
    stage: str
    day: date | None
    what: str


class Page(NamedTuple):
    """A page of rows. `total`: rows behind the figure; `visible`: those the reader may see."""

    rows: tuple[Behind, ...]
    total: int
    visible: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.visible // PAGE))

    @property
    def hidden(self) -> int:
        """Rows behind the figure that the reader may not see."""
        return self.total - self.visible


def behind(
    engine: Engine, named: Named, period: Period, actor: Actor, which: Which = "numerator", only: Only | None = None,
    page: int = 1,
) -> Page:  # fmt: skip
    """A page of what is behind a figure, for this actor: a fixed number of queries, whatever the page holds.

    which  of a rate: numerator or denominator; only  one value of one dimension, as in a figure by that dimension.
    """
    scope, avoided = organs_where(actor, Verb.LIST), cases_to_avoid(actor)
    parts = parts_behind(named, which)
    total = sum(_count(engine, _listing(named.line, part, period, only)) for part in parts)
    seen = [_listing(named.line, part, period, only, scope, avoided) for part in parts]
    sizes = [_count(engine, query) for query in seen]
    rows: list[Behind] = []
    skip = (page - 1) * PAGE
    for part, query, size in zip(parts, seen, sizes, strict=True):
        if skip < size and len(rows) < PAGE:
            found = engine.run(paged(query, PAGE - len(rows), max(skip, 0)))
            rows += [_row(named.line, part, query, row) for row in found]
        skip -= size
    hidden = shielded(row.case for row in rows)
    told = (row._replace(stage="", what="") if row.case in hidden else row for row in rows)
    return Page(tuple(told), total, sum(sizes), page)


def parts_behind(named: Named, which: Which = "numerator") -> tuple[Part, ...]:
    """What is counted for a figure, or for the numerator or denominator of a rate."""
    figure = named.indicator.figure
    if isinstance(figure, ParameterAt):
        return ()
    return parts_of(getattr(figure, which) if isinstance(figure, Ratio) else figure)


def _listing(
    line: Line, part: Part, period: Period, only: Only | None, scope: Iterable[str] | None = None, without: Sequence[str] = ()
) -> Query:  # fmt: skip
    return listing(line, Measure(part, period), shown(line, part), only, scope, without)


def shown(line: Line, part: Part) -> tuple[str, ...]:
    """The columns a row is shown with."""
    if part.source.startswith(REGISTER):
        known = source_columns(line, part.source) or {}
        return tuple(name for name in known if name not in ("valid_from", "valid_to"))
    return OF_SOURCE[part.source]


def _count(engine: Engine, query: Query) -> int:
    return int(engine.run(counted(query))[0][0])


def _row(line: Line, part: Part, query: Query, row: tuple[Any, ...]) -> Behind:
    said = dict(zip(query.expr.columns, row, strict=True))
    if part.source.startswith(REGISTER):
        texts = [
            f"{v}" for name, v in said.items() if v is not None and name not in ("day", "organ", "state")
        ]
        return Behind("", "", said.get("organ") or "", said.get("state") or "", said["day"], "，".join(texts))
    stage = line.stage_title(said["stage"])
    return Behind(said["case"], said["number"] or "", said["organ"], stage, said["day"], _what(line, said))


STATUS = {
    "running": "正在计算", "paused": "暂停", "met": "按期", "late": "逾期完成", "lapsed": "逾期未完成", "stopped": "不再计算",
}  # fmt: skip


def _what(line: Line, said: dict[str, Any]) -> str:
    if "action" in said:
        plan = line.plan(said["action"])
        return plan.title if plan else said["action"]
    if "clock" in said:
        clock = line.clock(said["clock"])
        return f"{clock.title if clock else said['clock']}：{STATUS[said['status']]}"
    return ""
