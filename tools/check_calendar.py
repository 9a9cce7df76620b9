"""Compare the shipped calendar, day by day, with two independent libraries.

Usage: python tools/check_calendar.py

Prints every day on which `holidays` or `chinesecalendar` differs, with what the year file says of it, and
exits with 1 if a difference is not recorded there as disputed. Run it whenever a notice is added.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module

from yifa.law.calendar import Calendar, standard_calendar


def sources(calendar: Calendar) -> dict[str, Callable[[date], bool]]:
    """The libraries by name, each as a function day → worked."""
    years = range(calendar.years[0].year, calendar.years[-1].year + 1)
    return {
        "holidays": import_module("holidays").China(years=years).is_working_day,
        "chinesecalendar": import_module("chinese_calendar").is_workday,
    }


def settled_days(calendar: Calendar) -> Iterator[date]:
    """Every day the notices settle."""
    day = date(calendar.years[0].year, 1, 1)
    while day <= calendar.known_until:
        yield day
        day += timedelta(days=1)


def main() -> int:
    """Print the comparison; 1 if some difference is not recorded."""
    calendar = standard_calendar()
    disputed = {entry.day: entry for year in calendar.years for entry in year.disputed}
    checked, unrecorded = 0, 0
    libraries = sources(calendar)
    for day in settled_days(calendar):
        checked += 1
        worked = calendar.is_workday(day)
        differing = [name for name, is_workday in libraries.items() if is_workday(day) != worked]
        if differing:
            entry = disputed.get(day)
            unrecorded += entry is None
            reason = f"disputed, decided by {entry.by}" if entry else "NOT RECORDED"
            print(f"{calendar.describe_day(day)}: {', '.join(differing)} differ(s): {reason}")
    print(
        f"{calendar.edition}: {checked} days compared with {' and '.join(libraries)}, {unrecorded} unrecorded"
    )
    return 1 if unrecorded else 0


if __name__ == "__main__":
    sys.exit(main())
