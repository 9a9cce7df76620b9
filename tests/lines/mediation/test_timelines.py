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
FILES = ("mediation.yaml",)


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
