"""How far away a working day can be when the holiday notice is not yet out.

The rule, which is experience and not law: a stretch of unknown days will not hold fewer working days than
the worst stretch of known days of the same length did, give or take `RESERVE` days. Looking back, every year
from 2006 to 2026 kept within 2 days of the worst seen before it (the 2 were the extended Spring Festival of
2020), so one more is kept in reserve. The other bound needs no experience: any unknown day may be worked.
"""

from collections.abc import Sequence
from operator import sub

RESERVE = 3

# Longer stretches are judged as several of at most this many working days: about a year.
LONGEST_STRETCH = 250


class WorstSpans:
    """The greatest distance, in days, from a day to the n-th working day after it, judged by known days."""

    __slots__ = ("_days", "_longest", "_spans")

    def __init__(self, days: Sequence[int]) -> None:
        """days  ordinals of all known working days, in order; at least two."""
        self._days = days
        self._longest = min(LONGEST_STRETCH, len(days) // 2)
        self._spans: dict[int, int] = {0: 0}

    def within(self, n: int) -> int:
        """Days within which the n-th working day after any day comes, reserve included; n >= 1."""
        stretches, rest = divmod(n, self._longest)
        return stretches * self._span(self._longest) + self._span(rest) + RESERVE

    def _span(self, n: int) -> int:
        """The worst start is a working day itself: a rest day before the same n days is nearer to them."""
        if n not in self._spans:
            self._spans[n] = max(map(sub, self._days[n:], self._days))
        return self._spans[n]
