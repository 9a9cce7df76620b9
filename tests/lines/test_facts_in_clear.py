"""Facts of a case stand in a column in the clear; no act of any line may put into them what a field tells of a person.

Every text of an input that is classed personal gets a value that stands nowhere else; no fact may hold it.
"""

import json
from datetime import date
from random import Random
from typing import Any

import pytest

from tests.lines import generate
from yifa.casework.codec import canonical
from yifa.engine import empty
from yifa.language.acts import Event
from yifa.language.forms import validate_partial
from yifa.language.privacy import PLAIN, fields
from yifa.language.values import resolve
from yifa.registry import city_env, known, line

DAY = date(2024, 3, 4)
ACTS = [(code, action.code) for code in known() for action in line(code).actions if action.sets]
# Facts that hold what a field classes as a name, and why they may.
ORGANS = {("reconsideration", "respondent")}  # respondents are organs, kept in the clear for figures


def marked(value: Any, name: str, classes: Any, used: set[str]) -> Any:
    """The data with every personal text replaced by one that is found again."""
    if isinstance(value, dict):
        return {key: marked(inner, key, classes, used) for key, inner in value.items()}
    if isinstance(value, list):
        return [marked(inner, name, classes, used) for inner in value]
    if isinstance(value, str) and value in generate.WORDS and classes.get(name, PLAIN) != PLAIN:
        used.add(f"不得外泄的{name}内容甲乙丙")
        return f"不得外泄的{name}内容甲乙丙"
    return value


@pytest.mark.parametrize(("code", "act"), ACTS)
def test_no_fact_holds_what_a_field_tells_of_a_person(code: str, act: str) -> None:
    owner, rng, seen = line(code), Random(act), 0
    action = owner.action(act)
    assert action is not None
    classes, view = fields(action.inputs), empty(owner, city_env())
    for _ in range(40):
        used: set[str] = set()
        data = generate.fields(action.inputs, rng, DAY, complete=True)
        typed, problems = validate_partial(action.inputs, marked(data, "", classes, used))
        if problems:
            continue
        seen += 1
        event = Event(0, act, DAY, typed)
        for fact, value in action.sets.items():
            held = json.dumps(canonical(resolve(value, view, event)), ensure_ascii=False)
            told = sorted(text for text in used if text in held)
            assert not told or (code, fact) in ORGANS, (fact, told)
    assert seen, "no input of this act could be made"


def test_the_marks_are_found_where_they_are_kept() -> None:
    """The exemption is one that is needed: the same look finds respondents among the facts."""
    action = line("reconsideration").action("receive_application")
    assert action is not None
    party = {"id": "不得外泄的id内容甲乙丙", "name": "某局"}
    typed = {"respondents": [party]}
    parsed, _ = validate_partial(action.inputs, typed)
    event = Event(0, action.code, DAY, parsed)
    assert "不得外泄" in json.dumps(
        canonical(resolve(action.sets["respondent"], empty(line("reconsideration"), city_env()), event)),
        ensure_ascii=False,
    )
