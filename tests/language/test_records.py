"""Registers as declared: beginnings, moves, kinds of personal data, and how a lookup reads a key."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from yifa.language.records import Entry, Move, OneOf, Register, all_of, one_of
from yifa.law.citation import Practice

RULE = Practice("made up for the tests")


class Row(Entry):
    code: str
    owner: str | None = None


def register(**changes: Any) -> Register:
    given: dict[str, Any] = {
        "code": "r", "title": "名录", "entry": Row, "key": ("code",), "states": {"new": "新", "on": "在列", "off": "退出"},
        "moves": (Move("leave", "退出", ("on",), "off", RULE),), "written_by": ("clerk",),
    }  # fmt: skip
    return Register(**(given | changes))


@pytest.mark.parametrize(("starts", "expected"), [((), ("new",)), (("on", "off"), ("on", "off"))])
def test_where_an_entry_begins(starts: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert register(starts=starts).beginnings == expected


def test_moves_by_code() -> None:
    found = register().move("leave")
    assert found is not None
    assert found.to == "off"
    assert register().move("fly") is None


def test_a_column_is_of_the_kind_it_is_called_unless_said() -> None:
    declared = register(personal=("code", "owner"), kinds={"owner": "name"})
    assert (declared.kind("owner"), declared.kind("code")) == ("name", "code")


def test_an_entry_has_a_term_and_takes_no_unknown_column() -> None:
    row = Row(code="1", valid_to=date(2024, 12, 31))
    assert (row.valid_from, row.valid_to) == (None, date(2024, 12, 31))
    with pytest.raises(ValidationError):
        Row.model_validate({"code": "1", "colour": "red"})


@pytest.mark.parametrize(
    ("where", "key", "expected"),
    [
        (one_of("code"), "1", ({"code": "1"},)),
        (one_of("code", "owner"), "1", ({"code": "1"}, {"owner": "1"})),
        (one_of("code"), ("1", "2"), ({"code": "1"}, {"code": "2"})),
        (one_of("code"), (), ()),
        (all_of("code", "owner"), ("1", "甲"), ({"code": "1", "owner": "甲"},)),
    ],
)
def test_what_a_lookup_asks_for(where: Any, key: Any, expected: tuple[dict[str, Any], ...]) -> None:
    assert where(key) == expected


def test_a_key_of_the_wrong_length_is_a_mistake_of_the_line() -> None:
    with pytest.raises(ValueError, match="shorter"):
        all_of("code", "owner")(("1",))


def test_lookups_are_values() -> None:
    assert one_of("code") == OneOf(("code",))
