"""A record of a chain: every field committed to under its own salt, and the chain goes on."""

from collections.abc import Callable

import pytest

from yifa.ledger.chain import GENESIS, ChainRow, verify_chain
from yifa.ledger.commitments import commit_event, commit_field, commit_fields
from yifa.ledger.errors import MalformedError
from yifa.ledger.record import record

FIELDS = {"meta.kind": "enter", "data.n": 1, "data.list": [{"b": 1, "a": "依法"}], "Data.Z": None}


def counted(first: int) -> Callable[[int], bytes]:
    """Salts that are all different."""
    return lambda count: b"".join(bytes([first + n] * 16) for n in range(count))


def test_a_record_opens_field_by_field_and_chains() -> None:
    first, second = (
        record({**FIELDS, "data.n": n}, "chain", n, previous, counted(100 * n))
        for n, previous in ((1, GENESIS), (2, bytes([7] * 32)))
    )
    assert list(first.salts) == list(first.commitments) == list(FIELDS)
    assert len(set(first.salts.values()) | set(second.salts.values())) == 2 * len(FIELDS)
    commitments = {name: bytes.fromhex(text) for name, text in first.commitments.items()}
    for name, value in FIELDS.items():
        assert commitments[name] == commit_field(bytes.fromhex(first.salts[name]), name, value)
    assert first.commitment == commit_event(commitments)
    assert verify_chain([ChainRow("chain", 1, first.commitment, first.head)], first.head) == []
    assert second.head != first.head


@pytest.mark.parametrize("missing", [-1, 1, 16])
def test_every_field_wants_its_salt(missing: int) -> None:
    with pytest.raises(MalformedError, match="salt_length"):
        commit_fields(FIELDS, bytes(16 * len(FIELDS) - missing))


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(MalformedError, match="field_name"):
        commit_fields({"data x": 1}, bytes(16))
    with pytest.raises(MalformedError, match="field_count"):
        commit_event({})
