"""The dated examples hold, and together they show every deadline, every version and every external event."""

from functools import cache
from pathlib import Path

import pytest

from yifa.casework.codec import canonical
from yifa.language.forms import validate_partial
from yifa.lines.legal_aid import LEGAL_AID
from yifa.timelines.model import Entry
from yifa.timelines.parse import parse
from yifa.timelines.run import run

FOLDER = Path(__file__).parents[2] / "timelines"
FILES = ("legal_aid.yaml", "legal_aid_more.yaml")


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(e for name in FILES for e in parse((FOLDER / name).read_text(encoding="utf-8"), name))


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_the_example_holds(entry: Entry) -> None:
    found = run(entry)
    assert found.problems == ()
    assert entry.expect


def test_every_deadline_is_shown() -> None:
    shown = {e.deadline for entry in entries() for e in entry.expect}
    assert {clock.code for clock in LEGAL_AID.clocks} <= shown


def test_every_version_is_shown() -> None:
    assert {v.code for v in LEGAL_AID.versions} <= {entry.law_version for entry in entries()}


def test_the_worked_examples_are_all_there() -> None:
    worked = {
        entry.id.removeprefix("LA-W").rstrip("abcd") for entry in entries() if entry.id.startswith("LA-W")
    }
    assert worked == {str(n) for n in range(1, 12)}


def test_there_are_twenty_more() -> None:
    assert sum(not entry.id.startswith("LA-W") for entry in entries()) >= 20


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_every_deadline_is_explained_with_its_article(entry: Entry) -> None:
    for reading in run(entry).final.readings:
        assert str(reading.cite).startswith(("《", "实务规则"))
        assert reading.steps


@pytest.mark.parametrize("entry", [e for e in entries() if e.id.startswith("LA-full")], ids=lambda e: e.id)
def test_whole_matters_are_allowed_step_by_step(entry: Entry) -> None:
    found = run(entry, strict=True)
    assert [step.refused for step in found.steps if step.refused] == []
    assert found.problems == ()


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_what_is_stored_reads_back_the_same(entry: Entry) -> None:
    for dated in entry.events:
        action = LEGAL_AID.action(dated.event.action)
        assert action is not None
        again, problems = validate_partial(action.inputs, canonical(dict(dated.event.data)))
        assert not problems
        assert again == dated.event.data
