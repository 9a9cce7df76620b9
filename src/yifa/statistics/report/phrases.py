"""How an official report says a number: 4.6万余件, 近1.2万件, 超八成, 首次突破1万件, 比上年增长3.2%. The value chooses the word.

Practice of official writing: 余 and 超 say that the true value lies above the number named, 近 that it lies just below.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from yifa.law.citation import chinese_number

WAN = 10_000
ROUND_FROM = 1_000  # smaller numbers are said exactly
NEAR = Decimal("0.8")  # the last fifth of a step is 近 the next number
MILESTONES = (1, 2, 5)


def exact(value: Decimal, unit: str) -> str:
    """11563件; whole hundreds above ten thousand as 9.22万人次."""
    if value >= WAN and value % 100 == 0:
        return f"{_plain(value / WAN)}万{unit}"
    return f"{_plain(value)}{unit}"


def about(value: Decimal, unit: str) -> str:
    """Two leading digits: 7500余件, 近1.2万件; what is round already is said as it is."""
    step = _step(value)
    if step is None or value % step == 0:
        return exact(value, unit)
    below = value - value % step
    if value - below >= step * NEAR:
        return f"近{exact(below + step, unit)}"
    whole = f"{_plain(below / WAN)}万" if below >= WAN else _plain(below)
    return f"{whole}余{unit}"


def over(value: Decimal, unit: str) -> str:
    """超6.6万件次; a number reached exactly is 达, a small one is said as it is."""
    step = _step(value)
    if step is None:
        return exact(value, unit)
    below = value - value % step
    return f"{'达' if below == value else '超'}{exact(below, unit)}"


def first_over(value: Decimal, before: Sequence[Decimal | None], unit: str) -> str:
    """首次突破1万件, if no year on record had reached that milestone; 突破, if only the last had not; else nothing.

    before  earlier years, the last one first; None: nothing is recorded of that year.
    """
    milestone = _milestone(value)
    if milestone is None or not before or before[0] is None or before[0] > milestone:
        return ""
    known = [earlier for earlier in before if earlier is not None]
    word = "首次突破" if max(known) <= milestone else "突破"
    return f"{word}{exact(milestone, unit)}"


def tenths(rate: Decimal) -> str:
    """超八成, 近八成, 八成; under a tenth and the whole are said in per cent."""
    if rate < 10 or rate >= 100:
        return percent(rate)
    whole, rest = divmod(rate, 10)
    if rest == 0:
        return f"{chinese_number(int(whole))}成"
    if rest >= 10 * NEAR and whole < 9:
        return f"近{chinese_number(int(whole) + 1)}成"
    return f"超{chinese_number(int(whole))}成"


def percent(rate: Decimal) -> str:
    """97.42%, 100%."""
    return f"{_plain(rate)}%"


def beside_last_year(value: Decimal, before: Decimal | None, *, rate: bool) -> str:
    """比上年增长3.2%, 比上年提高1.5个百分点, 与上年持平; nothing where there is nothing to compare with."""
    if before is None or (before == 0 and not rate):
        return ""
    if value == before:
        return "与上年持平"
    grown = value > before
    if rate:
        return f"比上年{'提高' if grown else '下降'}{_plain(abs(value - before))}个百分点"
    share = (abs(value - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"比上年{'增长' if grown else '下降'}{_plain(share)}%"


def _step(value: Decimal) -> Decimal | None:
    """The unit of the second leading digit; None for numbers that are said exactly."""
    return None if value < ROUND_FROM else Decimal(1).scaleb(value.adjusted() - 1)


def _milestone(value: Decimal) -> Decimal | None:
    """The largest of 1, 2, 5 times a power of ten that lies below the value, from a thousand on."""
    if value <= ROUND_FROM:
        return None
    power = Decimal(1).scaleb(value.adjusted())
    found = [power * m for m in MILESTONES if power * m < value]
    return found[-1] if found else power / 2


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
