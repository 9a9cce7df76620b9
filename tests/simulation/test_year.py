"""A small year: what is caused is what is counted."""

from datetime import date

import pytest

from yifa.registry import city_env, city_of
from yifa.simulation.mix import Mix, parse, standard
from yifa.simulation.plan import Year, plan, shard_of, shards
from yifa.simulation.run import in_bulk
from yifa.simulation.tally import Tally
from yifa.statistics.catalogue import of_line
from yifa.statistics.figures import compute
from yifa.statistics.live import Live
from yifa.statistics.period import end_of, year

YEAR = Year(2023, 1, 0.001, date(2023, 12, 31))


FAR = parse({"report": 2023, "lines": {"mediation": [
    {"name": "screenings", "number": 40_000, "paths": {"nothing": 1, "prevented": 5, "settled_later": 4}},
    {"name": "mediations", "number": 90_000, "lead": 3, "paths": {
        "oral": 1, "written": 2, "confirmed": 6, "kept_late": 5, "late": 6, "extended": 6, "appraised": 6, "errors": 5, "failed": 6,
        "withdrawn": 5, "routed": 5}},
    {"name": "refusals", "number": 5000, "paths": {"refused": 1}},
]}})  # fmt: skip


def test_a_plan_is_made_of_the_seed_alone() -> None:
    calendar = city_env().calendar
    first, again, other = (
        plan(standard(), YEAR._replace(seed=seed), city_of(), calendar) for seed in (1, 1, 2)
    )
    assert first == again != other
    assert [one.arrives for one in first] == sorted(one.arrives for one in first)
    assert len({one.key for one in first}) == len(first)


def test_shards_keep_districts_whole() -> None:
    planned = plan(standard(), YEAR, city_of(), city_env().calendar)
    found = shards(planned, 3)
    assert frozenset[str]().union(*found) == {shard_of(one.organ) for one in planned}
    assert sum(map(len, found)) == len(frozenset[str]().union(*found))


def told(mix: Mix, year: Year) -> tuple[Tally, int]:
    """The year, all of it in this process."""
    return in_bulk(year, plan(mix, year, city_of(), city_env().calendar))


@pytest.mark.django_db
@pytest.mark.parametrize(("mix", "seed"), [(standard(), 1), (FAR, 7)], ids=["2023", "far from 2023"])
def test_indicators_equal_the_tally(mix: Mix, seed: int) -> None:
    tally, written = told(mix, YEAR._replace(seed=seed))
    assert written > 300
    live = Live(end_of(YEAR.until))
    wanted = [named for line in mix.lines for named in of_line(line)]
    found, counted = compute(live, wanted, year(2023)), tally.figures(2023)
    for name, figure in found.items():
        if figure.missing:
            continue
        parts = counted.get(name, {})
        if figure.is_rate:
            assert (figure.numerator, figure.denominator) == (parts.get("hit", 0), parts.get("of", 0)), name
        else:
            assert figure.value == parts.get("value", 0), name
