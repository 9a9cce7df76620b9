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


def commit_fields(fields: Mapping[str, Plain], salts: bytes) -> dict[str, bytes]:
    """``commit_plain`` for all fields of an event; their salts stand one behind the other, 16 bytes each."""
    if len(salts) != SALT_BYTES[0] * len(fields):
        raise MalformedError("salt_length")
    cut = (salts[at : at + SALT_BYTES[0]] for at in range(0, len(salts), SALT_BYTES[0]))
    return {
        name: _sha256(_SALTED + salt + _name(name) + encode_plain(value)).digest()
        for (name, value), salt in zip(fields.items(), cut, strict=True)
    }


_sha256 = hashlib.sha256
_SALTED = FIELD_DOMAIN + SALT_BYTES[0].to_bytes(1)


def _commit(salt: bytes, name: str, value: bytes) -> bytes:
    if not SALT_BYTES[0] <= len(salt) <= SALT_BYTES[1]:
        raise MalformedError("salt_length")
    head = FIELD_DOMAIN + len(salt).to_bytes(1) + salt + _name(name)
    return hashlib.sha256(head + value).digest()


def commit_event(fields: Mapping[str, bytes]) -> bytes:
    """Return SHA-256 over domain, number of fields, the sorted names and the commitments in that order."""
    if any(len(commitment) != HASH_BYTES for commitment in fields.values()):
        raise MalformedError("commitment_length")
    names, head = _event_head(tuple(fields))
    return hashlib.sha256(b"".join([head, *(fields[name] for name in names)])).digest()


@lru_cache(maxsize=4096)  # the acts of a city have few sets of fields
def _event_head(fields: tuple[str, ...]) -> tuple[tuple[str, ...], bytes]:
    """The names in order, and what stands before their commitments."""
    names = tuple(sorted(fields))
    if not 0 < len(names) <= MAX_FIELDS:
        raise MalformedError("field_count")
    return names, b"".join([EVENT_DOMAIN, len(names).to_bytes(2), *map(_name, names)])


def is_name(name: str) -> bool:
    """True when ``name`` is a field name: 1-255 ASCII letters, digits, ``_``, ``.`` and ``-``."""
    return _NAME.fullmatch(name) is not None


@lru_cache(maxsize=4096)  # the names of a city's acts are few, and each is hashed with every act
def _name(name: str) -> bytes:
    if not is_name(name):
        raise MalformedError("field_name")
    data = name.encode()
    return len(data).to_bytes(1) + data
