"""Citations are printed as lawyers write them."""

import pytest

from yifa.law.citation import Practice, both, chinese_number, cites_of, leaving_out
from yifa.law.statute import statute


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (90, "九十"),
        (100, "一百"), (101, "一百零一"), (105, "一百零五"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"),
        (564, "五百六十四"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十"),
        (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_numerals(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numerals_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match="no article numeral"):
        chinese_number(number)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((30,), "《行政复议法》(2023)第三十条"),
        ((30, 1), "《行政复议法》(2023)第三十条第一款"),
        ((30, 1, 7), "《行政复议法》(2023)第三十条第一款第七项"),
        ((41, None, 5), "《行政复议法》(2023)第四十一条第五项"),
    ],
)
def test_printed(place: tuple[int, ...], text: str) -> None:
    assert str(statute("L23").art(*place)) == text


def test_article_with_sub_number() -> None:
    assert statute("APL").art(12, 1, sub=2).place == "第十二条之二第一款"


def test_practice_and_several() -> None:
    cites = both(statute("L23").art(39), Practice("全城通办"))
    assert str(cites) == "《行政复议法》(2023)第三十九条；实务规则（无法条）：全城通办"
    assert cites_of(cites) == (statute("L23").art(39),)
    assert cites_of(statute("L23").art(39)) == (statute("L23").art(39),)
    assert cites_of(Practice("x")) == ()


def test_a_source_is_cited_without_the_law_that_does_not_govern() -> None:
    new, old, rule = statute("L23").art(70), statute("L17").art(28, 1, 4), Practice("一贯做法")
    assert leaving_out(both(new, old), frozenset({"L17"})) == new
    assert leaving_out(both(new, old, rule), frozenset({"L17"})) == both(new, rule)
    assert leaving_out(both(new, old), frozenset({"APL"})) == both(new, old)
    assert leaving_out(both(old), frozenset({"L17"})) == both(old)  # nothing else would be left
    assert leaving_out(old, frozenset({"L17"})) == old
    assert leaving_out(both(new, old), frozenset()) == both(new, old)
