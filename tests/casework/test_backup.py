"""Backup and restore: everything comes back, row by row, onto another server; nothing is ever overwritten."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests.casework.bureau import Bureau, founded, legal_aid, moment, reconsideration, walk
from tests.casework.support import TestWorld
from yifa.casework import background, log
from yifa.casework.models import Case, EventRow
from yifa.people.models import Contact
from yifa.platform import backup, config, embedded
from yifa.platform.backup import BackupError

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2024, 3, 4)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def filled(world: TestWorld) -> Bureau:
    """Cases of both lines, people, notices, a signed log."""
    bureau = founded()
    Contact.objects.create(user=bureau.head, email="head@example.test")
    walk(world, "reconsideration", DAY, reconsideration(DAY))
    walk(world, "legal_aid", DAY, legal_aid(DAY)[:4])
    world.moment = moment(DAY + timedelta(days=200))
    background.run(world)
    return bureau


@pytest.fixture
def files() -> Path:
    """Where the documents of the cases lie, and one file more."""
    folder = Path(settings.VAR) / "files" / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "abcd").write_bytes(b"\x00sealed")
    return folder.parent


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of another installation with the same keys: an empty database of its own by DATABASE_URL."""
    now = embedded.status(Path(settings.DATABASES["default"]["EMBEDDED"]))
    name = f"elsewhere_{os.getpid()}"
    with psycopg.connect(embedded.dsn(now, "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    keys = config.Config(os.environ)
    yield {
        **os.environ, "DATABASE_URL": embedded.dsn(now, name), "YIFA_VAR": str(tmp_path / "var"),
        "YIFA_DATA_KEYS": ",".join(key.hex() for key in keys[config.DATA_KEYS]), "YIFA_LOG_KEY": settings.LOG_KEY,
        "YIFA_BLIND_KEY": settings.BLIND_KEY,
    }  # fmt: skip
    with psycopg.connect(embedded.dsn(now, "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def there(elsewhere: dict[str, str]) -> Run:
    return running(elsewhere)


def running(environment: dict[str, str]) -> Run:
    """`yifa …` in another environment."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; from yifa.cli import main; main(sys.argv[1:])"
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    return run


def test_everything_comes_back_and_verifies(
    filled: Bureau, files: Path, tmp_path: Path, there: Run, elsewhere: dict[str, str]
) -> None:
    made = backup.dump(tmp_path / "b", files, {"checkpoint": (log.latest() or b"").decode()})
    done = there("restore", str(tmp_path / "b"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"已恢复{made.tables}张表、{made.rows}行、{made.files}个文件，逐行比对一致" in done.stdout
    assert "账本和全部案件核验通过" in done.stdout
    assert (tmp_path / "var" / "files" / "ab" / "abcd").read_bytes() == b"\x00sealed"
    with psycopg.connect(elsewhere["DATABASE_URL"]) as other:
        for table in ("casework_event", "people_access", "casework_notice"):
            ours, theirs = (count(c, table) for c in (connection, other))
            assert ours == theirs
    again = there("restore", str(tmp_path / "b"))
    assert again.returncode == 1
    assert "不予覆盖" in again.stderr
    backed_up_again_is_the_same(tmp_path, there)
    assert "入账0条" in there("tick").stdout, "work goes on, and nothing is entered twice"


@pytest.fixture
def fresh() -> Iterator[dict[str, str]]:
    """The environment of a new machine with the same keys and no server named: it starts an embedded one of its own."""
    keys, var = config.Config(os.environ), Path(tempfile.mkdtemp(prefix="yifa-fresh-"))
    yield {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, "YIFA_VAR": str(var),
        "YIFA_DATA_KEYS": ",".join(key.hex() for key in keys[config.DATA_KEYS]), "YIFA_LOG_KEY": settings.LOG_KEY,
        "YIFA_BLIND_KEY": settings.BLIND_KEY,
    }  # fmt: skip
    embedded.stop(var / "pg")
    shutil.rmtree(var)


def test_onto_a_fresh_embedded_server(
    filled: Bureau, files: Path, tmp_path: Path, fresh: dict[str, str]
) -> None:
    made = backup.dump(tmp_path / "b", files, {"checkpoint": (log.latest() or b"").decode()})
    there = running(fresh)
    done = there("restore", str(tmp_path / "b"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"已恢复{made.tables}张表、{made.rows}行、{made.files}个文件，逐行比对一致" in done.stdout
    now = embedded.status(Path(fresh["YIFA_VAR"]) / "pg")
    with psycopg.connect(embedded.dsn(now)) as other:
        for table in backup._tables():
            assert all_rows(other, table) == all_rows(connection, table), table
    for path in files.rglob("*"):
        copy = Path(fresh["YIFA_VAR"]) / "files" / path.relative_to(files)
        assert path.is_dir() or copy.read_bytes() == path.read_bytes()
    verified = there("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "全部相符" in verified.stdout
    assert verified.stdout.endswith("核验通过\n")
    backed_up_again_is_the_same(tmp_path, there)


def all_rows(on: Any, table: str) -> list[str]:
    with on.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def backed_up_again_is_the_same(tmp_path: Path, there: Run) -> None:
    done = there("backup", str(tmp_path / "c"))
    assert done.returncode == 0, done.stderr
    first, second = (json.loads((tmp_path / name / "manifest.json").read_text()) for name in "bc")
    for part in ("tables", "sequences", "files", "migrations"):
        assert first[part] == second[part], part


def count(on: Any, table: str) -> int:
    with on.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_database_with_anything_in_it_is_not_overwritten(
    filled: Bureau, files: Path, tmp_path: Path
) -> None:
    backup.dump(tmp_path / "b", files)
    before = EventRow.objects.count()
    with pytest.raises(BackupError, match="不是空的"):
        backup.load(tmp_path / "b", tmp_path / "nowhere")
    assert EventRow.objects.count() == before


def test_files_are_not_overwritten(filled: Bureau, files: Path, tmp_path: Path) -> None:
    backup.dump(tmp_path / "b", files)
    with pytest.raises(BackupError, match="不是空的，不予覆盖"):
        backup.load(tmp_path / "b", files)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("tables/casework_event.copy", "casework_event"),
        ("files/ab/abcd", "abcd"),
        ("manifest.json", "清单损坏"),
    ],
)
def test_a_changed_backup_is_refused_before_anything_is_touched(
    filled: Bureau, files: Path, tmp_path: Path, name: str, what: str
) -> None:
    backup.dump(tmp_path / "b", files)
    path = tmp_path / "b" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if name != "manifest.json" else 0] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupError, match=what):
        backup.read_manifest(tmp_path / "b")


def test_a_missing_part_is_named(filled: Bureau, files: Path, tmp_path: Path) -> None:
    backup.dump(tmp_path / "b", files)
    (tmp_path / "b" / "files" / "ab" / "abcd").unlink()
    with pytest.raises(BackupError, match="abcd"):
        backup.read_manifest(tmp_path / "b")
    with pytest.raises(BackupError, match="不是备份"):
        backup.read_manifest(tmp_path)


def test_rows_that_differ_are_named(filled: Bureau, files: Path, tmp_path: Path) -> None:
    backup.dump(tmp_path / "b", files)
    manifest = backup.read_manifest(tmp_path / "b")
    assert list(backup.differences(tmp_path / "b", manifest)) == []
    Case.objects.update(stage="received")
    assert list(backup.differences(tmp_path / "b", manifest)) == ["casework_case 第1行"]


def test_a_log_that_is_older_than_the_backups_checkpoint_does_not_pass(
    filled: Bureau, files: Path, tmp_path: Path, there: Run
) -> None:
    """The backup carries the checkpoint of its making: a log cut off and put in its place is found."""
    note = (log.latest() or b"").decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM casework_checkpoint; DELETE FROM casework_tile; INSERT INTO casework_waiting SELECT event_id FROM casework_leaf; DELETE FROM casework_leaf"
        )
    backup.dump(tmp_path / "b", files, {"checkpoint": note})
    done = there("restore", str(tmp_path / "b"))
    assert done.returncode == 1
    assert "截断" in done.stdout


def test_an_unfinished_backup_never_bears_the_name(
    filled: Bureau, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise OSError("disk full")

    monkeypatch.setattr(backup, "_copy_files", broken)
    with pytest.raises(OSError, match="disk full"):
        backup.dump(tmp_path / "b", files)
    assert not (tmp_path / "b").exists()
    monkeypatch.undo()
    with pytest.raises(BackupError, match="未完成的备份"):
        backup.dump(tmp_path / "b", files)


def test_it_goes_into_an_empty_folder_only(filled: Bureau, files: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="不是空文件夹"):
        backup.dump(tmp_path, files)
    assert backup.dump(tmp_path / "b", files).files == sum(path.is_file() for path in files.rglob("*")) > 1
    mode = (tmp_path / "b" / "manifest.json").stat().st_mode & 0o777
    assert mode == 0o600


def test_a_backup_shows_nobody(filled: Bureau, files: Path, tmp_path: Path) -> None:
    backup.dump(tmp_path / "b", files)
    text = b"".join(p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file())
    assert "测试路".encode() not in text
    assert b"head@example" not in text
    assert settings.LOG_KEY.encode() not in text


def test_a_backup_of_a_newer_version_is_refused(filled: Bureau, files: Path, tmp_path: Path) -> None:
    backup.dump(tmp_path / "b", files)
    path = tmp_path / "b" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["migrations"].append(["casework", "9999_future"])
    path.write_text(json.dumps(manifest))
    with pytest.raises(BackupError, match="更新的版本"):
        backup.load(tmp_path / "b", tmp_path / "nowhere")
