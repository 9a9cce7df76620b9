"""Numbers as Chinese reports write them: 11563, 11,563, １２, 4.6万, 1亿2000万, 三千二百零二, 两, 九点五.

Pure text work; values are exact decimals in the base unit (4.6万 is 46000).
"""

import re
from decimal import Decimal
from typing import Final

# Full-width forms that stand one for one, so that places in the text stay what they are.
NARROW: Final = str.maketrans("０１２３４５６７８９．％＋－／", "0123456789.%+-/")

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8}
_ARABIC: Final = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_MAGNITUDE: Final = r"(?:[十百千]?[万亿]+|[百千])"
_HAN: Final = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
_MIXED: Final = rf"{_ARABIC}(?:{_MAGNITUDE}(?:{_ARABIC}{_MAGNITUDE}?)*)?"
NUMBER: Final = rf"(?:{_MIXED}|{_HAN})"


def value_of(text: str) -> Decimal | None:
    """The value of a whole numeral; None if the text is none (万 alone is 10000)."""
    text = text.translate(NARROW)
    found = _mixed(text) if re.fullmatch(_MIXED, text) else _han(text) if re.fullmatch(_HAN, text) else None
    return None if found is None else _short_form(found)


def _short_form(value: Decimal) -> Decimal:
    """Without zeros after the point, and without an exponent."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _mixed(text: str) -> Decimal:
    """Arabic digits with magnitudes: every part counts by its own magnitude (1亿2000万)."""
    total = Decimal(0)
    for number, magnitude in re.findall(rf"({_ARABIC})({_MAGNITUDE}?)", text):
        total += Decimal(re.sub("[,，]", "", number)) * _power(magnitude)
    return total


def _power(magnitude: str) -> int:
    found = 1
    for character in magnitude:
        found *= {**_SMALL, **_LARGE}[character]
    return found


def _han(text: str) -> Decimal | None:
    whole, _, fraction = text.partition("点")
    number = _digit_row(whole) if _is_row(whole) else _spoken(whole)
    if number is None:
        return None
    places = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{number}.{places}") if places else Decimal(number)


def _is_row(text: str) -> bool:
    """二〇二三: digits one after the other, without any magnitude."""
    return len(text) > 1 and all(c in _DIGITS for c in text)


def _digit_row(text: str) -> int:
    return int("".join(str(_DIGITS[c]) for c in text))


def _spoken(text: str) -> int | None:
    """三千二百零二万五千: sections of 亿 and 万, each of thousands, hundreds and tens."""
    for character, power in (("亿", 10**8), ("万", 10**4)):
        if character in text:
            before, _, after = text.rpartition(character)
            high = _spoken(before) if before else 1
            low = _short(after, power // 10) if len(after) == 1 else _spoken(after)
            return None if high is None or low is None else high * power + low
    return _section(text)


def _short(text: str, power: int) -> int | None:
    """三万五 is 35000: a single digit after a magnitude counts by the next lower one."""
    return _DIGITS[text] * power if text in _DIGITS else _section(text)


def _section(text: str) -> int | None:
    """Below ten thousand; None if magnitudes do not descend or two digits stand side by side."""
    total, digit, last = 0, None, 10_000
    for character in text:
        if character in _SMALL:
            if _SMALL[character] >= last:
                return None
            last = _SMALL[character]
            total, digit = total + (1 if digit is None else digit) * last, None
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    # 三千二 is 3200, but 三千零二 is 3002 and 二十二 is 22.
    short = last // 10 if text[-2:-1] in ("百", "千") else 1
    return total + (digit or 0) * short
