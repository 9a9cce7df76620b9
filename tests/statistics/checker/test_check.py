"""The whole check, on drafts written for it and on the real report where it lies beside the project."""

import json
import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

from yifa.city.published import Published, Row, published
from yifa.statistics.checker.check import Check, Checked, DraftError, as_json, check, decoded
from yifa.statistics.checker.page import page
from yifa.statistics.checker.sources import PublishedFigures, candidates

REPORT = Published(
    2023,
    "测试",
    (
        Row("cases", "二", 1, "count", "全年新收复议案件", "reconsideration", Decimal(871), "件"),
        Row("calls", "二", 1, "count", "法律咨询", "legal_aid", Decimal(90000), "人次", ">"),
        Row("rate", "二", 2, "rate", "人民调解成功率", "mediation", Decimal("97.1"), "%"),
        Row("rule", "二", 2, "mechanism", "调解员培训办法", "mediation"),
        Row("list", "二", 2, "list", "复议案件清单", "reconsideration", Decimal(1), "份"),
    ),
)
DRAFT = "全年新收复议案件871件，首次突破800件，提供法律咨询9万余人次。\n人民调解成功率96.1%，全国首创，食堂有座位300个。"
REAL = Path(__file__).resolve().parents[4] / "shared" / "report" / "guangzhou-2023.txt"
real = pytest.mark.skipif(not REAL.exists(), reason="needs the real report beside the project")


def checked(text: str = DRAFT, report: Published = REPORT) -> Check:
    return check(text, 2023, candidates(report), [PublishedFigures([report])])


def test_right_wrong_and_unchecked() -> None:
    found = [(c.figure.text, c.verdict, c.match and c.match.candidate.key) for c in checked().figures]
    assert found == [
        ("871件", "right", "cases"),
        ("首次突破800件", "unchecked", "cases"),
        ("9万余人次", "right", "calls"),
        ("96.1%", "wrong", "rate"),
        ("300个", "unchecked", None),
    ]


def test_as_json_it_carries_places_and_reasons() -> None:
    data = json.loads(json.dumps(as_json(checked()), ensure_ascii=False))
    assert data["summary"] == {"right": 2, "wrong": 1, "unchecked": 2}
    wrong = data["figures"][3]
    assert (wrong["line"], wrong["column"], wrong["value"], wrong["indicator"]) == (2, 8, "96.1", "rate")
    assert wrong["reasons"] == [
        {
            "source": "已公布数", "verdict": "wrong", "code": "differs", "value": "97.1",
            "text": "与已公布数不一致：文稿为96.1%，应为97.1%",
        }
    ]  # fmt: skip
    assert [claim["text"] for claim in data["claims"]] == ["首次", "全国首创"]


def test_without_any_source_nothing_is_judged() -> None:
    found = check(DRAFT, 2023, candidates(REPORT), [])
    assert found.counts() == {"unchecked": 5}


def test_mechanisms_and_lists_of_one_are_no_candidates() -> None:
    assert [c.key for c in candidates(REPORT)] == ["cases", "calls", "rate"]


def test_the_page_marks_every_figure_and_escapes_the_draft() -> None:
    text = page(checked("<script>x</script>全年新收复议案件872件&。"))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert text.count('class="figure wrong"') == 1
    assert "需要改正" in text
    assert "需要改正" not in page(checked("全年新收复议案件871件。"))
    assert "须注明来源" in page(checked("全国首创。"))


@pytest.mark.parametrize(
    "data", ["新收871件".encode(), "新收871件".encode("utf-8-sig"), "新收871件".encode("gb18030")]
)
def test_drafts_come_in_the_usual_encodings(data: bytes) -> None:
    assert decoded(data) == "新收871件"


def test_line_ends_are_made_one() -> None:
    assert decoded(b"a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\xff\xfe\xfd", b"a" * (4 * 1024 * 1024 + 1)])
def test_what_is_no_text_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(DraftError, match="文稿"):
        decoded(data)


# ------------------------------------------------------------------------------ the real report

TRUTH = published("guangzhou", 2023)
# Numbers that stand in the text and are no figure of the table: limits, minima, sub-counts, lists, ranks that qualify.
OTHERS = {"1个工作日", "6个工作日", "1名", "第一"}


@pytest.fixture(scope="module")
def real_check() -> Check:
    return checked(REAL.read_text(encoding="utf-8"), TRUTH)


def _rows_at(found: Checked) -> list[Row]:
    section = found.place.section[:1] or "序"
    return [
        r
        for r in TRUTH.rows
        if (r.section, r.sentence) == (section, found.place.sentence) and r.value == found.figure.value
    ]


@real
def test_every_count_and_rate_of_the_table_is_found(real_check: Check) -> None:
    at = {row.id for found in real_check.figures for row in _rows_at(found)}
    assert [row.id for row in TRUTH.rows if row.is_figure and row.id not in at] == []


@real
def test_no_figure_is_invented_in_the_real_report(real_check: Check) -> None:
    assert [
        c.figure.text for c in real_check.figures if not _rows_at(c) and c.figure.text not in OTHERS
    ] == []


@real
def test_figures_are_led_to_their_own_rows(real_check: Check) -> None:
    led = {
        c.match.candidate.key
        for c in real_check.figures
        if c.match and c.match.candidate.key in {r.id for r in _rows_at(c)}
    }
    figures = [row.id for row in TRUTH.rows if row.is_figure]
    assert [row for row in figures if row not in led] == []


@real
def test_the_real_report_agrees_with_what_was_published(real_check: Check) -> None:
    assert [c.figure.text for c in real_check.figures if c.verdict == "wrong"] == []


def _changed(figure: str, rate: bool) -> str | None:
    """The figure with another number, nearly as large; None where it holds no digits."""
    digits = re.search(r"\d+(?:\.\d+)?", figure)
    if digits is None:
        return None
    number = Decimal(digits.group())
    places = len(digits.group().partition(".")[2])
    other = number - 3 if rate else number + max(Decimal(1), (number / 10).quantize(Decimal(10) ** -places))
    return figure[: digits.start()] + f"{other:.{places}f}" + figure[digits.end() :]


@real
@pytest.mark.parametrize("seed", range(5))
def test_ten_changed_figures_are_the_ten_found(real_check: Check, seed: int) -> None:
    changeable = [c for c in real_check.figures if c.verdict == "right" and _changed(c.figure.text, False)]
    ten = random.Random(seed).sample(changeable, 10)
    text = real_check.text
    for found in sorted(ten, key=lambda c: -c.figure.start):
        new = _changed(found.figure.text, found.figure.kind == "rate")
        assert new is not None
        text = text[: found.figure.start] + new + text[found.figure.end :]
    wrong = [c for c in checked(text, TRUTH).figures if c.verdict == "wrong"]
    assert len(wrong) == 10
    assert {c.match.candidate.key for c in wrong if c.match} == {
        c.match.candidate.key for c in ten if c.match
    }
