"""The two times of a figure: the period its legal dates lie in, and the moment up to which records count."""

from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import timezone


class Period(NamedTuple):
    """Legal dates from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def before(self) -> "Period":
        """The same days a year earlier; 29 February becomes the 28th."""
        return Period(_year_earlier(self.first), _year_earlier(self.last))

    @property
    def title(self) -> str:
        """2023年, or the two days."""
        if self == year(self.first.year):
            return f"{self.first.year}年"
        return f"{_chinese(self.first)}至{_chinese(self.last)}"


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def end_of(day: date) -> datetime:
    """The cut-off at the end of a day: its last microsecond, in legal time."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _year_earlier(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28) if leap else day.replace(year=day.year - 1)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
