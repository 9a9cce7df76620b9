"""Charts of figures: options for echarts, which the desk draws, and a plain SVG for the report."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import Any, NamedTuple

from yifa import registry
from yifa.city.load import load as load_city
from yifa.language.line import Line
from yifa.language.words import words
from yifa.statistics.catalogue import Named, source_columns
from yifa.statistics.figures import Figure, by_dimension
from yifa.statistics.live import Engine
from yifa.statistics.period import Period

UNKNOWN = "未填写"
INK, BAR, RULE = "#24303a", "#2f6b8f", "#c8d0d6"


class Bars(NamedTuple):
    """A bar chart: what it shows, its unit, and a bar for each value (None: nothing could be computed)."""

    title: str
    unit: str
    bars: tuple[tuple[str, Decimal | None], ...]


def bars(
    engine: Engine, named: Named, period: Period, dimension: str, scope: Iterable[str] | None = None
) -> Bars:
    """An indicator by a dimension, the largest first; what is not filled in comes last."""
    found = by_dimension(engine, named, period, dimension, scope)
    ranked = sorted(found, key=lambda pair: (pair[0] is None, -(pair[1].value or 0), pair[0] or ""))
    column = (source_columns(named.line, "cases") or {}).get(dimension)
    by = column.title if column else {"month": "月份"}.get(dimension, dimension)
    title = f"{period.title}{named.indicator.title}（按{by}）"
    return Bars(
        title, named.indicator.unit, tuple((label(dimension, k, named.line), f.value) for k, f in ranked)
    )


def label(dimension: str, value: str | None, line: Line | None = None) -> str:
    """How a value of a dimension is called: districts and organs by the city's data, codes by the words of the line."""
    if value is None:
        return UNKNOWN
    city = load_city(registry.CITY)
    if dimension == "district":
        names = {district.code: district.name for district in city.districts}
        return names.get(value, "市本级" if value.endswith("00") else value)
    organ = city.organs.get(value)
    return organ.name if organ else _spelled(dimension, value, line)


def _spelled(dimension: str, value: str, line: Line | None) -> str:
    """A code in the line's words: of this name, else of a field of this name (`Station.kind`)."""
    tables = words(line.package) if line else {}
    named = [tables.get(dimension, {}), *(t for name, t in tables.items() if name.endswith(f".{dimension}"))]
    return next((table[value] for table in named if value in table), value)


def option(chart: Bars) -> dict[str, Any]:
    """What echarts needs to draw it: horizontal bars, so that long names stand whole."""
    names = [name for name, _ in reversed(chart.bars)]
    values = [None if value is None else float(value) for _, value in reversed(chart.bars)]
    return {
        "title": {"text": chart.title, "textStyle": {"fontSize": 14, "color": INK}},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "grid": {"left": 8, "right": 48, "top": 40, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "name": chart.unit},
        "yAxis": {"type": "category", "data": names},
        "series": [{"type": "bar", "data": values, "label": {"show": True, "position": "right"}, "color": BAR}],
    }  # fmt: skip


def beside(figures: Sequence[tuple[Figure, Figure]]) -> dict[str, Any]:
    """Options for this year beside the last, one pair of bars a figure."""
    now, before = (
        [None if f.value is None else float(f.value) for f in side] for side in zip(*figures, strict=True)
    )
    names = [figure.named.indicator.title for figure, _ in figures]
    first, last = figures[0][0].period.title, figures[0][1].period.title
    return {
        "tooltip": {"trigger": "axis"}, "legend": {"data": [last, first]},
        "xAxis": {"type": "category", "data": names}, "yAxis": {"type": "value"},
        "series": [{"name": last, "type": "bar", "data": before, "color": RULE}, {"name": first, "type": "bar", "data": now, "color": BAR}],
    }  # fmt: skip


_ROW, _LEFT, _WIDTH, _RIGHT, _SIZE = 26, 150, 620, 110, 13


def svg(chart: Bars, font: str = "sans-serif") -> str:
    """The chart as SVG: a name, a bar and its number in each row."""
    height = _ROW * len(chart.bars) + 8
    largest = max((value for _, value in chart.bars if value is not None), default=Decimal(0)) or Decimal(1)
    room = _WIDTH - _LEFT - _RIGHT
    rows = "".join(
        _bar(n, name, value, int(room * value / largest) if value else 0, chart.unit)
        for n, (name, value) in enumerate(chart.bars)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(chart.title)}" font-family="{escape(font)}" font-size="{_SIZE}" fill="{INK}">'
        f'<line x1="{_LEFT}" y1="2" x2="{_LEFT}" y2="{height - 6}" stroke="{RULE}"/>{rows}</svg>'
    )


def _bar(row: int, name: str, value: Decimal | None, width: int, unit: str) -> str:
    y, middle = row * _ROW + 4, row * _ROW + 4 + _SIZE + 1
    said = "—" if value is None else f"{value:f}{unit}"
    return (
        f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{_LEFT}" y="{y}" width="{width}" height="18" fill="{BAR}"/>'
        f'<text x="{_LEFT + width + 6}" y="{middle}">{escape(said)}</text>'
    )
