"""`checks.run`: every trouble with its remedy, no secret in any of them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.platform.test_config import PRODUCTION
from yifa.platform import checks, embedded
from yifa.platform.config import Trouble

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="session")
def environ() -> dict[str, str]:
    """A good environment, on the server of the test run."""
    database = settings.DATABASES["default"]
    url = embedded.ensure_running(Path(database["EMBEDDED"])) if "EMBEDDED" in database else ""
    return {**PRODUCTION, "YIFA_ENV": "development", "DATABASE_URL": url} if url else dict(PRODUCTION)


def run(environ: dict[str, str], tmp_path: Path, **changes: str) -> list[Trouble]:
    return checks.run({**environ, "YIFA_VAR": str(tmp_path), **changes})


def ids(troubles: list[Trouble]) -> set[str]:
    return {trouble.id for trouble in troubles} - {
        "database.fsync",
        "database.full_page_writes",
    }  # off in tests


def test_all_is_well(environ: dict[str, str], tmp_path: Path) -> None:
    assert ids(run(environ, tmp_path)) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DATABASE_URL": "postgresql://u:geheim@127.0.0.1:1/d"}, {"database.unreachable"}),
        ({"YIFA_BLIND_KEY": PRODUCTION["YIFA_LOG_KEY"]}, {"keys.shared"}),
        ({"YIFA_HOST": "x"}, {"settings.unknown"}),
        ({"YIFA_ENV": "production", "YIFA_HOSTS": ""}, {"settings.missing"}),
        ({"YIFA_SESSION_MINUTES": "long"}, {"settings.invalid"}),
    ],
)
def test_troubles(
    environ: dict[str, str], tmp_path: Path, changes: dict[str, str], expected: set[str]
) -> None:
    troubles = run(environ, tmp_path, **changes)
    assert ids(troubles) == expected
    assert all(trouble.hint for trouble in troubles)
    assert "geheim" not in checks.report(troubles)


def test_readable_key_files(environ: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "yifa_log_key").write_text("x")
    (folder / "yifa_log_key").chmod(0o644)
    (trouble,) = [t for t in run(environ, tmp_path) if t.id == "keys.readable"]
    assert f"chmod 600 {folder / 'yifa_log_key'}" in trouble.hint


def test_a_full_disk(environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda path: SimpleNamespace(free=1))
    assert ids(run(environ, tmp_path)) == {"var.full"}


def test_a_folder_one_may_not_write(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.os, "access", lambda path, mode: False)
    assert ids(run(environ, tmp_path)) == {"var.unwritable"}


def test_no_sm3(environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "algorithms_available", {"sha256"})
    assert ids(run(environ, tmp_path)) == {"crypto.sm3"}


def test_an_embedded_server_that_cannot_start(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "letter.txt").write_text("x")
    assert ids(run(environ, tmp_path, DATABASE_URL="")) == {"database.embedded"}


class OldServer:
    """Answers like a server of the wrong version and settings."""

    info = SimpleNamespace(server_version=140011)

    def execute(self, query: str, values: tuple[str, ...]) -> Any:
        return SimpleNamespace(fetchone=lambda: ("off",))


def test_an_old_and_careless_server() -> None:
    found = [trouble.id for trouble in checks._server(OldServer())]  # type: ignore[arg-type]
    assert found == [
        "database.old",
        "database.server_encoding",
        "database.fsync",
        "database.full_page_writes",
    ]


def test_report() -> None:
    assert checks.report([]) == "检查通过，没有发现问题。"
    assert checks.report([Trouble("a.b", "坏了", "修好它")]) == "1. 坏了\n   办法：修好它　[a.b]"


@pytest.mark.django_db
def test_the_backend_refuses_a_server_older_than_15() -> None:
    assert connection.features.minimum_database_version == (15,)
    assert connection.pg_version >= 150000
