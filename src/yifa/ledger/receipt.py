"""A receipt: everything needed to check offline that one event is in the log (docs/ledger.md, "Receipts")."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from yifa.ledger.canonical import Plain, encode, plain
from yifa.ledger.chain import leaf_entry, link
from yifa.ledger.checkpoint import open_checkpoint, parse_checkpoint
from yifa.ledger.commitments import HASH_BYTES, Opening, commit_event, commit_field
from yifa.ledger.errors import MalformedError
from yifa.ledger.findings import Code, Finding
from yifa.ledger.merkle import leaf_hash, verify_inclusion
from yifa.ledger.note import Key, Verify

FORMAT = "yifa-receipt-v1"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Event ``seq`` of ``case`` is leaf ``index`` of the log that ``checkpoint`` (signed note) describes.

    ``fields`` are the event's field commitments, ``opened`` the values its holder may see; both may be empty.
    """

    case: str
    seq: int
    event: bytes
    previous: bytes
    head: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str
    fields: Mapping[str, bytes] = field(default_factory=dict)
    opened: Mapping[str, Opening] = field(default_factory=dict)


def to_json(receipt: Receipt) -> bytes:
    """Canonical JSON of a receipt, hashes in lower-case hexadecimal."""
    form: dict[str, object] = {
        "format": FORMAT,
        "case": receipt.case,
        "seq": receipt.seq,
        "event": receipt.event.hex(),
        "previous": receipt.previous.hex(),
        "head": receipt.head.hex(),
        "index": receipt.index,
        "proof": [sibling.hex() for sibling in receipt.proof],
        "checkpoint": receipt.checkpoint,
        "fields": {name: commitment.hex() for name, commitment in receipt.fields.items()},
        "open": opened_form(receipt.opened),
    }
    return encode(form)


def opened_form(opened: Mapping[str, Opening]) -> dict[str, Plain]:
    """JSON form of opened fields: name -> salt (hexadecimal) and value."""
    return {name: {"salt": item.salt.hex(), "value": plain(item.value)} for name, item in opened.items()}


def from_json(data: bytes) -> Receipt:
    """Parse a receipt strictly: only the canonical spelling is accepted."""
    try:
        receipt = _receipt(json.loads(data))
        canonical = to_json(receipt)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise MalformedError("receipt") from None
    if canonical != data:
        raise MalformedError("receipt")
    return receipt


def verify_receipt(receipt: Receipt, keys: Iterable[Key], verify: Verify) -> list[Finding]:
    """Check a receipt alone; an empty list means it holds. ``keys`` are the log keys the reader trusts."""
    tests = (
        (Code.RECEIPT_COMMITMENT, not receipt.fields or commit_event(receipt.fields) == receipt.event),
        (Code.RECEIPT_OPENING, all(_opens(receipt, name) for name in receipt.opened)),
        (Code.RECEIPT_HEAD, _links(receipt)),
        (Code.RECEIPT_PROOF, _included(receipt)),
        (Code.RECEIPT_SIGNATURE, open_checkpoint(receipt.checkpoint.encode(), keys, verify) is not None),
    )
    return [Finding(code, receipt.case, receipt.seq) for code, holds in tests if not holds]


def _opens(receipt: Receipt, name: str) -> bool:
    opening = receipt.opened[name]
    return receipt.fields.get(name) == commit_field(opening.salt, name, opening.value)


def _links(receipt: Receipt) -> bool:
    return link(receipt.previous, receipt.case, receipt.seq, receipt.event) == receipt.head


def _included(receipt: Receipt) -> bool:
    state = parse_checkpoint(receipt.checkpoint.encode())
    leaf = leaf_hash(leaf_entry(receipt.head, receipt.seq, receipt.case))
    return verify_inclusion(leaf, receipt.index, state.size, receipt.proof, state.root)


def _receipt(form: dict[str, Any]) -> Receipt:
    return Receipt(
        case=_typed(form["case"], str),
        seq=_typed(form["seq"], int),
        event=_hash(form["event"]),
        previous=_hash(form["previous"]),
        head=_hash(form["head"]),
        index=_typed(form["index"], int),
        proof=tuple(map(_hash, form["proof"])),
        checkpoint=_typed(form["checkpoint"], str),
        fields={name: _hash(item) for name, item in form["fields"].items()},
        opened={
            name: Opening(bytes.fromhex(item["salt"]), item["value"]) for name, item in form["open"].items()
        },
    )


def _typed(value: object, kind: type[T]) -> T:
    if type(value) is not kind:
        raise TypeError
    return value


def _hash(text: str) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != HASH_BYTES:
        raise MalformedError("hash_length")
    return data
