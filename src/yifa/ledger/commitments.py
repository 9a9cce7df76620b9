"""Salted commitments: one per field, one per event over its fields (docs/ledger.md, "Commitments").

A field's value and salt can be erased; its commitment stays and the event's commitment is unchanged.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from yifa.ledger.canonical import Plain, encode, encode_plain
from yifa.ledger.errors import MalformedError

FIELD_DOMAIN = b"yifa/field/v1\n"
EVENT_DOMAIN = b"yifa/event/v1\n"
HASH_BYTES = 32
SALT_BYTES = (16, 32)
"""Shortest and longest salt: 128 bits hide even a yes or no."""
MAX_FIELDS = 65535
_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,255}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a field commitment: the salt and the value it was made from."""

    salt: bytes
    value: object


def commit_field(salt: bytes, name: str, value: object) -> bytes:
    """Return SHA-256 over domain, salt, name and the canonical value, each variable part length-prefixed."""
    return _commit(salt, name, encode(value))


def commit_plain(salt: bytes, name: str, value: Plain) -> bytes:
    """``commit_field`` for a value that came from ``canonical.plain``: its form is not examined again."""
    return _commit(salt, name, encode_plain(value))


def _commit(salt: bytes, name: str, value: bytes) -> bytes:
    if not SALT_BYTES[0] <= len(salt) <= SALT_BYTES[1]:
        raise MalformedError("salt_length")
    head = FIELD_DOMAIN + len(salt).to_bytes(1) + salt + _name(name)
    return hashlib.sha256(head + value).digest()


def commit_event(fields: Mapping[str, bytes]) -> bytes:
    """Return SHA-256 over domain, number of fields, the sorted names and the commitments in that order."""
    names = sorted(fields)
    if not 0 < len(names) <= MAX_FIELDS:
        raise MalformedError("field_count")
    if any(len(commitment) != HASH_BYTES for commitment in fields.values()):
        raise MalformedError("commitment_length")
    parts = [EVENT_DOMAIN, len(names).to_bytes(2), *map(_name, names), *(fields[name] for name in names)]
    return hashlib.sha256(b"".join(parts)).digest()


def is_name(name: str) -> bool:
    """True when ``name`` is a field name: 1-255 ASCII letters, digits, ``_``, ``.`` and ``-``."""
    return _NAME.fullmatch(name) is not None


@lru_cache(maxsize=4096)  # the names of a city's acts are few, and each is hashed with every act
def _name(name: str) -> bytes:
    if not is_name(name):
        raise MalformedError("field_name")
    data = name.encode()
    return len(data).to_bytes(1) + data
