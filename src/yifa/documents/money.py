"""Sums of money as documents write them: 2000.00, and 贰仟元整 in the capital figures that cannot be altered."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "万亿")
_LARGEST: Final = Decimal(10) ** 16


def figures(amount: Decimal) -> str:
    """Two decimals, no separators."""
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def capitals(amount: Decimal) -> str:
    """人民币大写 (支付结算办法 附件一): 1409.50 is 壹仟肆佰零玖元伍角整. For 0 ≤ amount < 10^16, else ValueError."""
    if not 0 <= amount < _LARGEST:
        raise ValueError(f"金额超出可以书写的范围：{amount}")
    yuan, cents = divmod(int((amount * 100).to_integral_value(ROUND_HALF_UP)), 100)
    jiao, fen = divmod(cents, 10)
    head = f"{_whole(yuan)}元" if yuan or not cents else ""
    if not cents:
        return f"{head}整"
    tail = f"{_DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
    return head + tail + (f"{_DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    """The yuan: groups of four digits, with one 零 for every gap."""
    if not number:
        return _DIGITS[0]
    out, gap, group = "", False, 0
    while number:
        number, low = divmod(number, 10_000)
        if low:
            out = _four(low) + _GROUPS[group] + (_DIGITS[0] if gap and out else "") + out
        gap = low < 1_000
        group += 1
    return out


def _four(number: int) -> str:
    out, zero = "", False
    for place in range(4):
        number, digit = divmod(number, 10)
        if digit:
            out = _DIGITS[digit] + _PLACES[place] + ("零" if zero and out else "") + out
        zero = not digit
    return out
