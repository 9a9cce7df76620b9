"""A small year: what is caused is what is counted."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from yifa.casework.models import Case
from yifa.language.indicators import ParameterAt
from yifa.language.sources import REGISTER
from yifa.people.city import load_organs
from yifa.registry import city_env, city_of
from yifa.simulation.behaviour import BEHAVIOUR
from yifa.simulation.lists import fill
from yifa.simulation.mix import Mix, parse, standard
from yifa.simulation.plan import NEIGHBOURS, Year, plan, shard_of, shards
from yifa.simulation.run import in_bulk
from yifa.simulation.tally import Tally
from yifa.statistics.catalogue import of_line
from yifa.statistics.figures import Figure, compute
from yifa.statistics.live import Live
from yifa.statistics.period import end_of, year

# Nothing like 2023: every path there is as often as any other, the rare ones too.
FAR = parse({
    "report": 2023,
    "lines": {line: [{"name": path, "number": 2, "paths": {path: 1}} for path in paths] for line, paths in BEHAVIOUR.items()},
})  # fmt: skip
SMALL, BOTH = (
    Year(2023, 1, 0.001, date(2023, 12, 31)),
    Year(2023, 4, 0.001, date(2024, 1, 15), last_year=True),
)


@pytest.fixture(scope="module", autouse=True)
def lists(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tally]:
    """The registers and the tally of them, once for the module, in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic():
        tally = Tally(SMALL.until)
        load_organs(city_of())
        fill(city_of(), SMALL, 2023, timezone.make_aware(datetime(2023, 1, 1, 8)), tally)
        yield tally
        transaction.set_rollback(True)


def test_a_plan_is_made_of_the_seed_alone() -> None:
    calendar = city_env().calendar
    first, again, other = (
        plan(standard(), SMALL._replace(seed=seed), city_of(), calendar) for seed in (1, 1, 2)
    )
    assert first == again != other
    assert [one.arrives for one in first] == sorted(one.arrives for one in first)
    assert len({one.key for one in first}) == len(first)


def test_shards_keep_districts_whole() -> None:
    planned = plan(standard(), SMALL, city_of(), city_env().calendar)
    found = shards(planned)
    places = [{shard_of(one.organ) for one in shard} for shard in found]
    assert all(len(each) == 1 for each in places)
    assert len(set[str]().union(*places)) == len(found) == len(NEIGHBOURS)
    assert sorted(one for shard in found for one in shard) == sorted(planned)
    assert all([one.arrives for one in shard] == sorted(one.arrives for one in shard) for shard in found)
    assert len(found[0]) > len(found[-1]), "the longest first"


def told(mix: Mix, year: Year) -> tuple[Tally, int]:
    """The year, all of it in this process."""
    return in_bulk(year, plan(mix, year, city_of(), city_env().calendar))


def differences(mix: Mix, told: Tally, when: int) -> dict[str, tuple[Any, Any]]:
    """Figure → what the indicator says and what the tally says, where they are not the same."""
    wanted = [
        n for line in mix.lines for n in of_line(line) if not isinstance(n.indicator.figure, ParameterAt)
    ]
    kept = when == 2023  # what is on the lists is counted at the end of that year
    own = {n.name: n for n in wanted if kept or not any(part.source.startswith(REGISTER) for part in n.parts)}
    found, counted = compute(Live(end_of(told.until)), own.values(), year(when)), told.figures(when)
    pairs = {
        name: (said(figure), in_tally(counted.get(name, {}), rate=figure.is_rate))
        for name, figure in found.items()
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def said(figure: Figure) -> Any:
    """What an indicator says: a number, or what a rate was divided from."""
    return (figure.numerator, figure.denominator) if figure.is_rate else figure.value


def in_tally(parts: Mapping[str, int], *, rate: bool) -> Any:
    """The same as the tally has it."""
    return (parts.get("hit", 0), parts.get("of", 0)) if rate else parts.get("value", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("when", [SMALL, BOTH], ids=["2023", "2022 and 2023"])
def test_indicators_equal_the_tally(when: Year, lists: Tally) -> None:
    """So they do where every path is as frequent as any other: test_every_act."""
    tally, written = told(standard(), when)
    tally.merge(lists)
    assert written > 500
    assert tally.refused["wrong_stage"]
    for number in (2022, 2023, 2024):
        assert differences(standard(), tally, number) == {}
    if when.last_year:
        both = tally.figures(2022), tally.figures(2023)
        before, now = (figures["reconsideration.new_applications"]["value"] for figures in both)
        assert 0.7 < before / now < 1


def test_with_the_year_before_the_year_itself_is_the_same() -> None:
    alone, both = (
        plan(standard(), SMALL._replace(last_year=last), city_of(), city_env().calendar)
        for last in (False, True)
    )
    assert [one for one in both if one.arrives >= SMALL.first] == alone
    assert both[0].arrives < date(2022, 2, 1)
    counts = [sum(one.line == line and one.arrives < SMALL.first for one in both) for line in BEHAVIOUR]
    assert all(counts)


@pytest.mark.django_db
def test_matters_of_the_year_before_are_open_on_new_years_day(lists: Tally) -> None:
    told(standard(), BOTH)
    opened = Case.objects.filter(events__seq=0, events__effective_on__lt="2023-01-01")
    running = opened.filter(events__effective_on__gte="2023-01-01").distinct()
    assert {row.line for row in running} == set(BEHAVIOUR)
