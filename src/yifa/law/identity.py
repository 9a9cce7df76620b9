"""Checks of identity numbers: 公民身份号码 (GB 11643-1999) and 统一社会信用代码 (GB 32100-2015)."""

import re
from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_BIRTH = date(1880, 1, 1)  # eighteen digits were introduced in 1999; nobody then alive was born earlier

# Registering authority (the prefixes GB 32100 assigns), kind of body, area, body, check; never I, O, S, V, Z.
_USCC = re.compile(r"[1-9ANY][0-9A-HJ-NP-RTUWXY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")


def id_number_problem(number: str, today: date | None = None) -> str | None:
    """None if the 18 characters are well formed, else a code: format, birth_date, check_digit (MOD 11-2).

    With `today`, a birth after it is a birth_date problem too. A small x is taken for X.
    """
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()) or number[0] == "0":
        return "format"
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birth_date"
    if birth < _FIRST_BIRTH or (today is not None and birth > today):
        return "birth_date"
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return None if number[17].upper() == _CHECKS[total % 11] else "check_digit"


def uscc_problem(code: str) -> str | None:
    """None if the unified social credit code is valid, else a code: format, check_digit."""
    if not _USCC.fullmatch(code):
        return "format"
    try:
        uscc.validate(code)
    except InvalidChecksum:
        return "check_digit"
    return None
