"""Rates on one core: work by this process's own processor time, the best of several short runs.

The machine may be shared; time spent waiting for it is nobody's cost, and noise only slows down.
"""

import time
from collections.abc import Callable


def rate(work: Callable[[], int], seconds: float = 0.6, runs: int = 5) -> float:
    """Units a second of processor time; `work` does some units and returns how many. The best of `runs` runs."""
    return max(_once(work, seconds) for _ in range(runs))


def _once(work: Callable[[], int], seconds: float) -> float:
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        done += work()
    return done / spent


def table(rows: list[tuple[str, str, str, str]]) -> None:
    """Print rows of (what, rate, beside, goal)."""
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def number(value: float) -> str:
    """1234567.8 → 1,234,568; small numbers keep two digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
