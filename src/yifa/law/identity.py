"""Checks of identity numbers: 公民身份号码 (GB 11643) and 统一社会信用代码 (GB 32100)."""

from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def id_number_problem(number: str) -> str | None:
    """None if the 18 characters are well formed, else a code: format, birth_date, check_digit (MOD 11-2)."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return "format"
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birth_date"
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return None if number[17].upper() == _CHECKS[total % 11] else "check_digit"


def uscc_problem(code: str) -> str | None:
    """None if the unified social credit code is valid, else the code `invalid`."""
    try:
        uscc.validate(code)
    except ValidationError:
        return "invalid"
    return None
