"""All indicators of a full year from a snapshot, beside a plain DuckDB scan of the same columns; then the annual report.

The snapshot of the first is synthetic: random rows of realistic width in the layout that `yifa lake export` writes, hundreds of
thousands of cases a line. It measures reading and computing, not whether a figure is right; the tests do that on cases made by the
door. The report is built from a small year simulated through the door: its time is that of computing and setting, not of scale.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import django
import duckdb

from bench.measure import number, table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
django.setup()

from yifa import registry  # noqa: E402
from yifa.language.indicators import Column, columns_of  # noqa: E402
from yifa.statistics.catalogue import catalogue, source_columns  # noqa: E402
from yifa.statistics.figures import all_figures, by_dimension, compute_all  # noqa: E402
from yifa.statistics.lake import FORMAT, Snapshot, layout  # noqa: E402
from yifa.statistics.period import end_of, year  # noqa: E402
from yifa.statistics.report import webpage, word  # noqa: E402
from yifa.statistics.report.build import build  # noqa: E402
from yifa.statistics.report.pdf import pdf  # noqa: E402

CASES = 100_000  # a line: together well above a real year of these lines
PER_CASE = {"cases": 1, "acts": 8, "clocks": 6}
ORGANS = [f"4401{n:02}-gov" for n in range(4, 16)]
BY_KIND = {
    "date": "DATE '2022-06-01' + (h % 900)::INT", "flag": "h % 3 = 0", "number": "1 + h % 3", "text": "'值' || (h % 12)",
    "texts": "CASE WHEN h % 2 = 0 THEN ['甲'] ELSE ['甲', '乙'] END",
}  # fmt: skip
SQL_TYPE = {
    "date": "DATE",
    "flag": "BOOLEAN",
    "number": "DECIMAL(18,2)",
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
}


def value(line: Any, name: str, column: Column, index: int) -> str:
    """A column of random values (every ninth missing), drawn from what the line declares, as SQL over a row number i."""
    if column.name == "case":
        return f"lpad((i // {PER_CASE[name]})::VARCHAR, 36, '0')"
    pools: dict[str, list[str]] = {
        "organ": ORGANS, "district": [o[:6] for o in ORGANS], "action": [a.code for a in line.actions],
        "clock": [c.code for c in line.clocks], "status": ["met", "met", "met", "late", "lapsed", "running"],
        "stage": [s.code for s in line.stages],
    }  # fmt: skip
    pool = pools.get(column.name)
    drawn = (
        f"({pool})[(1 + h % {len(pool)})::INT]"
        if pool
        else f"CASE WHEN h % 9 > 0 THEN {BY_KIND[column.kind]} END"
    )
    return f"({drawn.replace('h %', f'hash(i, {index}) %')})::{SQL_TYPE[column.kind]}"


def write(folder: Path) -> int:
    """A synthetic snapshot; returns its rows."""
    tables: dict[str, Any] = {}
    for code in registry.known():
        line = registry.line(code)
        for name, columns in layout(line).items():
            path = folder / code / f"{name}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            picked = ", ".join(f'{value(line, name, c, n)} AS "{c.name}"' for n, c in enumerate(columns))
            total = CASES * PER_CASE[name]
            duckdb.execute(f"COPY (SELECT {picked} FROM range({total}) t(i)) TO '{path}' (COMPRESSION zstd)")
            tables[f"{code}/{name}.parquet"] = {"rows": total}
    meta = {
        "format": FORMAT,
        "known_at": end_of(date(2023, 12, 31)).isoformat(),
        "city": registry.CITY,
        "notes": {},
        "tables": tables,
    }
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return sum(said["rows"] for said in tables.values())


def scanned(folder: Path) -> list[tuple[Path, list[str]]]:
    """The files and columns that the indicators read."""
    needed: dict[tuple[str, str], set[str]] = {}
    for named in catalogue().values():
        for part in named.parts:
            if part.source in PER_CASE:
                own = source_columns(named.line, part.source) or {}
                kept = {c.name for c in layout(named.line)[part.source]}
                needed.setdefault((named.line.code, part.source), set()).update(
                    set(columns_of(part)) & kept & set(own)
                )
    return [(folder / code / f"{name}.parquet", sorted(columns)) for (code, name), columns in needed.items()]


def scan(files: list[tuple[Path, list[str]]]) -> int:
    """Read the same columns once, with the cheapest aggregate there is."""
    rows = 0
    for path, columns in files:
        picked = ", ".join(f'count("{column}")' for column in columns)
        rows += duckdb.execute(f"SELECT count(*), {picked} FROM '{path}'").fetchall()[0][0]
    return rows


class Spent(NamedTuple):
    """Seconds on the clock and of the processors; on a shared machine the second says more."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f} s of processors)"


