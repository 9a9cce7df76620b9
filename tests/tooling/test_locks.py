"""The locks are whole, hashed, and name no place to fetch from."""

import re
from pathlib import Path

import pytest

from tests.tooling.support import ROOT, load

bootstrap = load("bootstrap")
FOLDER = ROOT / "requirements"
LOCKS = sorted(FOLDER.glob("*.lock"))


def locked(path: Path) -> dict[str, str]:
    """Distribution → version."""
    pairs = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", path.read_text(), re.MULTILINE)
    return {bootstrap.normal(name): version for name, version in pairs}


def asked(path: Path) -> set[str]:
    """Distributions that an .in file and the files it includes ask for."""
    names: set[str] = set()
    for line in path.read_text().splitlines():
        if included := re.match(r"-r (\S+)", line):
            names |= asked(path.parent / included[1])
        elif found := re.match(r"[A-Za-z][\w.-]*", line):
            names.add(bootstrap.normal(found[0]))
    return names


def test_every_group_has_its_lock() -> None:
    assert [path.stem for path in LOCKS] == sorted(bootstrap.GROUPS)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_distribution_is_pinned_by_hash_and_by_no_address(path: Path) -> None:
    text = path.read_text()
    assert not re.findall(r"://|--index-url|--extra-index|--find-links|@ file", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_the_lock_holds_what_its_group_asks_for_and_the_builder(path: Path) -> None:
    wanted = asked(path.with_suffix(".in")) | asked(FOLDER / "build.in")
    assert wanted - locked(path).keys() == set()


@pytest.mark.parametrize("group", ["dev", "bench"])
def test_every_environment_runs_the_versions_of_production(group: str) -> None:
    base, other = locked(FOLDER / "base.lock"), locked(FOLDER / f"{group}.lock")
    assert {
        name: (version, other.get(name)) for name, version in base.items() if other.get(name) != version
    } == {}
