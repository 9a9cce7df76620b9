"""What the city published: complete, well-formed, and led to an indicator or a record."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from yifa.city import published as module
from yifa.city.published import published
from yifa.law.loader import DataError

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "report_2023.yaml"
REPORT = published("guangzhou", 2023)


def test_the_report_has_its_250_rows_once_each() -> None:
    assert len(REPORT.rows) == 250
    assert max(Counter(row.id for row in REPORT.rows).values()) == 1
    assert REPORT.source


def test_every_figure_has_a_number_a_unit_and_an_indicator() -> None:
    figures = [row for row in REPORT.rows if row.is_figure]
    assert len(figures) == 83
    assert [row.id for row in figures if row.value is None or not row.unit or not row.indicator] == []


def test_every_row_leads_to_an_indicator_or_a_record() -> None:
    assert [row.id for row in REPORT.rows if not (row.indicator or row.record)] == []


def test_indicators_and_records_name_their_line() -> None:
    names = [name for row in REPORT.rows for name in (row.indicator, row.record) if name]
    assert [name for name in names if name.count(".") != 1] == []
    assert [row.id for row in REPORT.rows if row.indicator and row.indicator.split(".")[0] != row.line] == []


def test_a_year_without_report_is_an_error_with_its_name() -> None:
    with pytest.raises(DataError, match=r"report_1999\.yaml"):
        published("guangzhou", 1999)


@pytest.mark.parametrize("raw", [{}, {"rows": [{"id": "x"}]}, {"rows": 3}])
def test_malformed_data_are_refused_with_the_file(raw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_yaml", lambda package, name: raw)
    with pytest.raises(DataError, match=r"report_2001\.yaml"):
        published("guangzhou", 2001)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the acceptance table beside the project")
def test_the_data_are_those_of_the_acceptance_table() -> None:
    table = {entry["id"]: entry for entry in yaml.safe_load(SHARED.read_text(encoding="utf-8"))["entries"]}
    assert [row.id for row in REPORT.rows] == list(table)
    for row in REPORT.rows:
        given = table[row.id]
        assert (None if row.value is None else float(row.value), row.kind, row.line, row.sentence) == (
            given["value"], given["kind"], given["line"], given["sentence_no"],
        ), row.id  # fmt: skip
