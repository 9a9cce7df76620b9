"""What the generator caused, counted from its own choices: never read by what computes figures, never reading it.

A count is a figure, a day, an organ. A share is the same with whether it is a hit. Something waited for (a decision
that is due, a feedback) is a share on its due day: a hit if it came in time, and no hit if it never came.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """What is counted: of which figure, which part of it (value, or hit and of), in which year, at which organ."""

    figure: str
    part: str
    year: int
    organ: str


class Tally:
    """The counts of one run, as they stand on the day it ends (`until`)."""

    def __init__(self, until: date) -> None:
        self.until = until
        self.counts: Counter[Entry] = Counter()
        self.acts: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.paths: Counter[str] = Counter()

    def count(self, figure: str, day: date, organ: str, amount: int = 1) -> None:
        """So many more of it, on this day."""
        self.counts[Entry(figure, "value", day.year, organ)] += amount

    def share(self, figure: str, day: date, organ: str, *, hit: bool) -> None:
        """One more of what a rate is about; `hit`: one of those asked for."""
        self.counts[Entry(figure, "of", day.year, organ)] += 1
        self.counts[Entry(figure, "hit", day.year, organ)] += hit

    def merge(self, other: "Tally") -> None:
        """Add what another shard caused."""
        self.counts.update(other.counts)
        self.acts.update(other.acts)
        self.refused.update(other.refused)
        self.paths.update(other.paths)

    def plain(self) -> tuple[Any, ...]:
        """As plain values, to hand it to another process."""
        counts = [(tuple(entry), number) for entry, number in self.counts.items()]
        return self.until, counts, dict(self.acts), dict(self.refused), dict(self.paths)

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> "Tally":
        """The tally again."""
        found = cls(plain[0])
        found.counts.update({Entry(*entry): number for entry, number in plain[1]})
        for own, given in zip((found.acts, found.refused, found.paths), plain[2:], strict=True):
            own.update(given)
        return found

    def figures(self, year: int, organ: str | None = None) -> dict[str, dict[str, int]]:
        """By figure: {"value": n}, or {"hit": n, "of": m} for a rate."""
        found: dict[str, dict[str, int]] = {}
        for entry, number in sorted(self.counts.items()):
            if entry.year == year and organ in (None, entry.organ):
                parts = found.setdefault(entry.figure, {})
                parts[entry.part] = parts.get(entry.part, 0) + number
        return found

    def as_data(self) -> Mapping[str, Any]:
        """For the file: figures by year, whole and by organ; acts, refusals and paths as a check of the mix."""
        years = sorted({entry.year for entry in self.counts})
        organs = sorted({entry.organ for entry in self.counts})
        return {
            "until": self.until.isoformat(),
            "figures": {str(year): self.figures(year) for year in years},
            "by_organ": {
                str(year): {organ: found for organ in organs if (found := self.figures(year, organ))}
                for year in years
            },
            "acts": dict(sorted(self.acts.items())), "refused": dict(sorted(self.refused.items())),
            "paths": dict(sorted(self.paths.items())),
        }  # fmt: skip
