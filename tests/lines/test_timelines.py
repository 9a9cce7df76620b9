"""The dated examples of every line hold, and together they show every deadline, every version and every effect."""

from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from yifa.casework.codec import canonical
from yifa.language.forms import validate_partial
from yifa.registry import line as line_of
from yifa.timelines.model import Entry
from yifa.timelines.parse import parse
from yifa.timelines.run import run

FOLDER = Path(__file__).parents[1] / "timelines"
LINES = ("reconsideration", "legal_aid", "litigation", "mediation")
# Worked examples of the domain files, by the beginning of their id.
WORKED = {
    "reconsideration": frozenset[str](),
    "legal_aid": frozenset(f"LA-W{n}" for n in range(1, 12)),
    "litigation": frozenset({"LT-1", "LT-2", "LT-3"}),
    "mediation": frozenset({"MED-A", "MED-B", "MED-C"}),
}


@cache
def entries(line: str) -> tuple[Entry, ...]:
    """The examples of a line, from both of its files."""
    files = (f"{line}.yaml", f"{line}_more.yaml")
    return tuple(
        entry for name in files for entry in parse((FOLDER / name).read_text(encoding="utf-8"), name)
    )


ALL = [pytest.param(line, entry, id=entry.id) for line in LINES for entry in entries(line)]
WHOLE = [p for p in ALL if "-full" in str(p.id)]


@pytest.mark.parametrize(("line", "entry"), ALL)
def test_the_example_holds(line: str, entry: Entry) -> None:
    found = run(entry)
    assert found.problems == ()
    assert entry.expect


@pytest.mark.parametrize(("line", "entry"), ALL)
def test_every_deadline_is_explained_with_its_article(line: str, entry: Entry) -> None:
    for reading in run(entry).final.readings:
        assert str(reading.cite).startswith(("《", "实务规则"))
        assert reading.steps


@pytest.mark.parametrize(("line", "entry"), ALL)
def test_what_is_stored_reads_back_the_same(line: str, entry: Entry) -> None:
    for dated in entry.events:
        action = line_of(line).action(dated.event.action)
        if action is None:  # the note that an effect of law has come about says nothing else
            assert line_of(line).effect(dated.event.action) is not None
            continue
        again, problems = validate_partial(action.inputs, canonical(dict(dated.event.data)))
        assert not problems
        assert again == dated.event.data


@pytest.mark.parametrize(("line", "entry"), WHOLE)
def test_whole_matters_are_allowed_step_by_step(line: str, entry: Entry) -> None:
    found = run(entry, strict=True)
    assert [step.refused for step in found.steps if step.refused] == []
    assert found.problems == ()


@pytest.mark.parametrize("line", LINES)
def test_every_deadline_is_shown(line: str) -> None:
    shown = {expected.deadline for entry in entries(line) for expected in entry.expect}
    assert {clock.code for clock in line_of(line).clocks} - shown == set()


@pytest.mark.parametrize("line", LINES)
def test_every_version_is_shown(line: str) -> None:
    assert {version.code for version in line_of(line).versions} <= {
        entry.law_version for entry in entries(line)
    }


@pytest.mark.parametrize("line", LINES)
def test_every_effect_is_shown(line: str) -> None:
    shown = {expected.wanted.get("effect") for entry in entries(line) for expected in entry.expect}
    assert {effect.code for effect in line_of(line).effects} - shown == set()


@pytest.mark.parametrize("line", LINES)
def test_the_worked_examples_are_all_there_and_more_beside(line: str) -> None:
    ids = [entry.id for entry in entries(line)]
    assert all(any(found.startswith(worked) for found in ids) for worked in WORKED[line])
    assert len(ids) >= len(WORKED[line]) + 20
    assert [name for name, same in groupby(sorted(ids)) if len(list(same)) > 1] == []


@pytest.mark.parametrize("line", LINES)
def test_examples_of_2023_name_no_law_that_came_later(line: str) -> None:
    later = ("(2024)", "行政复议法》(2023)", "民事诉讼法》(2023)")
    old = [e for e in entries(line) if all(dated.event.effective_on.year == 2023 for dated in e.events)]
    cited = {(entry.id, str(reading.cite)) for entry in old for reading in run(entry).final.readings}
    assert [row for row in cited if any(law in row[1] for law in later)] == []
