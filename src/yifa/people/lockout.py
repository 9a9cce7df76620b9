"""How failed log-ins lock: a pure function of their moments. Nothing is switched on or off; a lock ends by itself.

Source: GB/T 22239-2019 8.1.4.1 (failed log-ins are to be limited). How many and how long is the installation's own rule.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

MEMORY = timedelta(hours=24)  # failures older than this no longer count
LONGEST = timedelta(hours=24)


class Limits(NamedTuple):
    """After `failures` in a row a lock of `minutes`; each further failure doubles it, up to a day."""

    failures: int
    minutes: int


class Standing(NamedTuple):
    """What the failures of one account or address come to: how many count, and until when it is locked."""

    failures: int = 0
    until: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """Whether nobody may try at this moment."""
        return self.until is not None and now < self.until


def standing(failures: Iterable[datetime], cleared: Iterable[datetime], now: datetime, limits: Limits) -> Standing:  # fmt: skip
    """The standing at a moment. `cleared`: moments that wipe out what failed before them (a log-in, an unlocking)."""
    since = max([now - MEMORY, *cleared])
    counted = sorted(at for at in failures if at > since)
    over = len(counted) - limits.failures
    if over < 0:
        return Standing(len(counted))
    lock = min(timedelta(minutes=limits.minutes) * 2 ** min(over, 20), LONGEST)
    return Standing(len(counted), counted[-1] + lock)
