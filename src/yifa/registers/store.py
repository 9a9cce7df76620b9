"""The statements of the door of registers: as many for ten thousand changes as for one. SQL is written out to be counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from yifa.platform.crypto import Vault
from yifa.registers.codec import Kept, Stored, opened
from yifa.registers.history import Change, Rectangle, Span

atomic = transaction.atomic


class Held(NamedTuple):
    """An entry locked for change."""

    id: UUID
    register: str
    key: bytes
    organ: str
    next_seq: int
    head: bytes


def _query(sql: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def lock(ids: Sequence[UUID], keys: Sequence[tuple[str, bytes]]) -> list[Held]:
    """Statement 1: entries by id or by register and key, locked in the order of ids."""
    sql = (
        "SELECT id, register, key, organ, next_seq, head FROM registers_entry WHERE id = ANY(%s) OR (register, key) IN "
        "(SELECT * FROM unnest(%s::text[], %s::bytea[])) ORDER BY id FOR UPDATE"
    )
    rows = _query(sql, (list(ids), [r for r, _ in keys], [k for _, k in keys]))
    return [_held(row) for row in rows]


def entry(found: UUID) -> Held | None:
    """An entry as it stands, not locked."""
    rows = _query(
        "SELECT id, register, key, organ, next_seq, head FROM registers_entry WHERE id = %s", (found,)
    )
    return _held(rows[0]) if rows else None


def entries(register: str, keys: Sequence[bytes]) -> list[Held]:
    """Entries of a register by key, not locked."""
    sql = "SELECT id, register, key, organ, next_seq, head FROM registers_entry WHERE register = %s AND key = ANY(%s)"
    return [_held(row) for row in _query(sql, (register, list(keys)))]


def _held(row: Sequence[Any]) -> Held:
    found, register, key, organ, seq, head = row
    return Held(found, register, bytes(key), organ, seq, bytes(head))


_CHANGE = "entry_id, seq, kind, effective_on, recorded_at, state, move, organ, target, dated, actor, payload"


def logs(entries: Sequence[UUID], vault: Vault) -> dict[UUID, list[Change]]:
    """Statement 2: all changes of these entries, in the order of the log."""
    if not entries:
        return {}
    sql = f"SELECT {_CHANGE} FROM registers_change WHERE entry_id = ANY(%s) ORDER BY entry_id, seq"
    found: dict[UUID, list[Change]] = {entry: [] for entry in entries}
    for row in _query(sql, (list(entries),)):
        found[row[0]].append(_change(row, vault))
    return found


def _change(row: Sequence[Any], vault: Vault) -> Change:
    entry, seq, kind, on, recorded, state, move, organ, target, dated, actor, payload = row
    private, _ = opened(entry, seq, None if payload is None else bytes(payload), vault)
    data = {name.removeprefix("data."): v for name, v in private.items() if name.startswith("data.")}
    reason = private.get("reason", "")
    return Change(seq, kind, on, recorded, data, state, move, organ, target, dated, reason, actor)


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


class NewEntry(NamedTuple):
    """An entry as it stands after the changes."""

    id: UUID
    register: str
    key: bytes
    organ: str
    next_seq: int
    head: bytes


def put_entries(rows: Sequence[NewEntry]) -> None:
    """Statement 3: entries, new or gone on."""
    sql = (
        "INSERT INTO registers_entry (id, register, key, organ, next_seq, head) "
        "SELECT * FROM unnest(%s::uuid[], %s::text[], %s::bytea[], %s::text[], %s::int[], %s::bytea[]) "
        "ON CONFLICT (id) DO UPDATE SET key = EXCLUDED.key, organ = EXCLUDED.organ, next_seq = EXCLUDED.next_seq, "
        "head = EXCLUDED.head"
    )
    _query(sql, _columns(rows))


_CHANGES = {
    "entry_id": "uuid", "register": "text", "seq": "int4", "kind": "text", "effective_on": "date", "recorded_at": "timestamptz",
    "actor": "text", "organ": "text", "state": "text", "move": "text", "target": "int4", "dated": "date", "payload": "bytea",
    "commitments": "bytea", "commitment": "bytea", "head": "bytea",
}  # fmt: skip


def put_changes(rows: Iterable[tuple[UUID, str, Change, Stored]]) -> None:
    """Statement 4: the changes."""
    values = (
        (entry, register, c.seq, c.kind, c.on, c.recorded_at, c.actor, c.organ, c.state, c.move, c.target, c.dated,
         s.payload, s.commitments, s.commitment, s.head)
        for entry, register, c, s in rows
    )  # fmt: skip
    _copy("registers_change", _CHANGES, values)


def _copy(table: str, columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)


def close_versions(rows: Sequence[tuple[UUID, Span, datetime]]) -> None:
    """Statements 5 and 6: what is no longer believed, since when; what was believed for no time at all goes."""
    if not rows:
        return
    places = (
        [entry for entry, _, _ in rows],
        [span.valid_from for _, span, _ in rows],
        [at for _, _, at in rows],
    )
    asked = "unnest(%s::uuid[], %s::date[], %s::timestamptz[]) AS g(entry, day, at)"
    where = "v.entry_id = g.entry AND v.valid_from = g.day AND v.known_to IS NULL"
    _query(f"DELETE FROM registers_version v USING {asked} WHERE {where} AND v.known_from = g.at", places)
    _query(f"UPDATE registers_version v SET known_to = g.at FROM {asked} WHERE {where}", places)


_VERSIONS = {
    "entry_id": "uuid", "register": "text", "seq": "int4", "valid_from": "date", "valid_to": "date", "known_from": "timestamptz",
    "known_to": "timestamptz", "state": "text", "organ": "text", "data": "jsonb", "personal": "bytea", "places": "text[]",
}  # fmt: skip


def put_versions(rows: Iterable[tuple[UUID, str, Rectangle, Kept]]) -> None:
    """Statement 7: what is believed from now on (or, rebuilt, was believed for a time)."""
    values = (
        (entry, register, span.seq, span.valid_from, span.valid_to, since, until, span.state, span.organ, Jsonb(kept.data),
         kept.personal, kept.places)
        for entry, register, (span, since, until), kept in rows
    )  # fmt: skip
    _copy("registers_version", _VERSIONS, values)
