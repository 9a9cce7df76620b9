"""Texts that all three forms of the report share."""

from collections import Counter

from yifa.statistics.figures import Figure
from yifa.statistics.report import phrases
from yifa.statistics.report.annex import Relation
from yifa.statistics.report.build import Note, Report

NO_RECORD = "无记录"


def value_of(figure: Figure) -> str:
    """A figure with its unit; — where there is none."""
    if figure.value is None:
        return figure.shown
    return f"{figure.shown}%" if figure.is_rate else phrases.exact(figure.value, figure.named.indicator.unit)


def columns(report: Report) -> list[tuple[str, str, str, str, str]]:
    """附表一: line, indicator, the year's value, the value of the year before, check code."""
    return [
        (
            now.named.line.title, now.named.indicator.title, _recorded(report, now, 0), _recorded(report, before, 1),
            now.check_code,
        )
        for now, before in report.figures
    ]  # fmt: skip


def _recorded(report: Report, figure: Figure, years_back: int) -> str:
    """The value; of a year without records, that there are none, never a nought."""
    if figure.named.of_cases and not report.recorded[figure.named.line.code][years_back]:
        return NO_RECORD
    return value_of(figure)


def note_text(note: Note) -> str:
    """Definition, period and cut-off, what was divided by what, and the check code."""
    figure = note.figure
    said = [f"{note.definition}。{figure.period.title}，数值为{value_of(figure)}"]
    if figure.is_rate:
        said.append(f"（{figure.numerator:f}÷{figure.denominator:f}）")
    return f"{''.join(said)}。核验码{figure.check_code}。"


def now_title(report: Report) -> str:
    """The heading of the year's column."""
    return f"{report.year}年"


def before_title(report: Report) -> str:
    """The heading of the column of the year before."""
    return f"{report.year - 1}年"


def annex_summary(report: Report) -> str:
    """共250项：相符3项，……"""
    counts = Counter(row.relation for row in report.annex)
    parts = "，".join(f"{relation}{counts[relation]}项" for relation in Relation if counts[relation])
    return f"共{len(report.annex)}项：{parts}。"
