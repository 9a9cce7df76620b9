"""What a field tells of a person: said by the field, known by its name, or else taken for personal."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel

from yifa.language.forms import Inputs
from yifa.language.privacy import PLAIN, TEXT, Leaf, Personal, fields, leaves, personal
from yifa.registry import known, line


class Inner(BaseModel):
    diagnosis: Annotated[str, Personal("text", sensitive=True)]
    phone: str | None = None


class Outer(Inputs):
    day: date
    amount: Decimal | None = None
    kind: Literal["a", "b"] = "a"
    yes: bool = False
    name: str
    story: str
    doc_no: str
    nested: list[Inner | str]
    anything: dict[str, Any]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("day", PLAIN), ("amount", PLAIN), ("kind", PLAIN), ("yes", PLAIN), ("doc_no", PLAIN), ("name", Personal("name")),
        ("story", TEXT), ("nested", TEXT), ("anything", TEXT), ("reason", TEXT), ("phone", Personal("phone")),
        ("diagnosis", Personal("text", sensitive=True)), ("never_heard_of", TEXT),
    ],
)  # fmt: skip
def test_what_a_field_tells(name: str, expected: Personal) -> None:
    assert personal(Outer, name) == expected


def test_without_a_model_names_decide_and_the_unknown_is_personal() -> None:
    assert personal(None, "phone").kind == "phone"
    assert personal(None, "doc_no") == PLAIN
    assert personal(None, "colour") == TEXT


def test_leaves_come_with_their_place_and_field() -> None:
    data = {"a": [{"b": 1}, "x"], "c": None}
    assert list(leaves(data)) == [Leaf("a.0.b", "b", 1), Leaf("a.1", "a", "x"), Leaf("c", "c", None)]


def test_keys_that_may_be_names_stand_in_no_path() -> None:
    data = {"anything": {"测试甲": "2024-02-06", "测试乙": {"phone": "13800138000"}}}
    assert list(leaves(data, Outer)) == [
        Leaf("anything.0", "anything", "2024-02-06", "测试甲"), Leaf("anything.1.phone", "phone", "13800138000", "测试乙"),
    ]  # fmt: skip


@pytest.mark.parametrize("code", known())
def test_numbers_and_phones_of_every_line_are_known_as_such(code: str) -> None:
    for action in line(code).actions:
        for name, said in fields(action.inputs).items():
            if name.startswith(("id_n", "phone")) or name.endswith(("_phone", "_id_number")):
                assert said.kind in ("id_number", "phone"), (code, action.code, name)
