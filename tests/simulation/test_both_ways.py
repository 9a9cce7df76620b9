"""The same small year through the bulk door and through the online door: every table the same after canonicalisation.

What may differ: serial ids, nonces and so ciphertexts, and documents, which a load leaves to be made when first opened.
Told in shards, the effects of law that one night notes are salted in another order: salts and what hangs on them differ.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.casework.test_bulk import TABLES, canonical
from tests.simulation.people_in_clear import Heard, in_tables
from yifa.casework import outbox, proposals
from yifa.casework.audit import faults
from yifa.casework.bulk import BulkDriver
from yifa.casework.clockwork import tick
from yifa.casework.followups import carry_out
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask
from yifa.casework.services import perform
from yifa.people.city import load_organs
from yifa.registry import city_env, city_of
from yifa.simulation.behaviour import BEHAVIOUR
from yifa.simulation.lists import fill
from yifa.simulation.mix import parse
from yifa.simulation.plan import Year, plan, shards
from yifa.simulation.run import Telling
from yifa.simulation.steps import Planned
from yifa.simulation.tally import Tally
from yifa.simulation.world import SimulatedWorld

pytestmark = pytest.mark.django_db
YEAR = Year(2023, 11, 1, date(2024, 1, 15))
EVERY_PATH = parse({
    "report": 2023,
    "lines": {line: [{"name": path, "number": 1, "paths": {path: 1}} for path in paths] for line, paths in BEHAVIOUR.items()},
})  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _lists(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_organs(city_of())
        fill(
            city_of(),
            YEAR._replace(scale=0.001),
            2023,
            timezone.make_aware(datetime(2023, 1, 1, 8)),
            Tally(YEAR.until),
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def planned() -> list[Planned]:
    """Every path once."""
    return plan(EVERY_PATH, YEAR, city_of(), city_env().calendar)


def new_world() -> SimulatedWorld:
    return SimulatedWorld(timezone.make_aware(datetime(2023, 1, 1, 9)))


class Online:
    """The online door as a telling wants it."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.world = world

    def perform(self, ask: Ask) -> Answer:
        return perform(ask, self.world)

    def sign(self, ask: Ask, way: proposals.Way) -> Answer:
        return proposals.through(ask, way, self.world)

    def tick(self) -> object:
        return tick(self.world)

    def deliver(self, prepare: Callable[[UUID, int], object]) -> object:
        def prepared(item: outbox.Item, world: Any) -> None:
            assert item.case is not None
            assert item.seq is not None
            prepare(item.case, item.seq)
            carry_out(item, world)

        done = outbox.work(self.world, known={"follow_up": prepared})
        assert done.failed == 0
        return done

    def born(self, case: UUID) -> list[UUID]:
        return sorted(Case.objects.filter(parent_id=case).values_list("id", flat=True))

    def release(self, case: UUID) -> None:
        """Nothing is held in memory."""


def online(planned: list[Planned]) -> Tally:
    world = new_world()
    return Telling(YEAR, world, Online(world)).run(planned)


def in_bulk(planned: list[Planned]) -> Tally:
    world = new_world()
    with BulkDriver(world, chunk=7) as door:
        return Telling(YEAR, world, door).run(planned)


def in_shards(planned: list[Planned]) -> Tally:
    """The shards one after the other, as processes of their own would tell them."""
    tally = Tally(YEAR.until)
    for shard in shards(planned):
        tally.merge(in_bulk(shard))
    return tally


def kept() -> dict[str, list[Any]]:
    """Every table of cases in canonical form."""
    world, found = new_world(), dict[str, list[Any]]()
    for table, order in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY {order}")
            rows = [row if isinstance(row, dict) else json.loads(row) for (row,) in cursor.fetchall()]
        found[table] = [canonical(table, row, world) for row in rows if row.get("kind") != "document"]  # type: ignore[arg-type]
    return found


def told(way: Callable[[list[Planned]], Tally], planned: list[Planned]) -> tuple[dict[str, list[Any]], Tally]:
    """What this way leaves, and undo it."""
    with transaction.atomic(), Heard() as heard:
        tally = way(planned)
        found = kept()
        assert list(in_tables()) == []
        assert heard.leaks == []
        assert way is online or list(faults(new_world())) == []
        transaction.set_rollback(True)
    return found, tally


SALTED = ("head", "commitment", "commitments")


def unsalted(rows: list[Any]) -> list[Any]:
    """Without salts and the hashes over them."""
    plain = [{name: value for name, value in row.items() if name not in SALTED} for row in rows]
    return [{**row, "payload": row["payload"][0]} if "payload" in row else row for row in plain]


def test_bulk_online_and_shards_leave_the_same(planned: list[Planned]) -> None:
    expected, tally = told(online, planned)
    assert len(expected["casework_event"]) > 500
    assert len(expected["casework_opinion"]) > len(expected["casework_proposal"]) > 50
    for way in (in_bulk, in_shards):
        found, counted = told(way, planned)
        assert counted.counts == tally.counts
        assert counted.refused == tally.refused
        for table, rows in expected.items():
            if way is in_bulk:
                assert found[table] == rows, table
            else:
                assert unsalted(found[table]) == unsalted(rows), table
