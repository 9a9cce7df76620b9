"""Every path declared has a share in the mix and is taken; every act of every line is done somewhere, or it is said why not."""

from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.utils import timezone

from tests.simulation import people_in_clear
from tests.simulation.test_year import FAR, differences
from yifa.casework.audit import faults
from yifa.casework.models import EventRow
from yifa.language.kernel_actions import KERNEL_ACTIONS
from yifa.people.city import load_organs
from yifa.registry import city_env, city_of
from yifa.registry import line as line_of
from yifa.simulation.behaviour import BEHAVIOUR
from yifa.simulation.lists import fill
from yifa.simulation.mix import standard
from yifa.simulation.plan import Year, plan
from yifa.simulation.run import in_bulk
from yifa.simulation.tally import Tally
from yifa.simulation.world import SimulatedWorld

# Acts no path takes, and why.
NOT_TAKEN = {
    "move_version": "only after a version was chosen wrongly; the generator knows the governing date",
    "erase": "asked for by a person long after the year, and would take data out of the sample: tests/casework/test_erasure.py",
    "add_passages": "for a document that is opened and lacks a passage; a load leaves documents to be made when opened",
    "freeze_document": "the house's own act when a document is first opened",
}  # fmt: skip
YEARS = (Year(2023, 7, 1, date(2024, 1, 15)), Year(2024, 8, 1, date(2025, 1, 15)))


class Told(NamedTuple):
    """What the generator counted, the acts that are on record: (line, act), how many acts of a line tell of people, and where
    somebody stands in the clear.
    """

    tally: Tally
    acts: set[tuple[str, str]]
    people: Counter[str]
    leaks: list[str]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Told:
    """Every path twice, in a year of the old law of reconsideration and in one of the new; figures hold in both."""
    both = Told(Tally(YEARS[-1].until), set(), Counter(), [])
    with django_db_blocker.unblock():
        for when in YEARS:
            with transaction.atomic():
                both.tally.merge(_told(when))
                both.acts.update(EventRow.objects.values_list("case__line", "action").distinct())
                both.people.update(people_in_clear.sealed(SimulatedWorld(timezone.now())))
                both.leaks.extend(people_in_clear.in_tables())
                transaction.set_rollback(True)
    return both


def _told(when: Year) -> Tally:
    tally = Tally(when.until)
    load_organs(city_of())
    morning = timezone.make_aware(datetime.combine(when.first, datetime.min.time()))
    fill(city_of(), when._replace(scale=0.001), 2023, morning, tally)
    found, _ = in_bulk(when, plan(FAR, when, city_of(), city_env().calendar))
    for year in (when.year, when.year + 1):
        assert {k: v for k, v in differences(FAR, found, year).items() if not k.endswith(_ON_LISTS)} == {}
    assert (
        list(faults(SimulatedWorld(timezone.make_aware(datetime.combine(when.until, datetime.min.time())))))
        == []
    )
    return found


# What is on the lists is counted elsewhere (test_year).
_ON_LISTS = ("mediators", "mediation_orgs", "stations", "volunteers", "contests", "coverage")


def test_every_path_has_a_share_in_the_mix() -> None:
    shares = {
        line: {path for group in groups for path in group.paths} for line, groups in standard().lines.items()
    }
    assert shares == {line: set(paths) for line, paths in BEHAVIOUR.items()}


@pytest.mark.django_db
def test_every_path_is_taken(told: Told) -> None:
    assert {f"{line}.{path}" for line, paths in BEHAVIOUR.items() for path in paths} == set(told.tally.paths)


@pytest.mark.django_db
@pytest.mark.parametrize("line", BEHAVIOUR)
def test_every_act_is_done(told: Told, line: str) -> None:
    own = {action.code for action in line_of(line).actions}
    assert {code for code in own if (line, code) not in told.acts} == set()


@pytest.mark.django_db
def test_acts_of_every_line_are_done_in_one_at_least_or_it_is_said_why_not(told: Told) -> None:
    done = {act for _, act in told.acts}
    assert {action.code for action in KERNEL_ACTIONS} - done == set(NOT_TAKEN)
    assert all(NOT_TAKEN.values())


@pytest.mark.django_db
def test_errors_are_refused_in_every_line(told: Told) -> None:
    for line, paths in BEHAVIOUR.items():
        assert any(step.wrong for path in paths.values() for step in path.steps), line
    assert sum(told.tally.refused.values()) >= 2 * 2 * len(BEHAVIOUR)


@pytest.mark.django_db
def test_nobody_stands_in_the_clear_in_any_column_of_any_table(told: Told) -> None:
    """Every act of every line has been done, and all four lines tell of people."""
    assert told.leaks == []
    assert all(told.people[line] > 50 for line in BEHAVIOUR), told.people
