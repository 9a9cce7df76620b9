"""Drafts held against the records: as of a cut-off, only by lines that are kept, never by a sample."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from yifa.city.published import published
from yifa.statistics.catalogue import catalogue, find
from yifa.statistics.checker import records as module
from yifa.statistics.checker.check import check
from yifa.statistics.checker.records import Records
from yifa.statistics.checker.sources import candidates
from yifa.statistics.figures import Figure
from yifa.statistics.period import Period

REPORT = published("guangzhou", 2023)
AT = timezone.make_aware(datetime(2024, 1, 31, 12))


class Engine:
    """Stands for the live tables; `compute` is replaced by a table in these tests."""

    known_at = AT


def table(values: dict[int, dict[str, int]]) -> Any:
    """A `compute` that gives these values by year and indicator, and 0 for the rest."""

    def compute(engine: Any, wanted: Any, period: Period) -> dict[str, Figure]:
        own = values.get(period.first.year, {})
        return {n: Figure(find(n), period, AT, Decimal(own.get(n, 0))) for n in catalogue()}

    return compute


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    values = {
        2023: {"reconsideration.new_applications": 11563, "legal_aid.legal_aid_cases": 46012},
        2022: {"reconsideration.new_applications": 9800},
    }
    monkeypatch.setattr(module, "compute", table(values))
    return Records(Engine(), REPORT, None)  # type: ignore[arg-type]


def test_an_indicator_answers_the_published_row(records: Records) -> None:
    assert records.known("reconsideration_new_cases", 2023).value == 11563
    assert records.known("reconsideration.new_applications", 2022).value == 9800
    assert records.known_at == AT.date()


@pytest.mark.parametrize(
    ("key", "year", "because"),
    [
        ("enforcement_results_published", 2023, "line_not_built"),
        ("reconsideration_national_top10", 2023, "no_indicator"),
        ("reconsideration_new_cases", 2019, "no_records"),
        ("mediation_success_rate", 2023, "no_records"),
    ],
)
def test_why_there_is_no_number(records: Records, key: str, year: int, because: str) -> None:
    found = records.known(key, year)
    assert (found.value, found.because) == (None, because)


def test_a_sample_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "compute", table({}))
    sampled = Records(Engine(), REPORT, Decimal("0.02"))  # type: ignore[arg-type]
    assert sampled.known("reconsideration_new_cases", 2023).because == "sample_only"


def test_a_draft_is_judged_by_the_records(records: Records) -> None:
    text = "全年新收复议案件11653件，首次突破万宗。办理各类法律援助案件4.6万余件。"
    found = check(text, 2023, candidates(REPORT), [records])
    assert [(c.figure.text, c.verdict) for c in found.figures] == [
        ("11653件", "wrong"),
        ("首次突破万宗", "right"),
        ("4.6万余件", "right"),
    ]
    assert found.figures[0].judgements[0].text == "与记录不一致：文稿为11653件，应为11563件"
