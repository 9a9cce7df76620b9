"""Peer review of finished cases: two reviewers, a third where they lie far apart, then a grade (LAL 57, SF/T 0085)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

GRADES = ("excellent", "good", "pass")
FAILED = "fail"


def needs_third(scores: Sequence[Decimal], gap: int) -> bool:
    """Whether two reviewers lie more than `gap` points apart, so that a third must score."""
    return len(scores) == 2 and abs(scores[0] - scores[1]) > gap


def final_score(scores: Sequence[Decimal]) -> Decimal:
    """Mean of two scores; of three, the mean of the two that lie nearest to each other (the higher pair on a tie)."""
    if len(scores) == 2:
        return (scores[0] + scores[1]) / 2
    low, middle, high = sorted(scores)
    pair = (low, middle) if middle - low < high - middle else (middle, high)
    return (pair[0] + pair[1]) / 2


def grade(scores: Sequence[Decimal], thresholds: Mapping[str, int]) -> str:
    """excellent | good | pass | fail by the lowest score of each grade."""
    score = final_score(scores)
    return next((name for name in GRADES if score >= thresholds[name]), FAILED)
