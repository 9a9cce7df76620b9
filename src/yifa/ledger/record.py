"""One record of a chain: its fields salted and committed to, the commitments bound together, the chain gone on."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from yifa.ledger.canonical import Plain
from yifa.ledger.chain import link
from yifa.ledger.commitments import commit_event, commit_plain


class Record(NamedTuple):
    """What makes a record evidence. Salts belong into the encrypted payload, the rest beside it."""

    salts: dict[str, bytes]
    commitments: dict[str, bytes]
    commitment: bytes
    head: bytes


def record(
    fields: Mapping[str, Plain], chain: str, number: int, previous: bytes, salt: Callable[[], bytes]
) -> Record:
    """The record `number` (1, 2, …) of a chain. `fields` are canonical; `salt` gives 16 fresh random bytes a call."""
    salts = {name: salt() for name in fields}
    commitments = {name: commit_plain(salts[name], name, value) for name, value in fields.items()}
    commitment = commit_event(commitments)
    return Record(salts, commitments, commitment, link(previous, chain, number, commitment))
