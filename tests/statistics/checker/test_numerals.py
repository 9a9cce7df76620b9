"""Numbers as reports write them; a number written in any fashion is read as what it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.statistics.checker.numerals import value_of

EXAMPLES = {
    "11563": "11563", "11,563": "11563", "11，563": "11563", "１１５６３": "11563", "4.6万": "46000", "9.22万": "92200",
    "410万": "4100000", "1亿2000万": "120000000", "4万6千": "46000", "3百": "300", "8千万": "80000000", "2.5万亿": "2500000000000",
    "万": "10000", "百": "100", "十": "10", "十二": "12", "二十": "20", "二十二": "22", "两": "2", "两千": "2000", "三千二": "3200",
    "三千零二": "3002", "三千二百零二": "3202", "三万五": "35000", "三万零五": "30005", "一万一千五百六十三": "11563", "二〇二三": "2023",
    "九点五": "9.5", "九十七点四二": "97.42", "一亿零三万": "100030000", "两万亿": "2000000000000", "〇": "0",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), EXAMPLES.items())
def test_examples(text: str, value: str) -> None:
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "件", "1,56", "百千", "二百三百", "三五千", "12件", "1..2", "点五", "1.2.3", "万亿百千"]
)
def test_what_is_no_number(text: str) -> None:
    assert value_of(text) is None


DIGITS = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """A number below 10¹² in words, written independently of the reader."""
    if number < 10:
        return DIGITS[number]
    for power, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= power:
            high, low = divmod(number, power)
            gap = "零" if low and low * 10 < power else ""
            return spoken(high) + name + gap + (spoken(low) if low else "")
    raise AssertionError


@given(st.integers(0, 10**12 - 1))
def test_any_whole_number_in_words(number: int) -> None:
    assert value_of(spoken(number)) == number


@given(st.integers(0, 10**13))
def test_any_whole_number_in_digits(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@given(st.integers(1, 9_999), st.integers(0, 99))
def test_any_number_of_ten_thousands(whole: int, places: int) -> None:
    assert value_of(f"{whole}.{places:02}万") == Decimal(f"{whole}.{places:02}") * 10_000
