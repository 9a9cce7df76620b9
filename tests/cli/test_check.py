"""`yifa check`: what is wrong and how to mend it, all at once, in development and for production."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.platform.test_config import PRODUCTION
from yifa import registry
from yifa.city.load import CityError
from yifa.cli import main
from yifa.commands import check
from yifa.platform import embedded

SOURCE = Path(__file__).resolve().parents[2] / "src"


def yifa_check(tmp_path: Path, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {
        **environ,
        "YIFA_VAR": str(tmp_path),
        "PYTHONPATH": str(SOURCE),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
    }
    code = f"import sys; sys.argv = ['yifa', 'check', *{options!r}]; from yifa.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=given, capture_output=True, text=True
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: other runs of pytest keep closing that one to the server's user."""
    root = Path(tempfile.mkdtemp(prefix="yifa-test-"))
    yield root
    embedded.stop(root / "pg")
    shutil.rmtree(root)


@pytest.fixture
def server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of its own, as careful as a real one, with all migrations."""
    for careless in ("fsync", "full_page_writes"):
        monkeypatch.delitem(embedded.OPTIONS, careless, raising=False)
    url = embedded.ensure_running(folder / "pg")
    given = {"YIFA_VAR": str(folder), "PYTHONPATH": str(SOURCE), "PATH": os.defpath}
    subprocess.run([sys.executable, "-m", "yifa.site", "migrate", "-v", "0"], env=given, check=True)
    return url


@pytest.mark.slow
@pytest.mark.postgres
def test_clean_in_development_and_for_production(tmp_path: Path, server: str) -> None:
    done = yifa_check(tmp_path, DATABASE_URL=server)
    assert (done.returncode, done.stdout) == (0, "检查通过，没有发现问题。\n"), done.stderr
    done = yifa_check(
        tmp_path, "--deploy", **{**PRODUCTION, "YIFA_ENV": "development", "DATABASE_URL": server}
    )
    assert (done.returncode, done.stdout) == (0, "检查通过，没有发现问题。\n"), done.stderr


@pytest.mark.slow
@pytest.mark.postgres
def test_a_new_database_wants_its_migrations(folder: Path) -> None:
    done = yifa_check(folder)
    assert done.returncode == 1
    assert "数据库还没有执行迁移" in done.stdout
    assert "办法：请运行 python -m yifa.site migrate" in done.stdout


def test_settings_are_told_first_and_all_at_once(tmp_path: Path) -> None:
    done = yifa_check(tmp_path, "--deploy", YIFA_SESSION_MINUTES="long")
    assert done.returncode == 1
    for name in (
        "YIFA_SECRET_KEY",
        "YIFA_DATA_KEYS",
        "YIFA_BLIND_KEY",
        "DATABASE_URL",
        "YIFA_SESSION_MINUTES",
    ):
        assert name in done.stdout
    assert done.stdout.count("办法：") >= 5
    assert "Traceback" not in done.stderr


def test_every_mistake_of_the_city_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(code: str) -> None:
        raise CityError(code, ["organs.yaml: x: 名称重复", "routes.yaml: 第1条: 依据不存在"])

    monkeypatch.setattr(registry, "city_of", broken)
    assert [t.message for t in check.city()] == ["organs.yaml: x: 名称重复", "routes.yaml: 第1条: 依据不存在"]


def test_parameters_nobody_declares_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    city = registry.city_of()
    monkeypatch.setattr(
        registry, "load_city", lambda code: replace(city, parameters={"legal_aid": {"moon": ()}})
    )
    registry.city_env.cache_clear()
    assert [t.id for t in check.city()] == ["city.parameters"]
    registry.city_env.cache_clear()


def test_it_stands_in_the_list_of_commands() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    assert all(name in output for name in ("check", "keys", "people"))
