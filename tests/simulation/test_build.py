"""A whole build: people who can log in, open matters in all colours, drafts that can be signed, a tally that holds."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone

from tests.simulation.test_year import differences
from yifa.casework import inbox, proposals
from yifa.casework.audit import faults
from yifa.casework.log import waiting
from yifa.casework.models import Case, EventRow, Proposal
from yifa.casework.requests import Done
from yifa.casework.selectors import Reader, Wanted, worklist
from yifa.language.acts import Actor
from yifa.people.models import User
from yifa.people.selectors import capacities
from yifa.simulation import demo
from yifa.simulation.build import Built, NotEmptyError, build, write_tally
from yifa.simulation.mix import standard
from yifa.simulation.plan import Year
from yifa.simulation.staff import ACCOUNTS
from yifa.simulation.world import SimulatedWorld
from yifa.statistics.notes import notes, scale

DAY = date(2024, 1, 15)
YEAR = Year(2023, 3, 0.0003, DAY)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Built, list[str]]]:
    """A very small city-year, in a transaction that is thrown away; what was said on the way."""
    said = list[str]()
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(YEAR, 1, said.append), said
        transaction.set_rollback(True)


def test_what_is_said_and_noted(built: tuple[Built, list[str]], tmp_path: Path) -> None:
    done, said = built
    assert [line for line in said if "秒" in line and not line.startswith("2")]
    assert notes()["sample"] == {"scale": "0.0003", "seed": 3, "year": 2023}
    assert scale(notes()) is not None
    write_tally(done.tally, tmp_path / "new" / "tally.json")
    told = json.loads((tmp_path / "new" / "tally.json").read_text(encoding="utf-8"))
    assert told["figures"]["2023"]["litigation.mediators"] == {"value": 50}
    assert told["until"] == "2024-01-15"
    assert sum(told["paths"].values()) == done.matters + len(demo.OPEN)


def test_figures_equal_the_tally_with_the_open_matters_in_it(built: tuple[Built, list[str]]) -> None:
    assert differences(standard(), built[0].tally, 2023) == {}


def test_everything_verifies_and_is_in_the_log(built: tuple[Built, list[str]]) -> None:
    assert list(faults(SimulatedWorld(timezone.make_aware(datetime(2024, 1, 15, 12))))) == []
    assert waiting() == 0


def test_a_second_year_is_not_mixed_in(built: tuple[Built, list[str]]) -> None:
    with pytest.raises(NotEmptyError):
        build(YEAR)


def test_everybody_can_log_in_with_the_one_password(built: tuple[Built, list[str]]) -> None:
    password = built[0].logins.partition("密码都是 ")[2].partition(" ")[0]
    assert authenticate(username="chengban", password=password) is not None
    assert authenticate(username="shenji", password=password) is not None
    for account in ACCOUNTS:
        user = User.objects.get(login=account.login)
        assert [(c.organ, set(c.roles)) for c in capacities(user, DAY)] == [(account.organ, {account.role})]
        assert f"\n{account.role} {account.login} {password}  " in built[0].logins


def test_the_handler_has_red_amber_and_green(built: tuple[Built, list[str]]) -> None:
    handler = str(User.objects.get(login="chengban").pk)
    own = Case.objects.filter(line="reconsideration", facts__handlers__contains=[handler])
    days = sorted((case.next_due - DAY).days for case in own if case.next_due)
    assert days[0] < 0
    assert any(0 <= left <= 7 for left in days)
    assert days[-1] > 7


def test_the_drafts_wait_for_the_signers_and_can_be_signed(built: tuple[Built, list[str]]) -> None:
    waiting_for = {(row.action, tuple(row.waiting)) for row in Proposal.objects.filter(state="open")}
    assert waiting_for == {
        ("accept", ("section_head",)),
        ("accept", ("committee_head",)),
        ("decide", ("body_head",)),
        ("decide", ("organ_head",)),
        ("grant", ("agency_head",)),
    }
    people = {user.login: user for user in User.objects.all()}
    world = SimulatedWorld(timezone.make_aware(datetime(2024, 1, 15, 14)), reviewed=True)
    with transaction.atomic():
        decision = Proposal.objects.get(action="decide", state="open", waiting=["body_head"]).id
        assert proposals.opine(decision, demo._hand(people, "fuzhuren"), "同意", world)
        signed = proposals.sign(decision, demo._hand(people, "jiguan"), "签发", world)
        assert isinstance(signed, Done), signed
        assert signed.documents == ("decision",)
        transaction.set_rollback(True)


def reader(login: str) -> Reader:
    user = User.objects.get(login=login)
    (capacity,) = capacities(user, DAY)
    return Reader(Actor(str(user.pk), frozenset(capacity.roles), capacity.organ))


# Who works on cases, and in which colours they lie on the day: overdue, within a week, later.
COLOURS = {
    "chengban": ("red", "amber", "green"), "yuanzhu": ("red", "amber"), "zhipai": ("red", "amber"), "tiaojie": ("amber", "green"),
    "yingsu": ("red", "amber"),
}  # fmt: skip


@pytest.mark.parametrize("login", COLOURS)
def test_who_works_on_cases_has_pressing_ones(built: tuple[Built, list[str]], login: str) -> None:
    world = SimulatedWorld(timezone.make_aware(datetime(2024, 1, 15, 10)))
    left = [row.days_left for row in worklist(reader(login), world).rows if row.days_left is not None]
    found = {"red" if days < 0 else "amber" if days <= 7 else "green" for days in left}
    assert set(COLOURS[login]) <= found


def test_the_mediator_has_cases_of_their_own_and_worked_on_them(built: tuple[Built, list[str]]) -> None:
    world = SimulatedWorld(timezone.make_aware(datetime(2024, 1, 15, 10)))
    own = worklist(reader("tiaojie"), world, Wanted(mine=True)).rows
    assert {row.stage for row in own} == {"mediating", "agreed"}
    assert len(own) == 3
    assert {name for row in own for name in row.handlers} == {"测试调解员"}
    left = {row.days_left for row in own if row.days_left is not None}
    assert any(0 <= days <= 7 for days in left)
    mediator = str(User.objects.get(login="tiaojie").pk)
    started = EventRow.objects.filter(case__in=[row.id for row in own], action="start")
    assert set(started.values_list("actor", flat=True)) == {mediator}


@pytest.mark.parametrize("login", ["chuzhang", "fuzhuren", "jiguan", "zhuren", "weiyuanhui"])
def test_who_signs_has_something_to_sign(built: tuple[Built, list[str]], login: str) -> None:
    world = SimulatedWorld(timezone.make_aware(datetime(2024, 1, 15, 10)))
    assert inbox.waiting(reader(login), world)


def test_nothing_is_pressing_for_having_been_left_open(built: tuple[Built, list[str]]) -> None:
    """Overdue are only matters of the last months: what is over is closed."""
    old = Case.objects.filter(closed=False, next_due__lt=date(2023, 7, 1))
    assert [(row.line, row.stage) for row in old] == []
