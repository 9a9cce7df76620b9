"""`yifa report build`: from the records, or a snapshot of them, to three files."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from yifa.statistics.lake import Snapshot, SnapshotError
from yifa.statistics.live import Engine, live
from yifa.statistics.notes import notes
from yifa.statistics.period import end_of
from yifa.statistics.report import webpage, word
from yifa.statistics.report.build import TEMPLATE, EmptyYearError, Report, build
from yifa.statistics.report.pdf import pdf
from yifa.statistics.report.template import TemplateError


class ReportError(ValueError):
    """The report cannot be made; the text says why, for the person who asked."""


def make(
    year: int,
    out: Path,
    *,
    lake: Path | None = None,
    known_at: date | None = None,
    template: Path | None = None,
) -> list[Path]:
    """Build the report of a year and write it as HTML, PDF, DOCX and JSON; returns the files."""
    if lake is not None and known_at is not None:
        raise ReportError("快照有自己的截止时间，不能另行指定 --known-at")
    try:
        with _engine(lake, known_at) as (engine, said):
            report = build(engine, year, said, *_template(template))
    except (EmptyYearError, TemplateError, SnapshotError) as error:
        raise ReportError(str(error)) from error
    return write(report, out)


@contextmanager
def _engine(lake: Path | None, known_at: date | None) -> Iterator[tuple[Engine, Mapping[str, object]]]:
    if lake is not None:
        snapshot = Snapshot(lake)
        changed = list(snapshot.changed())
        if changed:
            raise SnapshotError(f"快照文件与导出时不一致：{'、'.join(changed)}")
        yield snapshot, snapshot.meta["notes"]
        return
    with live(end_of(known_at) if known_at else None) as engine:
        yield engine, notes()


def _template(path: Path | None) -> tuple[str | None, str]:
    return (None, TEMPLATE) if path is None else (path.read_text(encoding="utf-8"), path.name)


def write(report: Report, out: Path) -> list[Path]:
    """The report's files: report-2023.html, .pdf, .docx, and .json with every figure."""
    out.mkdir(parents=True, exist_ok=True)
    contents = {
        "html": webpage.page(report).encode(), "pdf": pdf(report), "docx": word.docx(report), "json": _json(report),
    }  # fmt: skip
    paths = [out / f"report-{report.year}.{ending}" for ending in contents]
    for path, data in zip(paths, contents.values(), strict=True):
        path.write_bytes(data)
    return paths


def _json(report: Report) -> bytes:
    figures = [
        {
            "name": now.named.name, "title": now.named.indicator.title, "value": now.shown, "unit": now.named.indicator.unit,
            "last_year": before.shown, "numerator": _text(now.numerator), "denominator": _text(now.denominator),
            "check_code": now.check_code, "missing": now.missing,
        }
        for now, before in report.figures
    ]  # fmt: skip
    annex = [{**row._asdict(), "relation": str(row.relation)} for row in report.annex]
    said = {"year": report.year, "known_at": report.known_at.isoformat(), "figures": figures, "annex": annex}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _text(value: object) -> str | None:
    return None if value is None else f"{value:f}"
