"""Reading registers: as of any day, as known at any moment. Each answer is a fixed number of queries, whatever its length."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, get_args
from uuid import UUID

from django.db import connection

from yifa.language.acts import Actor
from yifa.people.permissions import Verb
from yifa.platform.crypto import vault
from yifa.registers import store
from yifa.registers.codec import canonical, place_of, unseal_personal
from yifa.registers.history import Change, Span, spans
from yifa.registers.permissions import PUBLIC, Organs, masked, seen, sight
from yifa.registry import Owned, register

PORTION = 5_000
PAGE = 50


class Row(NamedTuple):
    """An entry as it stands: where, since when in this state of things, and its columns (personal ones apart)."""

    entry: UUID
    organ: str
    state: str
    since: date
    until: date | None
    data: Mapping[str, Any]
    personal: Mapping[str, Any]


def rows(
    code: str, as_of: date, known_at: datetime | None = None, *, valid: bool = True, personal: bool = False
) -> Iterator[dict[str, Any]]:
    """Entries as plain rows, for figures: `entry`, `organ`, `state`, and all columns of the entry model, typed.

    valid  only entries valid on `as_of`; else every entry begun by then, ended or not, as it stood last; personal  personal
    columns too (else they are None). One query, read in portions.
    """
    owned = register(code)
    typed, empty = _types(code), dict.fromkeys(owned.register.entry.model_fields)
    for row in _read(code, as_of, known_at, valid=valid, personal=personal):
        data = {**row.data, **row.personal}
        made = {name: typed[name](value) if name in typed else value for name, value in data.items()}
        yield {"entry": str(row.entry), "organ": row.organ, "state": row.state, **empty, **made}


_NOW = "v.known_to IS NULL"
_THEN = "v.known_from <= %(known)s AND (v.known_to IS NULL OR v.known_to > %(known)s)"
_COLUMNS = "v.entry_id, v.organ, v.state, v.valid_from, v.valid_to, v.data::text"


def _read(
    code: str, as_of: date, known_at: datetime | None, *, valid: bool = True, personal: bool = False,
    where: str = "true", values: Mapping[str, Any] | None = None,
) -> Iterator[Row]:  # fmt: skip
    """Entries of a register on a day, as known at a moment (None: now); those valid, in the order of their key."""
    known = _NOW if known_at is None else _THEN
    begun = f"v.register = %(code)s AND {known} AND v.valid_from <= %(day)s AND ({where})"
    columns = _COLUMNS + (", v.personal" if personal else ", NULL::bytea")
    if valid:
        sql = (
            f"SELECT {columns} FROM registers_version v WHERE {begun} AND (v.valid_to IS NULL OR v.valid_to >= %(day)s) "
            "ORDER BY v.data ->> %(key)s, v.entry_id"
        )
    else:
        sql = f"SELECT DISTINCT ON (v.entry_id) {columns} FROM registers_version v WHERE {begun} ORDER BY v.entry_id, v.valid_from DESC"
    asked = {
        "code": code,
        "day": as_of,
        "known": known_at,
        "key": register(code).register.key[0],
        **(values or {}),
    }
    opener = vault() if personal else None
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, asked)
        while portion := cursor.fetchmany(PORTION):
            for entry, organ, state, since, until, data, sealed in portion:
                secret = (
                    unseal_personal(entry, None if sealed is None else bytes(sealed), opener)
                    if opener
                    else {}
                )
                yield Row(entry, organ, state, since, until, json.loads(data), secret)


@cache
def _types(code: str) -> Mapping[str, Callable[[Any], Any]]:
    """How columns that JSON has no type for are read back."""
    readers: dict[Any, Callable[[Any], Any]] = {date: _date, Decimal: _decimal, datetime: _moment}
    fields = register(code).register.entry.model_fields
    kinds = {name: {info.annotation, *get_args(info.annotation)} for name, info in fields.items()}
    return {
        name: reader for name, given in kinds.items() for kind, reader in readers.items() if kind in given
    }


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


# ------------------------------------------------------------------------------ for people


class Listed(NamedTuple):
    """A line of a list, with the columns this reader may see."""

    entry: UUID
    state: str
    state_title: str
    organ: str
    since: date
    columns: Mapping[str, Any]


def entries(
    code: str, actor: Actor, as_of: date, known_at: datetime | None = None, *, verb: Verb = Verb.LIST
) -> Iterator[Listed]:
    """Entries as this actor may see them (or, with EXPORT, take them out). Two queries."""
    owned, organs = register(code), Organs()
    for row in _read(code, as_of, known_at, personal=True):
        eye = sight(owned, actor, row.organ, row.state, organs, verb)
        if eye.columns:
            columns = seen(owned, {**row.data, **row.personal}, eye)
            title = owned.register.states[row.state]
            yield Listed(row.entry, row.state, title, row.organ, row.since, columns)


def published(code: str, as_of: date) -> Iterator[Listed]:
    """What anybody may see: public columns of entries in a state that is shown. One query and no personal data opened."""
    owned, organs = register(code), Organs()
    for row in _read(code, as_of, None):
        eye = sight(owned, PUBLIC, row.organ, row.state, organs)
        if eye.columns:
            title = owned.register.states[row.state]
            yield Listed(row.entry, row.state, title, row.organ, row.since, seen(owned, row.data, eye))


def find(code: str, as_of: date, known_at: datetime | None = None, /, **columns: Any) -> list[Row]:
    """Entries with these values in these columns, personal ones by blind index: one query."""
    owned = register(code)
    places = [place_of(owned, name, canonical(value), vault()) for name, value in columns.items()]
    where, values = "v.places @> %(places)s::text[]", {"places": places}
    return list(_read(code, as_of, known_at, personal=True, where=where, values=values))


def counts(as_of: date) -> dict[str, int]:
    """How many entries are valid on a day, by register: one query."""
    sql = (
        "SELECT register, count(*) FROM registers_version WHERE known_to IS NULL AND valid_from <= %(day)s "
        "AND (valid_to IS NULL OR valid_to >= %(day)s) GROUP BY register"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"day": as_of})
        return dict(cursor.fetchall())


class Told(NamedTuple):
    """A step of an entry's history as this reader may see it. Columns that were emptied are None."""

    seq: int
    kind: str
    on: date
    recorded_at: datetime
    actor: str
    move: str
    state: str
    target: int | None
    dated: date | None
    reason: str
    columns: Mapping[str, Any]


class File(NamedTuple):
    """An entry whole: what it is, over time, and every change, those annulled too."""

    owned: Owned
    entry: UUID
    spans: tuple[Span, ...]
    changes: tuple[Told, ...]


def file(entry: UUID, actor: Actor) -> File | None:
    """The history of an entry; None if there is none, or the actor may not see more than what is public. Three queries."""
    held = store.entry(entry)
    log = store.logs([entry], vault())[entry] if held else []
    if held is None or not log:
        return None
    owned = register(held.register)
    eye = sight(owned, actor, held.organ, log[-1].state, Organs())
    if set(eye.columns) != set(owned.register.entry.model_fields):
        return None
    hide = (lambda data: dict(data)) if eye.whole else (lambda data: masked(owned, data))
    told = tuple(_told(owned, change, hide) for change in log)
    return File(owned, entry, tuple(s._replace(data=hide(s.data)) for s in spans(log)), told)


def _told(owned: Owned, change: Change, hide: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Told:
    move = owned.register.move(change.move)
    return Told(
        change.seq, change.kind, change.on, change.recorded_at, change.actor, move.title if move else "",
        owned.register.states.get(change.state, ""), change.target, change.dated, change.reason, hide(change.data),
    )  # fmt: skip
