"""Duty rosters 值班表: a lawyer may not sit in two places at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Shift(NamedTuple):
    """A half-day at a place: detention house, court or procuratorate. What is not fixed yet is None."""

    place: str | None
    day: date | None
    half: str | None
    lawyer: str | None


def clashes(shifts: Iterable[Shift]) -> tuple[tuple[Shift, Shift], ...]:
    """Pairs (earlier in the list, later) that put one lawyer in two places in the same half-day."""
    held: dict[tuple[str, date, str], list[Shift]] = defaultdict(list)
    found: list[tuple[Shift, Shift]] = []
    for shift in shifts:
        if shift.lawyer is None or shift.day is None or shift.half is None:
            continue
        others = held[shift.lawyer, shift.day, shift.half]
        found.extend((other, shift) for other in others if other.place != shift.place)
        others.append(shift)
    return tuple(found)
