"""When failures lock and for how long: a table, and what must always hold."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.people.lockout import LONGEST, MEMORY, Limits, Standing, standing

NOW = datetime(2024, 3, 1, 9)
FIVE = Limits(5, 10)
minutes = st.lists(st.integers(0, 3000), max_size=30)


def ago(*values: float) -> list[datetime]:
    return [NOW - timedelta(minutes=value) for value in values]


@pytest.mark.parametrize(
    ("failures", "cleared", "counted", "left"),
    [
        ([], [], 0, None),
        ([4, 3, 2, 1], [], 4, None),
        ([5, 4, 3, 2, 1], [], 5, 9),  # ten minutes from the last one
        ([30, 29, 28, 27, 26], [], 5, -16),  # over
        ([30, 29, 28, 27, 26, 1], [], 6, 19),  # one more: twenty
        ([90, 80, 70, 60, 50, 40, 1], [], 7, 39),
        ([5, 4, 3, 2, 1], [0.5], 0, None),  # let in since
        ([5, 4, 3, 2, 1], [4.5], 4, None),
        ([5, 4, 3, 2, 1], [6], 5, 9),
        ([24 * 60 + 1, 4, 3, 2, 1], [], 4, None),  # older than a day
    ],
)
def test_standing(failures: list[float], cleared: list[float], counted: int, left: float | None) -> None:
    found = standing(ago(*failures), ago(*cleared), NOW, FIVE)
    until = None if left is None else NOW + timedelta(minutes=left)
    assert found == Standing(counted, until)
    assert found.locked(NOW) == (left is not None and left > 0)


def test_a_lock_ends_at_its_end() -> None:
    found = Standing(5, NOW)
    assert found.locked(NOW - timedelta(seconds=1))
    assert not found.locked(NOW)


@given(minutes, minutes)
def test_one_more_failure_never_shortens_a_lock(failures: list[int], cleared: list[int]) -> None:
    before = standing(ago(*failures), ago(*cleared), NOW, FIVE)
    after = standing([*ago(*failures), NOW], ago(*(c for c in cleared if c)), NOW, FIVE)
    assert after.failures >= before.failures
    assert (after.until or NOW) >= (before.until or NOW) or before.until is None


@given(minutes, st.integers(1, 10), st.integers(1, 10_000))
def test_no_lock_is_longer_than_a_day_nor_outlives_the_memory(failures: list[int], often: int, long: int) -> None:  # fmt: skip
    found = standing(ago(*failures), [], NOW, Limits(often, long))
    if found.until:
        assert found.until <= NOW + LONGEST
        later = found.until + MEMORY
        assert standing(ago(*failures), [], later, Limits(often, long)) == Standing()
