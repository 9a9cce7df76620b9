"""The dated examples hold, and together they show every deadline, every version and every effect."""

from functools import cache
from pathlib import Path

import pytest

from yifa.casework.codec import canonical
from yifa.language.forms import validate_partial
from yifa.lines.mediation import MEDIATION
from yifa.timelines.model import Entry
from yifa.timelines.parse import parse
from yifa.timelines.run import run

FOLDER = Path(__file__).parents[2] / "timelines"
FILES = ("mediation.yaml", "mediation_more.yaml")


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(e for name in FILES for e in parse((FOLDER / name).read_text(encoding="utf-8"), name))


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_the_example_holds(entry: Entry) -> None:
    found = run(entry)
    assert found.problems == ()
    assert entry.expect


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_every_deadline_is_explained_with_its_article(entry: Entry) -> None:
    for reading in run(entry).final.readings:
        assert str(reading.cite).startswith(("《", "实务规则"))
        assert reading.steps


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_what_is_stored_reads_back_the_same(entry: Entry) -> None:
    for dated in entry.events:
        action = MEDIATION.action(dated.event.action)
        assert action is not None
        again, problems = validate_partial(action.inputs, canonical(dict(dated.event.data)))
        assert not problems
        assert again == dated.event.data


def test_every_deadline_version_and_effect_is_shown() -> None:
    shown = {e.deadline for entry in entries() for e in entry.expect}
    assert {clock.code for clock in MEDIATION.clocks} <= shown
    assert {version.code for version in MEDIATION.versions} <= {entry.law_version for entry in entries()}
    effects = {e.wanted.get("effect") for entry in entries() for e in entry.expect}
    assert {effect.code for effect in MEDIATION.effects} <= effects


def test_the_worked_examples_are_all_there() -> None:
    own = (FOLDER / FILES[0]).read_text(encoding="utf-8")
    assert {entry.id[:5] for entry in parse(own, FILES[0])} == {"MED-A", "MED-B", "MED-C"}


@pytest.mark.parametrize("entry", [e for e in entries() if e.id.startswith("MED-full")], ids=lambda e: e.id)
def test_whole_matters_are_allowed_step_by_step(entry: Entry) -> None:
    found = run(entry, strict=True)
    assert [step.refused for step in found.steps if step.refused] == []
    assert found.problems == ()


def test_no_citation_is_older_than_its_case_or_younger() -> None:
    """The examples of 2023 name neither the law of 2024 nor the city's regulation."""
    cited = {
        (entry.id, str(reading.cite))
        for entry in entries()
        if all(dated.event.effective_on.year == 2023 for dated in entry.events)
        for reading in run(entry).final.readings
    }
    assert not [
        row
        for row in cited
        if "(2024)" in row[1] or "行政复议法》(2023)" in row[1] or "民事诉讼法》(2023)" in row[1]
    ]
