"""The snapshot: the same records give the same bytes, nothing personal leaves, and what is no snapshot is refused."""

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from tests.statistics.conftest import CUT
from tests.statistics.play import Play
from yifa import registry
from yifa.cli import main
from yifa.statistics.catalogue import catalogue, find
from yifa.statistics.figures import compute
from yifa.statistics.lake import Snapshot, SnapshotError, counted_registers, export, layout
from yifa.statistics.live import NotKeptError
from yifa.statistics.notes import note, notes, scale
from yifa.statistics.period import year as of_year

pytestmark = pytest.mark.django_db


def test_the_same_records_give_the_same_files(year: Play, snapshot: Snapshot, tmp_path: Path) -> None:
    again = export(tmp_path, CUT, year.world)
    assert again["tables"] == snapshot.meta["tables"]
    assert list(Snapshot(tmp_path).changed()) == []
    assert again["tables"]["reconsideration/cases.parquet"]["rows"] == 90


def test_it_says_what_it_is(year: Play, snapshot: Snapshot) -> None:
    meta = snapshot.meta
    assert (meta["known_at"], meta["city"], meta["notes"]) == (CUT.isoformat(), "guangzhou", {})
    assert snapshot.known_at == CUT
    own = {f"{c}/{t}.parquet" for c in registry.known() for t in ("cases", "acts", "clocks")}
    registers = {f"registers/{owned.code}.parquet" for owned in counted_registers()}
    assert set(meta["tables"]) == own | registers
    assert "registers/litigation.mediators.parquet" in registers


def test_every_table_has_its_declared_columns_and_no_others(snapshot: Snapshot) -> None:
    for code in registry.known():
        for name, columns in layout(registry.line(code)).items():
            told = duckdb.execute(
                f"DESCRIBE SELECT * FROM '{snapshot.folder / code / name}.parquet'"
            ).fetchall()
            assert [row[0] for row in told] == [column.name for column in columns]


def test_nobody_is_in_it(snapshot: Snapshot) -> None:
    """Applicants, handlers, lawyers: not one name or identity of a person in any file."""
    for path in snapshot.folder.rglob("*.parquet"):
        text = str(duckdb.execute(f"SELECT * FROM '{path}'").fetchall())
        for name in ("测试", "律师甲", "'甲'", "'a-"):
            assert name not in text.replace("测罚", ""), (path, name)


def test_a_changed_or_missing_file_is_noticed(year: Play, tmp_path: Path) -> None:
    export(tmp_path, CUT, year.world)
    (tmp_path / "legal_aid/acts.parquet").write_bytes(b"PAR1")
    (tmp_path / "legal_aid/clocks.parquet").unlink()
    assert set(Snapshot(tmp_path).changed()) == {"legal_aid/acts.parquet", "legal_aid/clocks.parquet"}


def test_what_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="不是统计快照"):
        Snapshot(tmp_path)
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match="不是统计快照"):
        Snapshot(tmp_path)
    (tmp_path / "meta.json").write_text(json.dumps({"format": 0, "known_at": "2023-12-31"}), encoding="utf-8")
    with pytest.raises(SnapshotError, match="请重新导出"):
        Snapshot(tmp_path)


def test_a_table_it_does_not_hold(year: Play, snapshot: Snapshot) -> None:
    named = find("reconsideration.accepted")
    less = Snapshot(snapshot.folder)
    del less.meta["tables"]["reconsideration/cases.parquet"]
    figure = compute(less, [named], of_year(2023))[named.name]
    assert figure.value is None
    with pytest.raises(NotKeptError):
        less.run(next(iter(_query())))


def _query() -> list[object]:
    from yifa.statistics.compile import Measure, totals

    named = find("reconsideration.accepted")
    return [totals(named.line, "cases", [Measure(named.parts[0], of_year(2023))])]


def test_notes_go_with_it(year: Play, tmp_path: Path) -> None:
    note("sample", {"scale": "0.02", "seed": 7})
    note("sample", {"scale": "0.05", "seed": 7})
    assert export(tmp_path, CUT, year.world)["notes"] == notes() == {"sample": {"scale": "0.05", "seed": 7}}
    assert str(scale(notes())) == "0.05"
    assert scale({}) is None


def test_the_command(year: Play, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["lake", "export", "--out", str(tmp_path), "--known-at", "2023-12-31"])
    assert done.exit_code == 0, done.output
    assert "reconsideration/cases.parquet  90行" in done.output
    assert "记录截止 2023-12-31T23:59:59.999999+08:00" in done.output


def test_a_quote_in_the_folders_name(year: Play, tmp_path: Path) -> None:
    folder = tmp_path / "it's"
    export(folder, CUT, year.world)
    assert (
        compute(Snapshot(folder), catalogue().values(), of_year(2023))["reconsideration.accepted"].value == 80
    )
