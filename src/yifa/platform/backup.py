"""Backup and restore of database and files, the same for the embedded server and any other.

A backup is a folder: one COPY file a table, taken in one snapshot, the uploaded files, and a manifest with the hash of
everything. It holds ciphertexts, never keys. What the machine makes anew (sessions, the queue of jobs) is left out.
Restoring goes into an empty database only, and compares every row and file with the backup before it says that it is done.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

FORMAT = "yifa-backup-v1"
LEFT_OUT = ("django_migrations", "django_session", "procrastinate_")


class BackupError(RuntimeError):
    """The backup cannot be made or used; the text says why, in Chinese."""


class Summary(NamedTuple):
    """What a backup holds."""

    tables: int
    rows: int
    files: int


# ------------------------------------------------------------------------------ making one


def dump(target: Path, files: Path, extra: dict[str, Any] | None = None) -> Summary:
    """Write a backup to a folder that is not there yet or empty; a half-made one never bears the name."""
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} 不是空文件夹")
    part = target.with_name(f"{target.name}.part")
    if part.exists():
        raise BackupError(f"{part} 是未完成的备份，请先删除")
    part.mkdir(parents=True, mode=0o700)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        tables = {name: _write_table(name, part / "tables" / f"{name}.copy") for name in _tables()}
        manifest = {
            "format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "migrations": _applied(), "tables": tables,
            "sequences": _sequences(), **(extra or {}),
        }  # fmt: skip
    # What the snapshot speaks of is there, unless it was lawfully erased or swept since.
    manifest["files"] = _copy_files(files, part / "files")
    _write(
        part / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    )
    if target.exists():
        target.rmdir()
    part.rename(target)
    return _summary(manifest)


def _summary(manifest: dict[str, Any]) -> Summary:
    tables = manifest["tables"].values()
    return Summary(len(tables), sum(table["rows"] for table in tables), len(manifest["files"]))


def _tables() -> list[str]:
    """Tables with what a bureau keeps, each after those it refers to."""
    found = [name for name in connection.introspection.table_names() if not name.startswith(LEFT_OUT)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid <> confrelid AND connamespace = current_schema()::regnamespace"
        )
        order = TopologicalSorter({name: set[str]() for name in sorted(found)})
        for table, other in sorted(cursor.fetchall()):
            if table in found and other in found:
                order.add(table, other)
    return list(order.static_order())


def _write_table(name: str, path: Path) -> dict[str, Any]:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    digest, rows, columns = hashlib.sha256(), 0, _columns(name)
    with path.open("wb") as file:
        for row in _rows(name, columns):
            digest.update(row)
            file.write(row)
            rows += 1
        os.fchmod(file.fileno(), 0o600)
        os.fsync(file.fileno())
    return {"columns": columns, "rows": rows, "sha256": digest.hexdigest()}


def _rows(name: str, columns: list[str]) -> Iterator[bytes]:
    """One line a row, in the order of the primary key. COPY escapes line breaks, so a line is a row."""
    query = sql.SQL("COPY (SELECT {columns} FROM {table} ORDER BY {key}) TO STDOUT").format(
        columns=_names(columns), table=sql.Identifier(name), key=_names(_primary_key(name))
    )
    rest = b""
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            *lines, rest = (rest + bytes(block)).split(b"\n")
            yield from (line + b"\n" for line in lines)


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def _columns(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attgenerated = '' ORDER BY attnum",
            (name,),
        )
        return [row[0] for row in cursor.fetchall()]


def _primary_key(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
            "WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY a.attnum",
            (name,),
        )
        return [row[0] for row in cursor.fetchall()]


def _applied() -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [list(row) for row in cursor.fetchall()]


def _sequences() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() "
            "AND last_value IS NOT NULL AND sequencename NOT LIKE 'procrastinate%%' AND sequencename NOT LIKE 'django%%'"
        )
        return dict(cursor.fetchall())


def _copy_files(source: Path, target: Path) -> dict[str, str]:
    """Every file with its hash, by its path."""
    found = {}
    for path in sorted(source.rglob("*")) if source.exists() else ():
        if path.is_file():
            place = path.relative_to(source)
            (target / place).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                shutil.copyfile(path, target / place)
            except FileNotFoundError:
                continue
            found[place.as_posix()] = _hash(target / place)
    return found


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        os.fchmod(file.fileno(), 0o600)
        os.fsync(file.fileno())


# ------------------------------------------------------------------------------ bringing it back


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a whole and unchanged backup; raises BackupError otherwise."""
    try:
        manifest: dict[str, Any] = json.loads((source / "manifest.json").read_bytes())
        if manifest["format"] != FORMAT:
            raise BackupError(f"不认识的备份格式：{manifest['format']}")
        hashes = {f"tables/{name}.copy": table["sha256"] for name, table in manifest["tables"].items()}
        hashes |= {f"files/{name}": value for name, value in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(f"{source} 不是备份，或者清单损坏") from None
    bad = [name for name, value in hashes.items() if not _intact(source / name, value)]
    if bad:
        raise BackupError("备份已损坏或被改动：" + "、".join(bad[:5]))
    return manifest


def _intact(path: Path, value: str) -> bool:
    return path.is_file() and _hash(path) == value


def load(source: Path, files: Path) -> Summary:
    """Restore into an empty database and an empty folder of files; compares row by row and file by file."""
    manifest = read_manifest(source)
    if files.exists() and any(files.iterdir()):
        raise BackupError(f"文件夹 {files} 不是空的，不予覆盖")
    _migrate_to(manifest["migrations"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        _must_be_empty()
        for name in _tables():
            _read_table(name, manifest["tables"].get(name), source)
        for name, value in manifest["sequences"].items():
            cursor.execute("SELECT setval(%s::regclass, %s)", (name, value))
        found = list(differences(source, manifest))
        if found:
            raise BackupError("恢复后与备份不符：" + "；".join(found[:5]))
    _copy_files(source / "files", files)
    if wrong := [name for name, value in manifest["files"].items() if not _intact(files / name, value)]:
        raise BackupError("恢复后的文件与备份不符：" + "、".join(wrong[:5]))
    _migrate_on()
    return _summary(manifest)


def _migrate_to(migrations: list[list[str]]) -> None:
    """The tables as they were when the backup was made; what is newer follows afterwards, with the rows in it."""
    wanted = {(app, name) for app, name in migrations}
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.nodes
    if unknown := sorted(f"{app}.{name}" for app, name in wanted - nodes.keys()):
        raise BackupError("备份来自更新的版本，请先升级程序：" + "、".join(unknown[:5]))
    if executor.loader.applied_migrations:
        _must_be_empty()
    graph = executor.loader.graph
    last = [
        node
        for node in sorted(wanted)
        if not {c.key for c in graph.node_map[node].children} & _same(wanted, node)
    ]
    executor.migrate(last)


def _same(wanted: set[tuple[str, str]], node: tuple[str, str]) -> set[tuple[str, str]]:
    return {other for other in wanted if other[0] == node[0]}


def _migrate_on() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _must_be_empty() -> None:
    with connection.cursor() as cursor:
        for name in _tables():
            cursor.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(name)))
            if cursor.fetchone()[0]:
                raise BackupError(f"数据库不是空的（{name} 中有记录），不予覆盖")


def _read_table(name: str, table: dict[str, Any] | None, source: Path) -> None:
    if table is None:
        raise BackupError(f"备份中没有表 {name}")
    query = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(name), columns=_names(table["columns"])
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(query) as copy,
        (source / f"tables/{name}.copy").open("rb") as file,
    ):
        while block := file.read(1 << 20):
            copy.write(block)


def differences(source: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Where the database is not what the backup says, row by row."""
    for name, table in manifest["tables"].items():
        with (source / f"tables/{name}.copy").open("rb") as file:
            for number, (ours, theirs) in enumerate(zip_longest(_rows(name, table["columns"]), file), 1):
                if ours != theirs:
                    yield f"{name} 第{number}行"
                    break
