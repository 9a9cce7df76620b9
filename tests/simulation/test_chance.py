"""Seeded chance, arrivals, invented people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.law.calendar import standard_calendar
from yifa.law.identity import id_number_problem
from yifa.law.loader import DataError
from yifa.simulation import fiction
from yifa.simulation.arrivals import arrivals
from yifa.simulation.chance import allot, chance, pick, scaled, sizes
from yifa.simulation.mix import parse, standard, volume


def test_names_make_the_chance() -> None:
    assert chance(1, "a").random() == chance(1, "a").random()
    assert chance(1, "a").random() != chance(2, "a").random() != chance(2, "b").random()


@given(
    st.integers(0, 5000), st.dictionaries(st.text(max_size=3), st.floats(0.01, 100), min_size=1, max_size=9)
)
def test_allotted_numbers_add_up_and_are_near(total: int, weights: dict[str, float]) -> None:
    found = allot(total, weights)
    assert sum(found.values()) == total
    full = sum(weights.values())
    assert all(abs(found[name] - total * weight / full) < 1 for name, weight in weights.items())


@given(st.integers(0, 3000), st.integers())
def test_groups_are_as_many_people_as_asked(total: int, seed: int) -> None:
    found = sizes(total, (0.5, 0.3, 0.2), chance(seed))
    assert sum(found) == total
    assert all(1 <= size <= 3 for size in found)


def test_a_part_of_one_happens_as_often_as_it_is_large() -> None:
    rng = chance("part")
    found = [scaled(250, 0.001, rng) for _ in range(2000)]
    assert set(found) == {0, 1}
    assert 400 < sum(found) < 600
    assert scaled(37, 1, rng) == 37


def test_pick_follows_the_weights() -> None:
    rng = chance("pick")
    found = [pick(rng, {"a": 3, "b": 1}) for _ in range(2000)]
    assert 1400 < found.count("a") < 1600


def test_arrivals_keep_to_working_days_unless_told_otherwise() -> None:
    calendar = standard_calendar()
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    days = arrivals(calendar, first, last, 3000, chance("days"))
    assert days == sorted(days)
    assert all(calendar.is_workday(day) for day in days)
    assert not any(day.month == 1 and 21 <= day.day <= 27 for day in days)  # the Spring Festival of 2023
    off = [
        day
        for day in arrivals(calendar, first, last, 3000, chance("days"), 0.3)
        if not calendar.is_workday(day)
    ]
    assert 200 < len(off) < 600
    by_month = [sum(day.month == month for day in days) for month in range(1, 13)]
    assert by_month[0] < by_month[10]


def test_nobody_is_real() -> None:
    rng = chance("people")
    day = date(2023, 6, 1)
    for number in range(300):
        made = fiction.party(rng, number, day)
        assert made["name"].startswith("测试")
        assert id_number_problem(made["id_number"], day) is None
        assert made["id_number"].startswith(fiction.NOWHERE)
        assert made["phone"].startswith("000")
    assert "样本" in fiction.company(rng, 1)


def test_volumes_come_from_the_published_report() -> None:
    mix = standard()
    groups = {group.name: group for group in mix.lines["mediation"]}
    assert (
        volume(groups["screenings"], mix.lines["mediation"], mix.report)
        == 150000 * groups["screenings"].times
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"report": 2023}, "lines"),
        ({"report": 2023, "lines": {"a": [{"name": "x", "paths": {"p": "viel"}}]}}, "paths"),
    ],
)
def test_a_malformed_mix_is_named(raw: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        parse(raw)


def test_a_volume_nobody_published_is_named() -> None:
    mix = parse({"report": 2023, "lines": {"a": [{"name": "x", "of": "no_such_row", "paths": {"p": 1}}]}})
    with pytest.raises(DataError, match="no_such_row"):
        volume(mix.lines["a"][0], mix.lines["a"], 2023)
