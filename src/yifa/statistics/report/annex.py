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
from yifa.statistics.catalogue import catalogue
from yifa.statistics.charts import label
from yifa.statistics.figures import Figure
from yifa.statistics.report import phrases

SECTIONS = ("序", "一", "二", "三", "四", "五", "六")
NEARLY = Decimal("0.95")  # 近: not above, and at most a twentieth below


# Published rows that are one value of an indicator's dimension.
OF_DIMENSION = {
    "dispute_centre_stations": ("kind", "station"), "dispute_mediation_studios": ("kind", "studio"),
    "legal_aid_criminal_full": ("kind", "crim_defence_notified"),
}  # fmt: skip

# Published rows that name the cases of a line as their record, and the indicator over those cases that shows it.
OF_CASES = {
    "cross_area_acceptance": "reconsideration.cross_district_count", "litigation_tracking": "litigation.answer_on_time_rate",
    "legal_aid_criminal_full": "legal_aid.legal_aid_cases", "duty_lawyer_substance": "legal_aid.duty_help_cases",
}  # fmt: skip
# Records of the table that a line keeps under another name.
KEPT_AS = {"reconsideration.opinions_suggestions": "reconsideration.opinions"}


class Relation(StrEnum):
    """How a published row stands to the records."""

    MET = "相符"
    DIFFERS = "不符"
    SAMPLE = "样本，不作比较"
    NOT_YET = "尚未计算"
    SHOWN = "以指标印证"
    KEPT = "以名录印证"


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
Held = Callable[[str], int]  # how many entries a register (line.code) holds at the year's end


def annex_rows(
    number: int, figures: Mapping[str, Figure], of: Of, held: Held, *, sampled: bool, empty: tuple[str, ...]
) -> tuple[str, tuple[Row, ...]]:
    """Source and rows of the annex; nothing if nothing was published for the year."""
    report = published_of(number)
    if report is None:
        return "", ()
    answers = (_answer(row, figures, of, held, sampled, empty) for row in report.rows)
    rows = (
        Row(n, row.section, row.title, _published(row), computed, relation, why)
        for n, (row, (relation, computed, why)) in enumerate(zip(report.rows, answers, strict=True), 1)
    )
    return report.source, tuple(rows)


Answer = tuple[Relation, str, str]  # the relation, what was computed, what it rests on


def _answer(
    row: PublishedRow, figures: Mapping[str, Figure], of: Of, held: Held, sampled: bool, empty: tuple[str, ...]
) -> Answer:  # fmt: skip
    """By the indicator of the row; by one that shows it; by the register that keeps it; else: not yet."""
    own = figures.get(row.indicator)
    figure = own or figures.get(_shown_by().get(row.id, ""))
    if figure is None:
        return _kept(row, held)
    narrowed = of(figure, *OF_DIMENSION[row.id]) if row.id in OF_DIMENSION else figure
    return _relation(row if own else row._replace(value=None), narrowed, sampled, empty)


@cache
def _shown_by() -> Mapping[str, str]:
    """Published row → the indicator that says it shows it."""
    said = {n.indicator.published: name for name, n in catalogue().items() if n.indicator.published}
    return {**said, **OF_CASES}


def _kept(row: PublishedRow, held: Held) -> Answer:
    """By the register named as the row's record, if a line keeps it."""
    record = KEPT_AS.get(row.record, row.record)
    line, _, code = record.partition(".")
    found = next((r for r in registry.line(line).registers if r.code == code), None) if line in registry.known() else None  # fmt: skip
    if found is None:
        return Relation.NOT_YET, "—", _waiting(row)
    count = held(record)
    if not count:
        return Relation.NOT_YET, "—", f"名录“{found.title}”没有记录（{line_title(line)}）"
    return Relation.KEPT, f"{count}条", f"名录“{found.title}”"


_SAID = {"=": "{}", ">": "{}以上", ">=": "至少{}", "~": "近{}"}


def _published(row: PublishedRow) -> str:
    if row.value is None:
        return "—"
    value = phrases.percent(row.value) if row.unit == "%" else phrases.exact(row.value, row.unit)
    return _SAID[row.op].format(value)


def _relation(row: PublishedRow, figure: Figure, sampled: bool, empty: tuple[str, ...]) -> Answer:
    line = figure.named.line.code
    if line in empty and figure.named.of_cases:
        return Relation.NOT_YET, "—", f"{line_title(line)}本年度没有记录"
    if figure.value is None:
        return Relation.NOT_YET, "—", figure.missing or "没有可供计算的案件"
    shown, title = _shown(figure), _titled(figure)
    if row.value is None or (row.unit == "%") != figure.is_rate:
        return Relation.SHOWN, shown, title
    if sampled:
        return Relation.SAMPLE, shown, title
    return Relation.MET if meets(row, figure.value) else Relation.DIFFERS, shown, title


def _titled(figure: Figure) -> str:
    """The indicator, and to which value of which dimension it was narrowed."""
    title = figure.named.indicator.title
    return f"{title}：{label(*figure.of, figure.named.line)}" if figure.of else title


def _waiting(row: PublishedRow) -> str:
    """Which line will compute or record it."""
    line = (row.indicator or row.record or row.line).partition(".")[0]
    return f"待“{line_title(line)}”条线建立{'指标' if row.indicator else '记录'}"


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
