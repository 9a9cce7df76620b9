"""The means of a household (domain §5): whose income counts, over which months, and which assets are large."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from yifa.language.acts import ParameterValues
from yifa.law.periods import add_months
from yifa.lines.legal_aid.inputs import IncomeItem

MONTHS = 6  # GDH Art. 3: the six months before the application, read as full calendar months
LARGE_HOME = 144  # m²
CENT = Decimal("0.01")
APPLICANT = frozenset({"applicant", "self", "本人", "申请人"})


class Means(NamedTuple):
    """Yuan a month and person; None where nothing was stated."""

    income: Decimal | None
    spending: Decimal | None
    large_assets: bool


def means_of(data: Mapping[str, Any], day: date, parameters: ParameterValues) -> Means:
    """The means stated in an application received on `day`."""
    members = counted(data)
    return Means(
        per_capita(members, "income", day, data.get("per_capita_income")),
        per_capita(members, "spending", day, data.get("per_capita_spending")),
        has_large_assets(data, len(members), parameter(parameters, "mean_floor_area", day)),
    )


def counted(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """Members whose means count: the family living together, or the applicant alone against one of them (PR12 15(2))."""
    members = tuple(data.get("household") or ())
    if not data.get("opponent_in_household"):
        return members
    own = tuple(m for m in members if m.relation in APPLICANT)
    return own or members[:1]


def per_capita(members: tuple[Any, ...], name: str, day: date, stated: Decimal | None) -> Decimal | None:
    """Sum ÷ 6 ÷ members, cents kept; `stated` is a figure already worked out, None if nothing is known."""
    if stated is not None:
        return stated
    known = [value for member in members if (value := getattr(member, name)) is not None]
    if not known:
        return None
    total = sum([_six_months(value, day) for value in known], Decimal(0))
    return (total / MONTHS / len(members)).quantize(CENT, ROUND_HALF_UP)


def _six_months(value: Any, day: date) -> Decimal:
    """The total of six months: of a monthly mean, of six monthly figures, or of the items of those months."""
    if isinstance(value, Decimal | int):
        return Decimal(value) * MONTHS
    if value and isinstance(value[0], IncomeItem):
        wanted = months_before(day)
        return sum((item.amount for item in value if item.month in wanted), Decimal(0))
    return sum(value, Decimal(0))


def months_before(day: date) -> frozenset[str]:
    """The six full calendar months before the month of `day`, as 2023-01."""
    return frozenset(f"{add_months(day, -n):%Y-%m}" for n in range(1, MONTHS + 1))


def has_large_assets(data: Mapping[str, Any], heads: int, mean_area: Any) -> bool:
    """The local list (first item seen, the rest flagged by hand): two homes, or one of 144 m² and more, with a floor area per head above the local mean."""
    assets = data.get("assets") or ()
    if not assets:
        return False
    if any(asset.large for asset in assets):
        return True
    homes = [asset.area or Decimal(0) for asset in assets if asset.kind == "home"]
    if len(homes) < 2 and not any(area >= LARGE_HOME for area in homes):
        return False
    return mean_area is None or sum(homes, Decimal(0)) / max(heads, 1) > Decimal(str(mean_area))


def parameter(parameters: ParameterValues, code: str, day: date, default: Any = None) -> Any:
    """A parameter's value on `day`, or `default` where the city has none."""
    if code not in parameters.table:
        return default
    value = parameters.at(code, day)
    return default if value is None else value
