"""Codes and their Chinese words: found by field or model, used in refusals, complete for every line."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from yifa import registry
from yifa.language.forms import Inputs, validate, validate_partial
from yifa.language.kernel_actions import KERNEL_ACTIONS
from yifa.language.messages import kernel_catalogue, render
from yifa.language.words import choices, coded_fields, package_of, spelled_out, word, words
from yifa.lines.reconsideration.inputs import Acceptance, Application, Party


class Part(BaseModel):
    colour: Literal["red", "blue"] = "red"


class Whole(Inputs):
    size: Annotated[Literal["s", "m"] | None, Field(title="大小")] = None
    parts: list[Part | str] = Field(default_factory=list, title="部件")
    again: Part | None = None


def test_a_word_is_found_by_model_before_field() -> None:
    assert word(Party, "kind", "organ") == "行政机关"
    assert word(Application, "channel", "post") == "邮寄"


def test_what_has_no_word_stands_for_itself() -> None:
    assert word(Part, "colour", "red") == "red"
    assert word(Application, "channel", "pigeon") == "pigeon"
    assert word(Application, "prior_required", True) == "True"


def test_a_package_without_words_has_none() -> None:
    assert words("yifa.engine") == {}
    assert package_of(Party) == "yifa.lines.reconsideration"


def test_choices_are_found_inside_unions_and_lists() -> None:
    assert choices(list[Literal["a", "b"] | None]) == ("a", "b")
    assert choices(str) == ()


def test_coded_fields_include_those_of_parts_once() -> None:
    assert [(m.__name__, f, c) for m, f, c in coded_fields(Whole)] == [
        ("Part", "colour", ("red", "blue")),
        ("Whole", "size", ("s", "m")),
    ]


def test_choices_are_spelled_out_for_people() -> None:
    assert (
        spelled_out(Acceptance, "procedure")
        == "普通程序（ordinary）、简易程序（simplified）、原程序（legacy）"
    )
    assert spelled_out(Whole, "nothing") == ""


def test_a_refusal_names_the_choices_in_chinese() -> None:
    _, problems = validate_partial(Acceptance, {"procedure": "quick"})
    assert [render(p, kernel_catalogue()) for p in problems] == [
        "“审理程序”填写有误：应为 普通程序（ordinary）、简易程序（simplified）、原程序（legacy） 之一。请按要求重新填写"
    ]
    _, problems = validate(Whole, {"parts": [{"colour": "green"}]})
    assert "red、blue" in problems[0].params["detail"]


@pytest.mark.parametrize("code", registry.known())
def test_every_code_of_every_line_has_a_word(code: str) -> None:
    line = registry.line(code)
    models = {a.inputs for a in line.actions} | {r.entry for r in line.registers}
    rows = {(m.__name__, f, c) for model in models for m, f, codes in coded_fields(model) for c in codes
            if word(m, f, c) == str(c)}  # fmt: skip
    assert sorted(map(str, rows)) == []


@pytest.mark.parametrize("code", registry.known())
def test_no_field_is_left_over(code: str) -> None:
    line = registry.line(code)
    models = {a.inputs for a in line.actions} | {r.entry for r in line.registers}
    used = {name for model in models for m, f, _ in coded_fields(model) for name in (f, f"{m.__name__}.{f}")}
    assert set(words(line.package)) - used == set()


def test_acts_of_every_line_have_words_for_every_choice() -> None:
    for action in KERNEL_ACTIONS:
        for model, field, codes in coded_fields(action.inputs):
            for code in codes:
                assert not str(word(model, field, code)).isascii(), (model.__name__, field, code)
