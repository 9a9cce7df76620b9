"""The dated examples hold, and together they show every deadline."""

from functools import cache
from pathlib import Path

import pytest

from yifa.casework.codec import canonical
from yifa.language.forms import validate_partial
from yifa.lines.litigation import LITIGATION
from yifa.timelines.model import Entry
from yifa.timelines.parse import parse
from yifa.timelines.run import run

FOLDER = Path(__file__).parents[2] / "timelines"
FILES = ("litigation.yaml", "litigation_more.yaml")


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
    assert {clock.code for clock in LITIGATION.clocks} - shown == set()


def test_every_effect_is_shown() -> None:
    shown = {e.wanted.get("effect") for entry in entries() for e in entry.expect}
    assert {effect.code for effect in LITIGATION.effects} - shown == set()


def test_the_worked_examples_are_all_there() -> None:
    assert {"LT-1", "LT-2", "LT-3"} <= {entry.id for entry in entries()}


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_every_deadline_is_explained_with_its_article(entry: Entry) -> None:
    for reading in run(entry).final.readings:
        assert str(reading.cite).startswith(("《", "实务规则"))
        assert reading.steps


@pytest.mark.parametrize("entry", [e for e in entries() if e.id.startswith("LT-full")], ids=lambda e: e.id)
def test_whole_suits_are_allowed_step_by_step(entry: Entry) -> None:
    found = run(entry, strict=True)
    assert [step.refused for step in found.steps if step.refused] == []
    assert found.problems == ()


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_what_is_stored_reads_back_the_same(entry: Entry) -> None:
    for dated in entry.events:
        action = LITIGATION.action(dated.event.action)
        assert action is not None
        again, problems = validate_partial(action.inputs, canonical(dict(dated.event.data)))
        assert not problems
        assert again == dated.event.data
