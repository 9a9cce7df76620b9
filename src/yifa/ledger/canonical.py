"""Canonical bytes of a value: a deterministic subset of JSON (docs/ledger.md, "Canonical values").

Keys sorted by code point, no white space, UTF-8 in Unicode normal form C, integers within 53 bits, no floats.
Dates, times, decimals and UUIDs have a fixed text form.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias
from unicodedata import is_normalized, normalize
from uuid import UUID

from pydantic_core import to_json

from yifa.ledger.errors import MalformedError

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"
_Text: TypeAlias = Callable[[str], str]

MAX_INTEGER = 2**53 - 1
"""Largest magnitude every JSON reader keeps exactly (RFC 8259 section 6)."""

_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def plain(value: object) -> Plain:
    """Return the JSON form of ``value``: texts normalised to NFC, dates as ISO, decimals in positional notation.

    Raises MalformedError for floats, naive times, integers beyond 53 bits, lone surrogates and unknown types.
    """
    return _convert(value, _to_nfc)


def encode(value: object) -> bytes:
    """Return the canonical bytes of ``value``; a text that is not in NFC is refused, not changed.

    Refusing keeps the encoding injective on JSON values: two different stored texts never share a commitment.
    """
    return _dump(_convert(value, _must_be_nfc)).encode()


def encode_plain(value: Plain) -> bytes:
    """Return the canonical bytes of what ``plain`` returned, without examining it again.

    The same bytes as ``encode`` gives, from a faster writer; a test holds the two together.
    """
    return to_json(_ordered(value) if type(value) in _NESTING else value)


_NESTING = frozenset((dict, list))


def _ordered(value: Any) -> Any:
    """The same value with the keys of every object in order."""
    if type(value) is dict:
        return {
            key: _ordered(item) if type(item := value[key]) in _NESTING else item for key in sorted(value)
        }
    return [_ordered(item) if type(item) in _NESTING else item for item in value]


def _convert(value: object, text: _Text) -> Plain:
    known = _EXACT.get(type(value))
    if known is not None:
        return known(value, text)
    for kind, convert in _CONVERTERS:
        if isinstance(value, kind):
            return convert(value, text)
    raise MalformedError("unsupported_type")


def _to_nfc(value: str) -> str:
    if value.isascii():
        return value
    return _must_be_nfc(normalize("NFC", value))


def _must_be_nfc(value: str) -> str:
    if value.isascii():
        return value
    if not is_normalized("NFC", value):
        raise MalformedError("not_nfc")
    if not _is_utf8(value):
        raise MalformedError("lone_surrogate")
    return value


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _integer(value: int, _: _Text) -> int:
    if abs(value) > MAX_INTEGER:
        raise MalformedError("integer_too_large")
    return value


def _moment(value: datetime, _: _Text) -> str:
    if value.utcoffset() is None:
        raise MalformedError("naive_time")
    return value.isoformat()


def _decimal(value: Decimal, _: _Text) -> str:
    if not value.is_finite():
        raise MalformedError("not_finite")
    return format(value, "f")


def _object(value: Mapping[object, object], text: _Text) -> dict[str, Plain]:
    if not all(isinstance(key, str) for key in value):
        raise MalformedError("key_not_text")
    form = {text(str(key)): _convert(item, text) for key, item in value.items()}
    if len(form) != len(value):
        raise MalformedError("duplicate_key")
    return form


def _array(value: list[object] | tuple[object, ...], text: _Text) -> list[Plain]:
    return [_convert(item, text) for item in value]


# First match wins: an Enum may also be a str, a bool is an int, a datetime is a date.
_CONVERTERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, _Text], Plain]], ...] = (
    (Enum, lambda value, text: _convert(value.value, text)),
    (str, lambda value, text: text(value)),
    ((bool, type(None)), lambda value, _: value),
    (int, _integer),
    (datetime, _moment),
    (date, lambda value, _: value.isoformat()),
    (Decimal, _decimal),
    (UUID, lambda value, _: str(value)),
    (Mapping, _object),
    ((list, tuple), _array),
)
# Exact types, which nearly all values are, need no search.
_EXACT: dict[type, Callable[[Any, _Text], Plain]] = {
    str: lambda value, text: text(value),
    bool: lambda value, _: value,
    type(None): lambda value, _: value,
    int: _integer,
    date: lambda value, _: value.isoformat(),
    dict: _object,
    list: _array,
    tuple: _array,
}
