"""Rates: the best of several short runs, because the machine is shared and noise only slows down."""

import time
from collections.abc import Callable


def rate(work: Callable[[], int], seconds: float = 0.6, runs: int = 3) -> float:
    """Units per second; `work` does some units and returns how many. The best of `runs` runs."""
    return max(_once(work, seconds) for _ in range(runs))


def _once(work: Callable[[], int], seconds: float) -> float:
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
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
