"""Sums in capital figures, after the rules for bills (支付结算办法 附件一) and their examples."""

from decimal import Decimal

import pytest

from yifa.documents.money import capitals, figures


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角整"),  # one 零 for a gap in the middle
        ("6007.14", "陆仟零柒元壹角肆分"),  # one 零 for several
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),  # none needed where the yuan ends in 0
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),  # 零 where there is no 角
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("10", "壹拾元整"),
        ("1800", "壹仟捌佰元整"),
        ("20000", "贰万元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("1234567.80", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整"),
        ("100000001", "壹亿零壹元整"),
        ("1000000000", "壹拾亿元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capital_figures(amount: str, text: str) -> None:
    assert capitals(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["-0.01", "10000000000000000"])
def test_what_cannot_be_written(amount: str) -> None:
    with pytest.raises(ValueError, match="金额超出"):
        capitals(Decimal(amount))


def test_no_two_sums_are_written_alike() -> None:
    cents = [*range(12_000), *range(99_990, 101_200), *range(999_990, 1_001_200)]
    assert len({capitals(Decimal(n) / 100) for n in cents}) == len(set(cents))


def test_nothing_is_doubled() -> None:
    for n in range(0, 10_000_000, 997):
        text = capitals(Decimal(n) / 100)
        assert "零零" not in text
        assert text.endswith(("整", "分"))


@pytest.mark.parametrize(("amount", "text"), [("1800", "1800.00"), ("0.005", "0.01"), ("3.1", "3.10")])
def test_figures_have_two_decimals(amount: str, text: str) -> None:
    assert figures(Decimal(amount)) == text
