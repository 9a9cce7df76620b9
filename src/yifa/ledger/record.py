"""One record of a chain: its fields salted and committed to, the commitments bound together, the chain gone on."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from yifa.ledger.canonical import Plain
from yifa.ledger.chain import link
from yifa.ledger.commitments import SALT_BYTES, commit_event, commit_fields

_SALT = SALT_BYTES[0]


class Record(NamedTuple):
    """What makes a record evidence, by field in lower-case hexadecimal; `commitment` and `head` are bytes.

    Salts belong into the encrypted payload, the rest beside it.
    """

    salts: dict[str, str]
    commitments: dict[str, str]
    commitment: bytes
    head: bytes


def record(
    fields: Mapping[str, Plain], chain: str, number: int, previous: bytes, salts: Callable[[int], bytes]
) -> Record:
    """The record `number` (1, 2, …) of a chain. `fields` are canonical; `salts(n)` gives n fresh salts of 16 random bytes."""
    fresh = salts(len(fields))
    commitments = commit_fields(fields, fresh)
    commitment = commit_event(commitments)
    return Record(
        _by_name(fields, fresh, _SALT), _by_name(fields, b"".join(commitments.values()), len(commitment)),
        commitment, link(previous, chain, number, commitment),
    )  # fmt: skip


def _by_name(fields: Mapping[str, Plain], joined: bytes, size: int) -> dict[str, str]:
    """Equal pieces by name, in hexadecimal: one conversion for all of them."""
    text, step = joined.hex(), 2 * size
    return dict(zip(fields, [text[at : at + step] for at in range(0, len(text), step)], strict=True))
