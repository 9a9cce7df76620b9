"""附表: every figure and mechanism the city published for the year, and how the records answer it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from yifa import registry
from yifa.city.published import Published, published
from yifa.city.published import Row as PublishedRow
from yifa.law.loader import DataError, load_yaml
from yifa.statistics.figures import Figure
from yifa.statistics.report import phrases

SECTIONS = ("序", "一", "二", "三", "四", "五", "六")
NEARLY = Decimal("0.95")  # 近: not above, and at most a twentieth below


# Published rows that are one value of an indicator's dimension.
OF_DIMENSION = {
    "dispute_centre_stations": ("kind", "station"), "dispute_mediation_studios": ("kind", "studio"),
}  # fmt: skip


class Relation(StrEnum):
    """How a published row stands to the records."""

    MET = "相符"
    DIFFERS = "不符"
    SAMPLE = "样本，不作比较"
    NOT_YET = "尚未计算"
    SHOWN = "以指标印证"


class Row(NamedTuple):
    """A row of the annex. `why`: what the relation rests on, or the line that will compute it."""

    number: int
    section: str
    title: str
    published: str
    computed: str
    relation: Relation
    why: str


@cache
def line_titles() -> Mapping[str, str]:
    """Chinese names of all lines, built or not."""
    found: Any = load_yaml("yifa.statistics.report", "lines.yaml")
    return dict(found)


def line_title(code: str) -> str:
    """The Chinese name of a line."""
    return registry.line(code).title if code in registry.known() else line_titles().get(code, code)


def published_of(number: int) -> Published | None:
    """What the city published for the year, if anything is kept."""
    try:
        return published(registry.CITY, number)
    except DataError:
        return None


def lines_of_part(number: int, index: int) -> tuple[str, ...]:
    """Lines whose matters the published report told in this part, in its order."""
    report = published_of(number)
    rows = report.rows if report else ()
    return tuple(dict.fromkeys(row.line for row in rows if row.section == SECTIONS[index]))


Of = Callable[[Figure, str, str], Figure]  # a figure narrowed to one value of a dimension


def annex_rows(
    number: int, figures: Mapping[str, Figure], of: Of, *, sampled: bool, empty: tuple[str, ...]
) -> tuple[str, tuple[Row, ...]]:
    """Source and rows of the annex; nothing if nothing was published for the year."""
    report = published_of(number)
    if report is None:
        return "", ()
    narrowed = {row.id: of(figures[row.indicator], *OF_DIMENSION[row.id]) for row in report.rows
                if row.id in OF_DIMENSION and figures.get(row.indicator)}  # fmt: skip
    own = {row.id: narrowed.get(row.id, figures.get(row.indicator)) for row in report.rows}
    rows = (_row(n, row, own[row.id], sampled, empty) for n, row in enumerate(report.rows, 1))
    return report.source, tuple(rows)


def _row(number: int, row: PublishedRow, figure: Figure | None, sampled: bool, empty: tuple[str, ...]) -> Row:
    relation, computed, why = _relation(row, figure, sampled, empty)
    return Row(number, row.section, row.title, _published(row), computed, relation, why)


_SAID = {"=": "{}", ">": "{}以上", ">=": "至少{}", "~": "近{}"}


def _published(row: PublishedRow) -> str:
    if row.value is None:
        return "—"
    value = phrases.percent(row.value) if row.unit == "%" else phrases.exact(row.value, row.unit)
    return _SAID[row.op].format(value)


def _relation(
    row: PublishedRow, figure: Figure | None, sampled: bool, empty: tuple[str, ...]
) -> tuple[Relation, str, str]:
    line = (row.indicator or row.record or row.line).partition(".")[0]
    if figure is None:
        return Relation.NOT_YET, "—", _waiting(row, line)
    if line in empty and figure.named.of_cases:
        return Relation.NOT_YET, "—", f"{line_title(line)}本年度没有记录"
    if figure.value is None:
        return Relation.NOT_YET, "—", figure.missing or "没有可供计算的案件"
    shown = _shown(figure)
    if row.value is None or (row.unit == "%") != figure.is_rate:
        return Relation.SHOWN, shown, figure.named.indicator.title
    if sampled:
        return Relation.SAMPLE, shown, figure.named.indicator.title
    relation = Relation.MET if meets(row, figure.value) else Relation.DIFFERS
    return relation, shown, figure.named.indicator.title


def _waiting(row: PublishedRow, line: str) -> str:
    title = line_title(line)
    if line not in registry.known():
        return f"待“{title}”条线建立{'指标' if row.indicator else '记录'}"
    return f"由“{title}”条线的名录或者记录印证，尚不能逐项对应"


def _shown(figure: Figure) -> str:
    value = figure.value
    assert value is not None
    return phrases.percent(value) if figure.is_rate else phrases.exact(value, figure.named.indicator.unit)


def meets(row: PublishedRow, computed: Decimal) -> bool:
    """Whether the computed value is what the published words say."""
    value: Any = row.value
    rounded = computed.quantize(Decimal(1).scaleb(value.as_tuple().exponent)) if row.op == "=" else computed
    return bool({
        "=": rounded == value, ">": computed > value, ">=": computed >= value, "~": NEARLY * value <= computed <= value,
    }[row.op])  # fmt: skip
