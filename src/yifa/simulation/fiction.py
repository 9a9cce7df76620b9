"""People, firms and papers that exist nowhere, and look it. No name here can be anybody's."""

from datetime import date, timedelta
from random import Random
from typing import Any

STEMS = "甲乙丙丁戊己庚辛壬癸"
TRADES = ("餐饮", "建材", "家政", "物流", "服装", "电子", "装饰", "农产品")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
NOWHERE = "999999"  # no administrative division has this code


def person(rng: Random, number: int) -> str:
    """测试甲乙7: made of stems and a number."""
    return f"测试{rng.choice(STEMS)}{rng.choice(STEMS)}{number}"


def company(rng: Random, number: int) -> str:
    """A company of the same kind."""
    return f"广州样本{rng.choice(TRADES)}{number}号有限公司"


def born(rng: Random, day: date, youngest: int = 20, oldest: int = 75) -> date:
    """A day of birth of somebody so old on `day`."""
    return day - timedelta(days=rng.randrange(youngest * 366, oldest * 365))


def id_number(rng: Random, birth: date) -> str:
    """Eighteen digits with a good check digit, of a division that does not exist."""
    first = f"{NOWHERE}{birth:%Y%m%d}{rng.randrange(1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return first + _CHECKS[total % 11]


def address(rng: Random) -> str:
    """An address on a street that does not exist."""
    return f"广州市示例区样本路{rng.randrange(1, 999)}号{rng.randrange(101, 3209)}房"


def phone(rng: Random) -> str:
    """A number nobody can have: no mobile number begins with 000."""
    return f"000{rng.randrange(10**8):08d}"


def party(rng: Random, number: int, day: date) -> dict[str, Any]:
    """A party as the forms of reconsideration want one."""
    return {
        "id": f"p{number}", "name": person(rng, number), "id_number": id_number(rng, born(rng, day)),
        "address": address(rng), "phone": phone(rng),
    }  # fmt: skip
