"""Re-encryption under the current key, in batches; stopped at any moment, it goes on where it was.

The key id in front of each ciphertext says what is left to do, so there is no position to keep.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from yifa.platform import crypto, fields
from yifa.platform.files import Files

BATCH = 500


class SealedColumn(NamedTuple):
    """A column of ciphertexts: its table, its row's key columns, and the context of a row from those keys."""

    table: str
    column: str
    keys: tuple[str, ...]
    aad: Callable[..., bytes]


class Progress(NamedTuple):
    """After a batch: rows re-encrypted in this column so far."""

    table: str
    column: str
    done: int


_registered: list[SealedColumn] = []


def register(column: SealedColumn) -> None:
    """Announce ciphertexts kept outside of EncryptedTextField; call it from `AppConfig.ready`."""
    if column not in _registered:
        _registered.append(column)


def columns() -> list[SealedColumn]:
    """Every column of ciphertexts there is."""
    found = [
        SealedColumn(
            options.db_table, column, (options.pk.column,), partial(fields.place, options.db_table, column)
        )
        for model in apps.get_models()
        for options in (fields.meta(model),)
        for column in fields.encrypted_columns(model)
    ]
    return found + _registered


def remaining() -> dict[str, int]:
    """Rows and files not yet under the current key, by `table.column` and `files`."""
    return {f"{c.table}.{c.column}": _count(c) for c in columns()} | {"files": _files().stale()}


def _files() -> Files:
    return Files(settings.VAR / "files", crypto.vault())


def rotate(batch: int = BATCH) -> Iterator[Progress]:
    """Re-encrypt all there is, a transaction a batch; raises InvalidTag or KeyError at a row that does not open."""
    for column in columns():
        done = 0
        while moved := _move(column, batch):
            done += moved
            yield Progress(column.table, column.column, done)
    if moved := _files().rotate():
        yield Progress("files", "", moved)


def _move(column: SealedColumn, batch: int) -> int:
    """One batch; rows somebody else works on now wait for the next."""
    vault = crypto.vault()
    names = [sql.Identifier(name) for name in column.keys]
    query = sql.SQL(
        "SELECT {keys}, {column} FROM {table} WHERE {old} LIMIT %s FOR UPDATE SKIP LOCKED"
    ).format(keys=sql.SQL(", ").join(names), **_parts(column))
    update = sql.SQL("UPDATE {table} SET {column} = %s WHERE {keys}").format(
        keys=sql.SQL(" AND ").join(sql.SQL("{} IS NOT DISTINCT FROM %s").format(name) for name in names),
        **_parts(column),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_text(query), [vault.current, batch])
        rows = cursor.fetchall()
        moved = [
            (vault.seal(vault.open(bytes(body), column.aad(*key)), column.aad(*key)), *key)
            for *key, body in rows
        ]
        cursor.executemany(_text(update), moved)
    return len(moved)


def _count(column: SealedColumn) -> int:
    query = sql.SQL("SELECT count(*) FROM {table} WHERE {old}").format(**_parts(column))
    with connection.cursor() as cursor:
        cursor.execute(_text(query), [crypto.vault().current])
        return int(cursor.fetchone()[0])


def _parts(column: SealedColumn) -> dict[str, sql.Composable]:
    name = sql.Identifier(column.column)
    old = sql.SQL("substring({} from 1 for 4) <> %s").format(name)
    return {"table": sql.Identifier(column.table), "column": name, "old": old}


def _text(query: sql.Composed) -> str:
    return query.as_string(None)
