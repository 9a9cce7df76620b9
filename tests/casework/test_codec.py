"""Values of acts in canonical form: the fast way gives what the thorough one gives, or refuses what it refuses."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from yifa.casework.codec import canonical
from yifa.language.acts import Command
from yifa.ledger.canonical import MAX_INTEGER, plain
from yifa.ledger.errors import MalformedError

NFC, NFD = "\u00e9", "e\u0301"


class Way(StrEnum):
    POST = "post"


class Person(BaseModel):
    name: str
    born: date | None = None


ODD = [
    NFD, Way.POST, Decimal("1.50"), Decimal("1E+2"), datetime(2024, 3, 1, 8, tzinfo=UTC), datetime(2024, 3, 1, 8), 1.5,
    float("nan"), MAX_INTEGER, MAX_INTEGER + 1, -MAX_INTEGER - 1, Person(name=NFD, born=date(2024, 3, 1)), {1: 2}, {NFD: 1},
    {NFC: 1, NFD: 2}, {Way.POST: 1}, MappingProxyType({"a": (1, MappingProxyType({NFD: ()}))}), "\ud800", {"\ud800": 1},
    Command("accept", date(2024, 3, 1), {"who": Person(name="甲")}), True, None, (), [], {},
]  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.sampled_from(ODD),
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner)
        | st.dictionaries(st.text(), inner).map(MappingProxyType)
    ),
)  # fmt: skip


def thorough(value: Any) -> Any:
    return plain(to_jsonable_python(value, fallback=dict))


def outcome(way: Callable[[Any], Any], value: Any) -> Any:
    """What comes out, with its types; or that it is refused."""
    try:
        return repr(way(value))
    except (MalformedError, ValueError):
        return "refused"


@given(VALUES)
def test_any_value(value: Any) -> None:
    assert outcome(canonical, value) == outcome(thorough, value)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_odd_values(value: Any) -> None:
    assert outcome(canonical, value) == outcome(thorough, value)
    assert outcome(canonical, {"inside": [value]}) == outcome(thorough, {"inside": [value]})


def test_forms() -> None:
    value = {
        "day": date(2024, 3, 1),
        "fee": Decimal("1.50"),
        "who": (Person(name=NFD),),
        "way": Way.POST,
        "n": 1,
    }
    assert canonical(value) == {
        "day": "2024-03-01", "fee": "1.50", "who": [{"name": NFC, "born": None}], "way": "post", "n": 1,
    }  # fmt: skip
    assert type(canonical({"way": Way.POST})["way"]) is str