def best(work: Any, runs: int = 3) -> Spent:
    """The shortest of several runs."""
    spent = []
    for _ in range(runs):
        start, used = time.perf_counter(), time.process_time()
        work()
        spent.append(Spent(time.perf_counter() - start, time.process_time() - used))
    return min(spent)


SCALE = "0.005"  # of a real year


def simulated(place: Path) -> Path:
    """A snapshot of a small year made through the door, in a data folder of its own."""
    env = {**os.environ, "YIFA_VAR": str(place / "var"), "YIFA_LOG_LEVEL": "WARNING"}
    env.pop("DATABASE_URL", None)
    commands = (
        ("simulate", "--year", "2023", "--scale", SCALE, "--out", str(place / "tally.json")),
        ("lake", "export", "--out", str(place / "lake")),
    )
    for words in commands:
        program = "from yifa.cli import main; main()"
        subprocess.run(
            [sys.executable, "-c", program, *words], env=env, check=True, stdout=subprocess.DEVNULL
        )
    return place / "lake"


def reports() -> None:
    """Time of the report and of each of its forms."""
    with tempfile.TemporaryDirectory() as place:
        snapshot = Snapshot(simulated(Path(place)))
        report = build(snapshot, 2023, snapshot.meta["notes"])
        built = best(lambda: build(snapshot, 2023, snapshot.meta["notes"]))
        forms = {"HTML": webpage.page, "DOCX": word.docx, "PDF": pdf}
        spent = {name: best(lambda form=form: form(report)) for name, form in forms.items()}
    cases = sum(
        said["rows"] for path, said in snapshot.meta["tables"].items() if path.endswith("/cases.parquet")
    )
    print(
        f"  simulated year at scale {SCALE}: {number(cases)} cases; {len(report.annex)} published rows, {len(report.notes)} notes"
    )
    table([
        ("the report as data: figures of six years, prose, annex", str(built), "", ""),
        *((f"the same as {name}", str(took), "", "") for name, took in spent.items()),
        ("together", f"{built.clock + sum(took.clock for took in spent.values()):.2f} s", "", ""),
    ])  # fmt: skip


def main() -> None:
    """Print both tables."""
    figures()
    reports()


def figures() -> None:
    """Time of all indicators beside the scan."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = write(folder)
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6
        snapshot, files = Snapshot(folder), scanned(folder)
        y, named = year(2023), catalogue()["legal_aid.legal_aid_special_groups"]
        plain, every = best(lambda: scan(files)), best(lambda: all_figures(snapshot, y))
        both = best(lambda: compute_all(snapshot, catalogue().values(), (y, y.before)))
        split = best(lambda: by_dimension(snapshot, named, y, "groups"))
    print(f"  synthetic snapshot: {number(rows)} rows, {size:,.0f} MB; {len(catalogue())} indicators")
    table([
        ("all indicators of a year", str(every), f"plain scan of the same columns {plain}, ×{every.processor / plain.processor:.1f}", "goal 5 s"),
        ("the same for two years at once", str(both), "", ""),
        ("one indicator by a dimension of several values", str(split), "", ""),
    ])  # fmt: skip


if __name__ == "__main__":
    main()
