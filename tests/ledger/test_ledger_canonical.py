"""Canonical values: one spelling a value, everything else refused."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.ledger.canonical import MAX_INTEGER, encode, encode_plain, plain
from yifa.ledger.errors import MalformedError

NFC, NFD = "\u00e9", "e\u0301"


class Level(StrEnum):
    CITY = "city"


class Rank(Enum):
    FIRST = 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (-MAX_INTEGER, "-9007199254740991"),
        ("依法", '"依法"'),
        ('a"b\\\n\u0001/', '"a\\"b\\\\\\n\\u0001/"'),
        (date(2024, 3, 1), '"2024-03-01"'),
        (datetime(2024, 3, 1, 8, tzinfo=UTC), '"2024-03-01T08:00:00+00:00"'),
        (datetime(2024, 3, 1, 8, tzinfo=timezone(timedelta(hours=8))), '"2024-03-01T08:00:00+08:00"'),
        (Decimal("1E+2"), '"100"'),
        (Decimal("1.50"), '"1.50"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (Level.CITY, '"city"'),
        (Rank.FIRST, "1"),
        ((1, [2, ()]), "[1,[2,[]]]"),
        ({"b": 1, "a": {"d": None, "c": "x"}, "中": 2}, '{"a":{"c":"x","d":null},"b":1,"中":2}'),
    ],
)
def test_encodes(value: object, expected: str) -> None:
    assert encode(value) == expected.encode()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.5, "unsupported_type"),
        (b"x", "unsupported_type"),
        ({1}, "unsupported_type"),
        (MAX_INTEGER + 1, "integer_too_large"),
        (datetime(2024, 3, 1), "naive_time"),
        (Decimal("NaN"), "not_finite"),
        ({1: 2}, "key_not_text"),
        ("\ud800", "lone_surrogate"),
        ([{"x": 0.0}], "unsupported_type"),
    ],
)
def test_refuses(value: object, code: str) -> None:
    for function in (encode, plain):
        with pytest.raises(MalformedError) as caught:
            function(value)
        assert caught.value.code == code


def test_normal_form_is_made_by_plain_and_demanded_by_encode() -> None:
    assert plain({NFD: [NFD]}) == {NFC: [NFC]}
    for value in (NFD, {NFD: 1}, [NFD]):
        with pytest.raises(MalformedError, match="not_nfc"):
            encode(value)


def test_keys_that_meet_in_normal_form_are_refused() -> None:
    with pytest.raises(MalformedError, match="duplicate_key"):
        plain({NFC: 1, NFD: 2})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.text(st.characters(codec="ascii")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
)


@given(VALUES)
def test_reading_back_gives_the_value_so_no_two_values_share_their_bytes(value: object) -> None:
    read = json.loads(encode(value))
    assert repr(read) == repr(json.loads(json.dumps(plain(value), sort_keys=True)))
    assert encode(read) == encode(value)


TEXTS = st.text(st.characters(codec="utf-8")) | st.sampled_from(
    [NFC, NFD, "\x7f", "\u2028", "\x00\x1f", '"\\/', "\U0001f600"]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.dates() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(ANY)
def test_the_fast_writer_writes_what_the_plain_one_writes(value: object) -> None:
    try:
        form = plain(value)
    except MalformedError:  # two keys that meet in normal form
        return
    assert encode_plain(form) == encode(form)
