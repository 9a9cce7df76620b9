"""A record of a chain: every field committed to under its own salt, and the chain goes on."""

from itertools import count

from yifa.ledger.chain import GENESIS, ChainRow, verify_chain
from yifa.ledger.commitments import commit_event, commit_field
from yifa.ledger.record import record


def test_a_record_opens_field_by_field_and_chains() -> None:
    numbers = count()
    first, second = (
        record({"meta.kind": "enter", "data.n": n}, "chain", n, previous, lambda: bytes([next(numbers)] * 16))
        for n, previous in ((1, GENESIS), (2, bytes([7] * 32)))
    )
    assert first.salts["meta.kind"] != first.salts["data.n"]
    assert first.commitments["data.n"] == commit_field(first.salts["data.n"], "data.n", 1)
    assert first.commitment == commit_event(first.commitments)
    assert verify_chain([ChainRow("chain", 1, first.commitment, first.head)], first.head) == []
    assert second.head != first.head
