"""The import contracts of pyproject.toml break when a floor is crossed, and only then.

Each case is a small house called yifa with one import too many; the contracts are the real ones.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.support import ROOT

HOUSE = {
    "law": "",
    "language": "import yifa.law",
    "engine": "import yifa.language",
    "ledger": "import yifa.law",
    "ledger/verifier": "import os, pathlib, time",  # a program of its own
    "lines": "",
    "lines/one": "import yifa.engine",
    "lines/two": "import yifa.engine",
    "city": "import yifa.language",
    "casework": "import yifa.lines, yifa.city, django, time",
    "desk": "import yifa.casework",
    "cli": "import yifa.desk",
}
FLOORS, PURE, LINES = (
    "Higher floors import lower ones, never the other way",
    "The pure floors know no framework, database, clock, randomness or file",
    "Lines do not import each other",
)


def broken(folder: Path, changes: dict[str, str]) -> set[str]:
    """Contracts that the house breaks with these modules added or replaced."""
    for name, source in ({"": ""} | HOUSE | changes).items():
        path = folder / "yifa" / name
        path = path.with_suffix(".py") if "verifier" in name else path / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return {name for name in (FLOORS, PURE, LINES) if f"{name} BROKEN" in done.stdout}


def test_a_house_in_order_keeps_them(tmp_path: Path) -> None:
    assert broken(tmp_path, {}) == set()


@pytest.mark.parametrize(
    ("room", "source", "contracts"),
    [
        ("law", "import yifa.language", {FLOORS}),
        ("language", "import yifa.engine", {FLOORS}),
        ("engine", "import yifa.lines", {FLOORS}),
        ("ledger", "import yifa.engine", {FLOORS}),
        ("lines/one", "import yifa.city", {FLOORS}),
        ("city", "import yifa.lines.one", {FLOORS}),
        ("lines/one", "import yifa.lines.two", {LINES}),
        ("casework", "import yifa.desk", {FLOORS}),
        ("misc", "", {FLOORS}),  # a package that stands on no floor
        ("law", "import random", {PURE}),
        ("engine", "from datetime import date\nimport time", {PURE}),
        ("lines/one", "from pathlib import Path", {PURE}),
        ("city", "import django.conf", {PURE}),
        ("ledger", "import psycopg", {PURE}),
    ],
)
def test_an_import_too_many_breaks_its_contract(
    room: str, source: str, contracts: set[str], tmp_path: Path
) -> None:
    assert broken(tmp_path, {room: source}) == contracts
