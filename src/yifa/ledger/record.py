"""One record of a chain: its fields salted and committed to, the commitments bound together, the chain gone on."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from yifa.ledger.canonical import Plain
from yifa.ledger.chain import link
from yifa.ledger.commitments import SALT_BYTES, commit_all, pack


class Record(NamedTuple):
    """What makes a record evidence.

    names  of the fields, in order; salts  one behind the other in that order, 16 bytes each: they belong into the
    encrypted payload, the rest beside it; commitments  packed (`commitments.unpack`); commitment, head  32 bytes.
    """

    names: tuple[str, ...]
    salts: bytes
    commitments: bytes
    commitment: bytes
    head: bytes

    def salts_by_name(self) -> dict[str, str]:
        """The salts in lower-case hexadecimal."""
        return {name: salt.hex() for name, salt in by_name(self.names, self.salts).items()}


def record(
    fields: Mapping[str, Plain], chain: str, number: int, previous: bytes, salts: Callable[[int], bytes]
) -> Record:
    """The record `number` (1, 2, …) of a chain. `fields` are canonical; `salts(n)` gives n fresh salts of 16 random bytes."""
    fresh = salts(len(fields))
    names, hashes, commitment = commit_all(fields, fresh)
    return Record(names, fresh, pack(names, hashes), commitment, link(previous, chain, number, commitment))


def by_name(names: tuple[str, ...], salts: bytes) -> dict[str, bytes]:
    """Salts as `Record` has them, by name; none if they are not as many as the names."""
    size = SALT_BYTES[0]
    if len(salts) != size * len(names):
        return {}
    return {name: salts[at * size : (at + 1) * size] for at, name in enumerate(names)}
