"""Receipts: round trip, strict reading, and every single change found."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.ledger.ledger_sample import KEY, Log

from yifa.ledger import signing
from yifa.ledger.commitments import Opening
from yifa.ledger.errors import MalformedError
from yifa.ledger.findings import Code
from yifa.ledger.note import Key
from yifa.ledger.receipt import Receipt, from_json, to_json, verify_receipt

STRANGER = Key("stranger.example", signing.public_key(bytes(32)))


@pytest.fixture
def receipt(log: Log) -> Receipt:
    return log.receipt(7)


def codes(receipt: Receipt, key: Key = KEY) -> list[Code]:
    findings = verify_receipt(receipt, [key], signing.verify)
    assert all((finding.case, finding.seq) == (receipt.case, receipt.seq) for finding in findings)
    return [finding.code for finding in findings]


def test_every_receipt_of_every_tree_size_holds(log: Log) -> None:
    for size in range(1, len(log.entries) + 1):
        assert codes(log.receipt(size // 2, size)) == []


def test_round_trip(log: Log) -> None:
    for index in (0, 7, 39):
        receipt = log.receipt(index)
        data = to_json(receipt)
        assert to_json(from_json(data)) == data
        assert codes(from_json(data)) == []


def test_a_receipt_need_not_show_fields(receipt: Receipt) -> None:
    assert codes(replace(receipt, fields={}, opened={})) == []


def test_erased_openings_leave_the_receipt_valid(receipt: Receipt) -> None:
    assert codes(replace(receipt, opened={})) == []


OTHER = bytes([9]) * 32


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"case": "别案"}, {Code.RECEIPT_HEAD, Code.RECEIPT_PROOF}),
        ({"seq": 9}, {Code.RECEIPT_HEAD, Code.RECEIPT_PROOF}),
        ({"event": OTHER}, {Code.RECEIPT_COMMITMENT, Code.RECEIPT_HEAD}),
        ({"previous": OTHER}, {Code.RECEIPT_HEAD}),
        ({"head": OTHER}, {Code.RECEIPT_HEAD, Code.RECEIPT_PROOF}),
        ({"index": 6}, {Code.RECEIPT_PROOF}),
        ({"index": 10**9}, {Code.RECEIPT_PROOF}),
        ({"proof": ()}, {Code.RECEIPT_PROOF}),
        ({"fields": {"action": OTHER}}, {Code.RECEIPT_COMMITMENT, Code.RECEIPT_OPENING}),
    ],
)
def test_every_change_is_found(receipt: Receipt, change: dict[str, Any], expected: set[Code]) -> None:
    assert set(codes(replace(receipt, **change))) == expected


def test_a_changed_opening_is_found(receipt: Receipt) -> None:
    opening = receipt.opened["fee"]
    for false in (Opening(opening.salt, 10**6), Opening(OTHER, opening.value)):
        assert codes(replace(receipt, opened={"fee": false})) == [Code.RECEIPT_OPENING]
    assert codes(replace(receipt, opened={"more": opening})) == [Code.RECEIPT_OPENING]


def test_another_key_or_a_changed_checkpoint_is_found(receipt: Receipt) -> None:
    assert codes(receipt, STRANGER) == [Code.RECEIPT_SIGNATURE]
    changed = receipt.checkpoint.replace("\n40\n", "\n41\n")
    assert Code.RECEIPT_SIGNATURE in codes(replace(receipt, checkpoint=changed))


@pytest.mark.parametrize(
    "change",
    [
        {"seq": "1"},
        {"seq": True},
        {"seq": 1.0},
        {"case": 1},
        {"event": "00"},
        {"head": "FF" * 32},
        {"proof": ["zz"]},
        {"proof": None},
        {"fields": []},
        {"open": {"a": {}}},
        {"open": {"a": {"salt": "00", "value": 1.5}}},
        {"format": "yifa-receipt-v2"},
        {"more": 1},
        {"checkpoint": None},
    ],
)
def test_other_forms_are_refused(receipt: Receipt, change: dict[str, Any]) -> None:
    form = json.loads(to_json(receipt)) | change
    with pytest.raises(MalformedError, match="receipt"):
        from_json(json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_hostile_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match="receipt"):
        from_json(data)


def test_white_space_is_refused(receipt: Receipt) -> None:
    with pytest.raises(MalformedError, match="receipt"):
        from_json(to_json(receipt) + b"\n")
