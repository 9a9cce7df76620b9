"""How dates, citations, lists and titles are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.documents.phrases import days, led, listed, pair, sections, sentence, wide
from yifa.documents.wording import chinese_date, even_lines, full_title, joined, law, numbered, ordinal
from yifa.law.statute import statute


@pytest.mark.parametrize(
    ("day", "text"), [(date(2024, 2, 6), "2024年2月6日"), (date(2023, 12, 31), "2023年12月31日")]
)
def test_dates_carry_no_leading_zeros(day: date, text: str) -> None:
    assert chinese_date(day) == text


@pytest.mark.parametrize(
    ("code", "place", "text"),
    [
        ("L23", (30, 1), "《中华人民共和国行政复议法》第三十条第一款"),
        ("L17", (28, 1, 3), "《中华人民共和国行政复议法》第二十八条第一款第三项"),
        ("REG", (57, 2), "《中华人民共和国行政复议法实施条例》第五十七条第二款"),
        ("LAL", (42, None, 3), "《中华人民共和国法律援助法》第四十二条第三项"),
        ("LAR", (19,), "《法律援助条例》第十九条"),
        ("PR", (27,), "《办理法律援助案件程序规定》第二十七条"),
    ],
)
def test_citations_give_the_full_title(code: str, place: tuple[int, ...], text: str) -> None:
    assert law(statute(code).art(*place)) == text


def test_full_title_of_an_interpretation_has_no_prefix() -> None:
    assert full_title("ICPL") == "《最高人民法院关于适用《刑事诉讼法》的解释》"


def test_lists_are_punctuated_as_one_sentence() -> None:
    assert numbered(["甲。", "乙；", "丙"]) == ("1.甲；", "2.乙；", "3.丙。")
    assert numbered([]) == ()
    assert [p.text for p in listed(["甲"])] == ["1.甲。"]


def test_small_phrases() -> None:
    assert ordinal(12) == "十二、"
    assert days(15) == "十五日"
    assert joined(["甲", "乙"]) == "甲、乙"
    assert sentence("甲；") == sentence("甲") == sentence("甲。 ") == "甲。"


def test_only_the_first_paragraph_carries_the_lead() -> None:
    assert [(p.lead, p.text) for p in led("查明：", ("甲", "乙"))] == [("查明：", "甲"), ("", "乙")]


def test_sections_are_numbered_without_the_empty_ones() -> None:
    blocks = sections((("空", ("",)), ("甲", ("文",)), ("乙", listed(["文"]))))
    assert [block.text for block in blocks] == ["一、甲", "文", "二、乙", "1.文。"]  # type: ignore[union-attr]


def test_form_rows_fill_four_columns() -> None:
    for row in (wide("甲", "乙"), pair(("甲", "乙"), ("丙", "丁"))):
        assert sum(cell.span for cell in row.cells) == 4
        assert row.cells[0].label


@given(st.text("公文标题示例", min_size=1, max_size=90), st.integers(5, 30))
def test_title_lines_are_even_and_lose_nothing(title: str, per_line: int) -> None:
    lines = even_lines(title, per_line)
    assert "".join(lines) == title
    assert all(0 < len(line) <= per_line for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= 1
