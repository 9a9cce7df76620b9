"""The chain of one case: each head binds the previous head, the case, the number and the event's commitment."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from yifa.ledger.commitments import HASH_BYTES
from yifa.ledger.errors import MalformedError
from yifa.ledger.findings import Code, Finding

LINK_DOMAIN = b"yifa/link/v1\n"
GENESIS: Final = bytes(HASH_BYTES)
"""What stands before a case's first event."""
MAX_SEQ = 2**53 - 1
MAX_CASE_BYTES = 255
_FORBIDDEN = frozenset('"\\')


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One stored event of a case; ``head`` is the chain value after it."""

    case: str
    seq: int
    commitment: bytes
    head: bytes


def link(prev: bytes, case: str, seq: int, commitment: bytes) -> bytes:
    """Return the chain head after event ``seq`` (1, 2, ...) of ``case``; 32 bytes."""
    data = case_bytes(case)
    if not 0 < seq <= MAX_SEQ:
        raise MalformedError("seq")
    if len(prev) != HASH_BYTES or len(commitment) != HASH_BYTES:
        raise MalformedError("hash_length")
    parts = (LINK_DOMAIN, prev, len(data).to_bytes(1), data, seq.to_bytes(8), commitment)
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_entry(head: bytes, seq: int, case: str) -> bytes:
    """Return the log entry of an event: head, seq as 8 bytes big-endian, case. It names the event it proves."""
    return head + seq.to_bytes(8) + case_bytes(case)


def case_bytes(case: str) -> bytes:
    """Return the UTF-8 of a case identity: 1-255 bytes, printable, no quotation mark, no backslash."""
    data = case.encode()
    if not 0 < len(data) <= MAX_CASE_BYTES or not case.isprintable() or not _FORBIDDEN.isdisjoint(case):
        raise MalformedError("case")
    return data


def verify_chain(rows: Iterable[ChainRow], head: bytes | None = None) -> list[Finding]:
    """Check one case's rows in stored order; the first finding names the first broken event.

    ``head`` is the newest head known from elsewhere (a receipt, a log entry): without it a cut-off end of the
    chain cannot be seen.
    """
    findings: list[Finding] = []
    case, prev, expected = "", GENESIS, 1
    for row in rows:
        case = case or row.case
        code = _judge(row, case, prev, expected)
        if code is not None:
            findings.append(Finding(code, case, expected if code is Code.MISSING else row.seq))
        if code not in (Code.FOREIGN, Code.REPEATED):
            prev, expected = row.head, row.seq + 1
    if head is not None and prev != head:
        findings.append(Finding(Code.TRUNCATED, case, expected))
    return findings


def _judge(row: ChainRow, case: str, prev: bytes, expected: int) -> Code | None:
    if row.case != case:
        return Code.FOREIGN
    if row.seq < expected:
        return Code.REPEATED
    if row.seq > expected:
        return Code.MISSING
    return None if link(prev, case, row.seq, row.commitment) == row.head else Code.ALTERED
