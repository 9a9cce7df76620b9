"""Commitments bind salt, name and value; erasing what was committed leaves them as they are."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.ledger.commitments import Opening, commit_event, commit_field, is_name
from yifa.ledger.errors import MalformedError

SALT = bytes(range(16))


def test_field_formula_is_the_documented_one() -> None:
    data = b"yifa/field/v1\n" + b"\x10" + SALT + b"\x03fee" + b"12"
    assert commit_field(SALT, "fee", 12) == sha256(data).digest()


def test_event_formula_is_the_documented_one() -> None:
    a, b = bytes([1]) * 32, bytes([2]) * 32
    data = b"yifa/event/v1\n" + b"\x00\x02" + b"\x01a" + b"\x01b" + a + b
    assert commit_event({"b": b, "a": a}) == sha256(data).digest()


@pytest.mark.parametrize(
    ("salt", "name", "value"),
    [
        (SALT[::-1], "fee", 12),
        (SALT + b"\x00", "fee", 12),
        (SALT, "fees", 12),
        (SALT, "fee", "12"),
        (SALT, "fee", 13),
    ],
)
def test_every_part_counts(salt: bytes, name: str, value: object) -> None:
    assert commit_field(salt, name, value) != commit_field(SALT, "fee", 12)


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(33)])
def test_salt_length(salt: bytes) -> None:
    with pytest.raises(MalformedError, match="salt_length"):
        commit_field(salt, "fee", 1)


@pytest.mark.parametrize("name", ["", "a b", 'a"', "名", "a\n", "a" * 256, "a%s"])
def test_bad_names(name: str) -> None:
    assert not is_name(name)
    with pytest.raises(MalformedError, match="field_name"):
        commit_field(SALT, name, 1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({}, "field_count"), ({"a": b"x"}, "commitment_length"), ({"a b": bytes(32)}, "field_name")],
)
def test_bad_events(fields: dict[str, bytes], code: str) -> None:
    with pytest.raises(MalformedError, match=code):
        commit_event(fields)


@given(
    st.dictionaries(st.text("abc.", min_size=1, max_size=5), st.binary(min_size=32, max_size=32), min_size=1)
)
def test_order_of_fields_does_not_matter_but_every_change_does(fields: dict[str, bytes]) -> None:
    whole = commit_event(fields)
    assert commit_event(dict(reversed(fields.items()))) == whole
    for name in fields:
        changed = dict(fields)
        changed[name] = bytes(byte ^ 1 for byte in fields[name])
        renamed = {key + ("z" if key == name else ""): item for key, item in fields.items()}
        assert whole not in (commit_event(changed), commit_event(renamed))


def test_erasing_an_opening_keeps_the_event() -> None:
    openings = {"name": Opening(SALT, "张某某"), "fee": Opening(SALT, 0)}
    fields = {name: commit_field(item.salt, name, item.value) for name, item in openings.items()}
    before = commit_event(fields)
    del openings["name"]
    assert commit_event(fields) == before
    assert fields["fee"] == commit_field(openings["fee"].salt, "fee", openings["fee"].value)
