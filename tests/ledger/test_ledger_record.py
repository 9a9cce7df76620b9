"""A record of a chain: every field committed to under its own salt, and the chain goes on."""

from collections.abc import Callable

import pytest

from yifa.ledger.chain import GENESIS, ChainRow, verify_chain
from yifa.ledger.commitments import (
    commit_all,
    commit_event,
    commit_field,
    pack,
    packed_name,
    readable,
    unpack,
)
from yifa.ledger.errors import MalformedError
from yifa.ledger.record import by_name, record

FIELDS = {"meta.kind": "enter", "data.n": 1, "data.list": [{"b": 1, "a": "依法"}], "Data.Z": None}


def counted(first: int) -> Callable[[int], bytes]:
    """Salts that are all different."""
    return lambda count: b"".join(bytes([first + n] * 16) for n in range(count))


def test_a_record_opens_field_by_field_and_chains() -> None:
    first, second = (
        record({**FIELDS, "data.n": n}, "chain", n, previous, counted(100 * n))
        for n, previous in ((1, GENESIS), (2, bytes([7] * 32)))
    )
    assert first.names == tuple(sorted(FIELDS))
    salts = by_name(first.names, first.salts)
    assert len({*salts.values(), *by_name(second.names, second.salts).values()}) == 2 * len(FIELDS)
    assert first.salts_by_name() == {name: salt.hex() for name, salt in salts.items()}
    commitments = unpack(first.commitments)
    for name, value in FIELDS.items():
        assert commitments[name] == commit_field(salts[name], name, value)
    assert first.commitment == commit_event(commitments)
    assert verify_chain([ChainRow("chain", 1, first.commitment, first.head)], first.head) == []
    assert second.head != first.head


@pytest.mark.parametrize("missing", [-1, 1, 16])
def test_every_field_wants_its_salt(missing: int) -> None:
    with pytest.raises(MalformedError, match="salt_length"):
        commit_all(FIELDS, bytes(16 * len(FIELDS) - missing))


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(MalformedError, match="field_name"):
        commit_all({"data x": 1}, bytes(16))
    with pytest.raises(MalformedError, match="field_count"):
        commit_event({})
    with pytest.raises(MalformedError, match="field_count"):
        commit_all({}, b"")


def test_salts_that_are_not_as_many_as_the_names_are_none() -> None:
    assert by_name(("a", "b"), bytes(16)) == {}


GOOD = pack(("a", "b.c"), bytes(range(64)))


def test_packed_commitments_come_back_by_name() -> None:
    assert b"\na\nb.c\n\0" + bytes(range(64)) == GOOD
    assert unpack(GOOD) == {"a": bytes(range(32)), "b.c": bytes(range(32, 64))}
    assert readable(GOOD) == unpack(GOOD)
    assert packed_name("b.c") in GOOD
    assert packed_name("c") not in GOOD


@pytest.mark.parametrize(
    "mangled",
    [
        b"", b"\0", b"\n\n\0", GOOD[:-1], GOOD + b"x", b"x" + GOOD, GOOD[1:], GOOD.replace(b"\n\0", b"\0"),
        b"\nb.c\na\n\0" + bytes(64), b"\na\na\n\0" + bytes(64), b"\na \nb\n\0" + bytes(64), b"\n\xff\n\0" + bytes(32), b"\na\n",
    ],
)  # fmt: skip
def test_no_other_bytes_are_packed_commitments(mangled: bytes) -> None:
    with pytest.raises(MalformedError, match="commitments"):
        unpack(mangled)
    assert readable(mangled) == {}
