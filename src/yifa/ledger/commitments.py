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


def commit_all(fields: Mapping[str, Plain], salts: bytes) -> tuple[tuple[str, ...], bytes, bytes]:
    """``commit_plain`` for all fields of an event and ``commit_event`` over them: names in order, commitments one behind
    the other, event. Salts stand in that order, 16 bytes each.
    """
    if len(salts) != SALT_BYTES[0] * len(fields):
        raise MalformedError("salt_length")
    names, framed, head = _shape(tuple(fields))
    at, parts = 0, []
    for name, frame in zip(names, framed, strict=True):
        value = fields[name]
        parts.append(_sha256(_SALTED + salts[at : at + 16] + frame + encode_plain(value)).digest())
        at += 16
    hashes = b"".join(parts)
    return names, hashes, _sha256(head + hashes).digest()


def pack(names: tuple[str, ...], hashes: bytes) -> bytes:
    """Names in order and their commitments as one value for a column: a line feed before, between and behind the names,
    a zero byte, 32 bytes each.
    """
    return _packed_names(names) + hashes


def unpack(packed: bytes) -> dict[str, bytes]:
    """Commitments by name. Raises MalformedError for what ``pack`` cannot have made."""
    told, _, hashes = packed.partition(b"\0")
    names, size = _names_in(told), HASH_BYTES
    if len(hashes) != size * len(names):
        raise MalformedError("commitments")
    return {name: hashes[at * size : (at + 1) * size] for at, name in enumerate(names)}


def readable(packed: bytes) -> dict[str, bytes]:
    """Commitments by name; none of them if they are not in their form, so that verification names the event."""
    try:
        return unpack(packed)
    except MalformedError:
        return {}


def packed_name(name: str) -> bytes:
    """What stands in a packed value if, and in effect only if, there is a field of this name."""
    return f"\n{name}\n".encode()


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


@lru_cache(maxsize=4096)
def _shape(fields: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[bytes, ...], bytes]:
    """The names in order, each as it is hashed, and what stands before their commitments."""
    names, head = _event_head(fields)
    return names, tuple(map(_name, names)), head


@lru_cache(maxsize=4096)
def _packed_names(names: tuple[str, ...]) -> bytes:
    return "\n".join(("", *names, "")).encode() + b"\0"


@lru_cache(maxsize=4096)
def _names_in(told: bytes) -> tuple[str, ...]:
    names = tuple(told.decode("ascii", "replace").split("\n")[1:-1])
    if not names or not all(map(is_name, names)) or _packed_names(tuple(sorted(set(names)))) != told + b"\0":
        raise MalformedError("commitments")
    return names


def is_name(name: str) -> bool:
    """True when ``name`` is a field name: 1-255 ASCII letters, digits, ``_``, ``.`` and ``-``."""
    return _NAME.fullmatch(name) is not None


@lru_cache(maxsize=4096)  # the names of a city's acts are few, and each is hashed with every act
def _name(name: str) -> bytes:
    if not is_name(name):
        raise MalformedError("field_name")
    data = name.encode()
    return len(data).to_bytes(1) + data
