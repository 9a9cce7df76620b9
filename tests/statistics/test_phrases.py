"""The value chooses the word: 余, 近, 超, 达, 成, 首次突破, 比上年."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.statistics.report import phrases as p

D = Decimal


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (46_012, "件", "4.6万余件"), (11_980, "件", "近1.2万件"), (11_563, "件", "1.1万余件"), (12_000, "件", "1.2万件"),
        (7_512, "件", "7500余件"), (4_398, "套", "近4400套"), (1_018, "件", "1000余件"), (999, "件", "999件"), (1_000, "件", "1000件"),
        (149_700, "次", "近15万次"), (4_100_123, "宗", "410万余宗"), (100_020, "件", "10万余件"), (0, "件", "0件"),
        (9_980, "件", "近1万件"), (99_900, "件", "近10万件"),
    ],
)  # fmt: skip
def test_about(value: int, unit: str, said: str) -> None:
    assert p.about(D(value), unit) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (66_210, "超6.6万件次"),
        (60_000, "达6万件次"),
        (1_000, "达1000件次"),
        (640, "640件次"),
        (203_000, "超20万件次"),
    ],
)
def test_over(value: int, said: str) -> None:
    assert p.over(D(value), "件次") == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("8030000", "803万人"),
        ("92200", "9.22万人"),
        ("11563", "11563人"),
        ("3202", "3202人"),
        ("10000", "1万人"),
        ("12.5", "12.5人"),
    ],
)
def test_exact(value: str, said: str) -> None:
    assert p.exact(D(value), "人") == said


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [
        (11_563, [9_000, 8_000], "首次突破1万件"), (11_563, [9_000], "首次突破1万件"), (11_563, [9_000, 12_000], "突破1万件"),
        (11_563, [10_500], ""), (11_563, [], ""), (11_563, [None, 9_000], ""), (11_563, [9_000, None, 8_000], "首次突破1万件"),
        (25_000, [10_000], "首次突破2万件"), (6_000, [4_000], "首次突破5000件"), (10_000, [9_000], ""), (800, [700], ""),
        (1_000, [700], ""), (1_001, [1_000], "首次突破1000件"), (10_000, [4_000], "首次突破5000件"),
    ],
)  # fmt: skip
def test_first_over(value: int, before: list[int | None], said: str) -> None:
    assert p.first_over(D(value), [None if b is None else D(b) for b in before], "件") == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [("81.3", "超八成"), ("80.00", "八成"), ("79.6", "近八成"), ("98.5", "超九成"), ("100.00", "100%"), ("9.99", "9.99%"), ("10", "一成"), ("58", "近六成"), ("57.9", "超五成")],
)  # fmt: skip
def test_tenths(rate: str, said: str) -> None:
    assert p.tenths(D(rate)) == said


@pytest.mark.parametrize(
    ("value", "before", "rate", "said"),
    [
        ("110", "100", False, "比上年增长10%"), ("95", "100", False, "比上年下降5%"), ("100", "100", False, "与上年持平"),
        ("7", "0", False, ""), ("7", None, False, ""), ("97.42", "95.92", True, "比上年提高1.5个百分点"),
        ("10", "0", True, "比上年提高10个百分点"), ("4", "3", False, "比上年增长33.3%"), ("2", "3.0", True, "比上年下降1个百分点"),
    ],
)  # fmt: skip
def test_beside_last_year(value: str, before: str | None, rate: bool, said: str) -> None:
    assert p.beside_last_year(D(value), None if before is None else D(before), rate=rate) == said


def number_in(said: str) -> D:
    digits = said.translate({ord(c): None for c in "近余超达件"})
    return D(digits.removesuffix("万")) * (10_000 if digits.endswith("万") else 1)


@given(st.integers(0, 10**9))
def test_no_word_says_more_than_the_value(value: int) -> None:
    """余 and 超 stand above the number named, 近 below it by at most a twentieth, no word on it exactly."""
    said = p.about(D(value), "件")
    named = number_in(said)
    if "余" in said:
        assert named < value <= named * D("1.1")
    elif said.startswith("近"):
        assert named * D("0.95") <= value < named
    else:
        assert named == value
    more = p.over(D(value), "件")
    assert number_in(more) < value if more.startswith("超") else number_in(more) == value
