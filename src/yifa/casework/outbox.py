"""What is done after the transaction: documents, follow-ups to other cases, e-mail; other channels join this table.

At least once: an item is done when its row says so, and the row is written last. So every handler is idempotent. An
item that fails waits longer each time; one that keeps failing is parked (tried daily) and somebody is told.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from django.db import connection, transaction

from yifa.casework.requests import World

HANDLERS = {
    "document": "yifa.casework.documents:make",
    "follow_up": "yifa.casework.followups:carry_out",
    "mail": "yifa.casework.mail:send",
}
"""kind → module:function. The function takes (item, world) and returns nothing; raising means: again later."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(days=1)
PARKED = 8  # tries after which somebody is told

log = structlog.get_logger(__name__)


class Item(NamedTuple):
    """One thing to do. `body` is what was put out; id is the same at every try."""

    id: int
    kind: str
    case: UUID | None
    seq: int | None
    body: Mapping[str, Any]
    tries: int


Handler = Callable[[Item, World], None]


class Worked(NamedTuple):
    """What a round did."""

    done: int = 0
    failed: int = 0


def place(case: object, seq: object) -> bytes:
    """What binds a body to its place."""
    return f"{case}/{seq}".encode()


def put_out(
    kind: str, body: Mapping[str, Any], world: World, case: UUID | None = None, seq: int | None = None
) -> None:
    """Put something out; within the caller's transaction."""
    sealed = world.seal(json.dumps(body, ensure_ascii=False).encode(), place(case, seq))
    sql = (
        "INSERT INTO casework_outbox (case_id, seq, kind, body, created_at, next_try_at, tries, error) "
        "VALUES (%s, %s, %s, %s, %s, %s, 0, '')"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (case, seq, kind, sealed, world.now(), world.now()))


def handlers() -> dict[str, Handler]:
    """The handlers that are installed. Items of another kind wait until theirs is."""
    found = {}
    for kind, path in HANDLERS.items():
        module, name = path.split(":")
        if find_spec(module):
            found[kind] = getattr(import_module(module), name)
    return found


def work(world: World, limit: int = 1_000, known: Mapping[str, Handler] | None = None) -> Worked:
    """Do what is due, oldest first, each item in a transaction of its own. Several workers may do so at once."""
    known = handlers() if known is None else known
    results = list(islice(iter(lambda: _one(world, known), None), limit))
    return Worked(results.count(True), results.count(False))


def _one(world: World, known: Mapping[str, Handler]) -> bool | None:
    """Try one item; None if nothing is due."""
    with transaction.atomic():
        row = _take(world.now(), list(known))
        if row is None:
            return None
        try:
            with transaction.atomic():
                item = _opened(row, world)
                known[item.kind](item, world)
        except Exception as error:  # noqa: BLE001  whatever went wrong in a handler: again later
            _postpone(row, error, world.now())
            return False
        _execute("UPDATE casework_outbox SET done_at = %s, error = '' WHERE id = %s", (world.now(), item.id))
        return True


def _take(now: datetime, kinds: list[str]) -> tuple[Any, ...] | None:
    """The oldest item that is due, locked; items others work on are passed over."""
    sql = (
        "SELECT id, kind, case_id, seq, body, tries FROM casework_outbox WHERE done_at IS NULL AND next_try_at <= %s "
        "AND kind = ANY(%s) ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (now, kinds))
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _opened(row: tuple[Any, ...], world: World) -> Item:
    number, kind, case, seq, body, tries = row
    return Item(number, kind, case, seq, json.loads(world.open(bytes(body), place(case, seq))), tries)


def _postpone(row: tuple[Any, ...], error: Exception, now: datetime) -> None:
    """Wait twice as long as before; of the error only its type is kept, for its text may quote people's data."""
    number, kind, *_, tries = row
    wait = min(FIRST_WAIT * 2**tries, LONGEST_WAIT)
    _execute(
        "UPDATE casework_outbox SET tries = tries + 1, next_try_at = %s, error = %s WHERE id = %s",
        (now + wait, type(error).__name__[:60], number),
    )
    log.warning("outbox_failed", item=number, kind=kind, tries=tries + 1, error=type(error).__name__)


def _execute(sql: str, values: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class Waiting(NamedTuple):
    """What is still to be done of one kind."""

    kind: str
    waiting: int
    parked: int


def waiting() -> list[Waiting]:
    """Open items by kind, and how many of them have failed too often."""
    sql = (
        "SELECT kind, count(*), count(*) FILTER (WHERE tries >= %s) FROM casework_outbox WHERE done_at IS NULL "
        "GROUP BY kind ORDER BY kind"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (PARKED,))
        return [Waiting(*row) for row in cursor.fetchall()]
