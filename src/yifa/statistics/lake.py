"""The lake: the tables of figures as Parquet files, as of a cut-off, and figures computed from them by DuckDB.

Columns are those figures may use (`Line.columns`), nothing else of a case leaves the database. The same files may be
read by any other engine ibis speaks, on one machine or many.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection

from yifa import registry
from yifa.casework.requests import World
from yifa.language.indicators import Column, Kind
from yifa.language.line import Line
from yifa.language.sources import ACTS, CLOCKS, REGISTER, register_columns
from yifa.registry import Owned
from yifa.statistics.catalogue import case_columns, catalogue
from yifa.statistics.compile import VERSIONS, Query, table_name
from yifa.statistics.flat import tables
from yifa.statistics.live import Live, NotKeptError, Row, live
from yifa.statistics.notes import notes

FORMAT = 1
BATCH = 20_000
ARROW: dict[Kind, pa.DataType] = {
    "date": pa.date32(), "text": pa.string(), "flag": pa.bool_(), "number": pa.decimal128(18, 2),
    "texts": pa.list_(pa.string()),
}  # fmt: skip


class SnapshotError(ValueError):
    """A folder that is no snapshot, or one whose files are not those that were written."""


def layout(line: Line) -> dict[str, tuple[Column, ...]]:
    """The tables of a line with their columns."""
    return {"cases": case_columns(line), "acts": ACTS, "clocks": CLOCKS}


def counted_registers() -> list[Owned]:
    """Registers of the installed lines, and those of others that some indicator counts."""
    own = [
        f"{code}.{register.code}" for code in registry.known() for register in registry.line(code).registers
    ]
    counted = [
        table_name(n.line, p.source).removeprefix(REGISTER)
        for n in catalogue().values()
        for p in n.parts
        if p.source.startswith(REGISTER)
    ]
    return [registry.register(name) for name in dict.fromkeys([*own, *counted])]


def of_register(owned: Owned) -> tuple[Column, ...]:
    """The columns of a register's table."""
    return (*VERSIONS, *register_columns(owned.register).values())


def export(folder: Path, known_at: datetime | None = None, world: World | None = None) -> dict[str, Any]:
    """Write a snapshot of all installed lines; returns what `meta.json` says of it.

    The same records and the same cut-off give the same files, byte for byte.
    """
    written: dict[str, dict[str, Any]] = {}
    with live(known_at, world) as engine:
        for code in registry.known():
            line = registry.line(code)
            for name, columns in layout(line).items():
                path = f"{code}/{name}.parquet"
                rows = _write(folder / path, engine, line, name, columns)
                written[path] = {"rows": rows, "sha256": _digest(folder / path)}
        for owned in counted_registers():
            path = f"registers/{owned.code}.parquet"
            rows = _write(
                folder / path,
                engine,
                registry.line(registry.known()[0]),
                f"{REGISTER}{owned.code}",
                of_register(owned),
            )
            written[path] = {"rows": rows, "sha256": _digest(folder / path)}
        env = engine.env
        meta = {
            "format": FORMAT, "known_at": engine.known_at.isoformat(), "city": registry.CITY,
            "calendar": env.calendar.edition, "parameters": env.registers_edition, "notes": notes(), "tables": written,
        }  # fmt: skip
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1), encoding="utf-8")
    return meta


def _write(path: Path, engine: Live, line: Line, name: str, columns: tuple[Column, ...]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([(column.name, ARROW[column.kind]) for column in columns])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _rows(engine, line, name, columns):
            arrays = [pa.array(v, t) for v, t in zip(zip(*rows, strict=True), schema.types, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(rows)
    return count


_ORDER = {
    "cases": '"case"', "acts": '"case", seq', "clocks": '"case", clock, start, due, status, ended_on',
}  # fmt: skip
_OF_ENTRIES = "entry, begun"


def _rows(engine: Live, line: Line, name: str, columns: tuple[Column, ...]) -> Iterator[list[Row]]:
    picked = ", ".join(f'"{column.name}"' for column in columns)
    order = _ORDER.get(name, _OF_ENTRIES)
    sql = f'WITH {tables(line, {name: columns})} SELECT {picked} FROM "{name}" ORDER BY {order}'
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, engine.values(line, {name: columns}))
        while rows := cursor.fetchmany(BATCH):
            yield rows


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(line: Line, name: str) -> str:
    register = name.removeprefix(REGISTER)
    return f"{line.code}/{name}.parquet" if register == name else f"registers/{register}.parquet"


class Snapshot:
    """Figures from a snapshot. Its cut-off is the one it was written for."""

    def __init__(self, folder: Path) -> None:
        """SnapshotError if the folder holds none of this format."""
        self.folder = folder
        try:
            self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if self.meta["format"] != FORMAT:
                raise SnapshotError(f"{folder}：快照格式为{self.meta['format']}，应为{FORMAT}，请重新导出")
            self.known_at = datetime.fromisoformat(self.meta["known_at"])
        except (OSError, KeyError, json.JSONDecodeError) as error:
            raise SnapshotError(f"{folder} 不是统计快照，请先运行 yifa lake export --out {folder}") from error
        self.env = registry.city_env(self.meta["city"])
        self._duckdb = duckdb.connect()

    def changed(self) -> Iterable[str]:
        """Files that are missing or not what was written."""
        for name, said in self.meta["tables"].items():
            path = self.folder / name
            if not path.is_file() or _digest(path) != said["sha256"]:
                yield name

    def run(self, query: Query) -> list[Row]:
        """The rows of a query."""
        files = {name: _path(query.line, name) for name in query.tables}
        missing = [path for path in files.values() if path not in self.meta["tables"]]
        if missing:
            raise NotKeptError(missing[0])
        views = ", ".join(f'"{name}" AS (SELECT * FROM {self._file(path)})' for name, path in files.items())
        sql = f"WITH {views} {ibis.to_sql(query.expr, dialect='duckdb')}"
        return self._duckdb.execute(sql).fetchall()

    def _file(self, path: str) -> str:
        quoted = str(self.folder / path).replace("'", "''")
        return f"read_parquet('{quoted}')"
