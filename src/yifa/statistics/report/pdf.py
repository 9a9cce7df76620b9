"""The report as PDF/A, and its charts as pictures, set by the project's typesetter."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from yifa.documents.fonts import load_fonts
from yifa.documents.render import Typesetter
from yifa.documents.wording import chinese_date, clean, even_lines
from yifa.statistics.charts import Bars, svg
from yifa.statistics.report.build import BuiltPart, Report
from yifa.statistics.report.words import annex_summary, before_title, columns, note_text, now_title

TITLE_LENGTH = 20
FONT = "FandolHei"


@lru_cache(maxsize=2)
def _typesetter(fonts: Path | None, template: str = "report.typ") -> Typesetter:
    return Typesetter(template, load_fonts(fonts))


def pdf(report: Report, fonts: Path | None = None) -> bytes:
    """The PDF, dated with the cut-off, so that the same report is the same bytes."""
    return _typesetter(fonts).pdf(compose(report), report.known_at)


def png(chart: Bars, fonts: Path | None = None) -> bytes:
    """A chart as a picture, for forms that cannot hold its SVG."""
    return _typesetter(fonts, "chart.typ").png(svg(chart, FONT))


def compose(report: Report) -> str:
    """The JSON that `report.typ` reads. Text crosses as data, never as markup."""
    data = {
        "title": even_lines(report.title, TITLE_LENGTH), "mark": f"{report.city}司法局", "dated": _day(report.known_at),
        "said": [clean(text) for text in report.statements], "parts": [_part(part) for part in report.parts],
        "notes": {str(note.number): clean(f"{note.title}：{note_text(note)}") for note in report.notes},
        "figures": [list(row) for row in columns(report)],
        "heads": [now_title(report), before_title(report)],
        "annex": [
            [str(r.number), r.section, r.title, r.published, r.computed, str(r.relation), r.why] for r in report.annex
        ],
        "source": f"公布数据来源：{report.source}。{annex_summary(report)}",
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False)


def _day(day: date) -> str:
    return chinese_date(day)


def _part(part: BuiltPart) -> dict[str, object]:
    return {
        "title": clean(part.title),
        "blocks": [
            _chart(b) if isinstance(b, Bars) else {"kind": "text", "runs": list(b)} for b in part.blocks
        ],
        "left": clean(f"本部分未写入：{'；'.join(part.left_out)}。") if part.left_out else "",
    }


def _chart(chart: Bars) -> dict[str, object]:
    return {"kind": "chart", "title": clean(chart.title), "svg": svg(chart, FONT)}
