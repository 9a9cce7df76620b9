"""The bootstrap finds a pip on a machine that has none, and says so clearly when it cannot."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap, purity = load("bootstrap"), load("purity")
PYTHON = Path("python")


def test_the_first_pip_that_works_is_taken() -> None:
    tried: list[str] = []

    def source(name: str, pip: list[str] | None) -> object:
        def find(python: Path) -> list[str] | None:
            tried.append(name)
            return pip

        return find

    sources = (source("ensurepip", None), source("system", ["b"]), source("debian", ["c"]))
    assert bootstrap.find_pip(PYTHON, sources) == ["b"]
    assert tried == ["ensurepip", "system"]


def test_no_pip_at_all_is_said_in_two_languages() -> None:
    with pytest.raises(bootstrap.BootstrapError, match="找不到可用的 pip.*No usable pip"):
        bootstrap.find_pip(PYTHON, (lambda python: None,))


@pytest.mark.parametrize(("version", "fits"), [((3, 11, 2), True), ((3, 10, 0), False), ((3, 12, 1), False)])
def test_only_the_python_of_the_lock_is_accepted(version: tuple[int, ...], fits: bool) -> None:
    if fits:
        bootstrap.require_python(version)
    else:
        with pytest.raises(bootstrap.BootstrapError, match=r"3\.11"):
            bootstrap.require_python(version)


def test_debians_wheel_is_unpacked_without_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "var" / "bootstrap" / "usr" / "share" / "python-wheels" / "pip-23.0.1-py3-none-any.whl"

    def unpack(command: list[str], cwd: Path = tmp_path) -> bool:
        if command[0] == "apt-get":
            (cwd / "python3-pip-whl.deb").write_bytes(b"")
        else:
            wheel.parent.mkdir(parents=True, exist_ok=True)
            wheel.write_bytes(b"")
        return True

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "run", unpack)
    assert bootstrap.pip_of_debian(PYTHON) == ["python", str(wheel / "pip")]


def test_package_lists_are_fetched_once_when_they_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def failing(command: list[str], cwd: Path = tmp_path) -> bool:
        calls.append(command[-1] if "download" not in command else "download")
        return False

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "run", failing)
    assert bootstrap.pip_of_debian(PYTHON) is None
    assert calls == ["download", "update"]


def test_the_environment_follows_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "dev.lock").write_text("a==1")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert not bootstrap.up_to_date("dev")
    (tmp_path / ".venv" / "fingerprint").write_text(bootstrap.fingerprint("dev"))
    assert bootstrap.up_to_date("dev")
    (tmp_path / "requirements" / "dev.lock").write_text("a==2")
    assert not bootstrap.up_to_date("dev")
    assert bootstrap.environment("bench").name == ".venv-bench"


def test_nothing_in_the_locks_names_a_registry() -> None:
    for lock in (TOOLS.parent / "requirements").glob("*.lock"):
        text = lock.read_text()
        assert "http" not in text, lock.name
        assert text.count("==") <= text.count("--hash=sha256:"), lock.name


@pytest.mark.parametrize(
    ("source", "reasons"),
    [
        ("from datetime import date\nx = date.today()", ["calls date.today()"]),
        ("import datetime\nx = datetime.now()", ["calls datetime.now()"]),
        ("open('x')", ["calls open()"]),
        ("import random", ["imports random"]),
        ("from pathlib import Path", ["imports pathlib"]),
        ("import os.path", ["imports os.path"]),
        ("from uuid import uuid4\nimport uuid\nuuid.uuid4()", ["calls uuid.uuid4()"]),
        ("from datetime import date\nx = date(2024, 1, 1)", []),
    ],
)
def test_impurities_are_found(source: str, reasons: list[str]) -> None:
    assert [reason for _, reason in purity.impurities(source)] == reasons


def test_the_pure_floors_are_pure(capsys: pytest.CaptureFixture[str]) -> None:
    assert purity.main() == 0, capsys.readouterr().out
