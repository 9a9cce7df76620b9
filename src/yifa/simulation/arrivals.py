"""When matters come in: working days more than others, some months more than others, in office hours."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random

from yifa.law.calendar import Calendar

# How busy a month is, against a mean month: quiet around the Spring Festival, busy before the year ends.
SEASON = (0.78, 0.80, 1.08, 1.02, 1.02, 1.04, 1.03, 1.00, 1.05, 0.92, 1.12, 1.14)


def arrivals(
    calendar: Calendar, first: date, last: date, count: int, rng: Random, off_days: float = 0.0
) -> list[date]:
    """`count` days from `first` to `last`, in order. `off_days`: the weight of a day off against a working day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = [SEASON[day.month - 1] * (1.0 if calendar.is_workday(day) else off_days) for day in days]
    return sorted(rng.choices(days, cum_weights=list(accumulate(weights)), k=count))
