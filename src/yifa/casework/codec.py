"""Events as they are kept: encrypted payload, salted commitments per field, a link in the case's chain.

Canonicalisation, by which the in-memory driver and the database are compared: dates and moments as ISO text,
decimals as text, models as objects, tuples as lists, texts in NFC. Reading back goes through the input model of
the act, so that declarations see the same types as when the act was decided.
"""

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType, NoneType
from typing import Any, NamedTuple, Protocol
from unicodedata import is_normalized

from django.utils import timezone
from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from yifa.language.acts import EMPTY, Event, make_whole
from yifa.language.forms import validate_partial
from yifa.language.line import Line
from yifa.language.view import View
from yifa.ledger.canonical import MAX_INTEGER, plain
from yifa.ledger.commitments import readable
from yifa.ledger.record import by_name, record


class Vault(Protocol):
    """What encrypts payloads; `aad` binds a ciphertext to its place."""

    def seal(self, clear: bytes, aad: bytes) -> bytes: ...

    def open(self, sealed: bytes, aad: bytes) -> bytes: ...

    def alias(self, identity: str) -> str: ...

    def unalias(self, alias: str) -> str: ...


class Stored(NamedTuple):
    """An event ready for its row. `party` is an alias; hashes are 32 bytes; `commitments` are packed."""

    seq: int
    action: str
    effective_on: str
    recorded_at: datetime
    actor: str
    party: str | None
    re: int | None
    after: int | None
    payload: bytes | None
    commitments: bytes
    commitment: bytes
    head: bytes


def meta_of(event: Event, recorded_at: datetime) -> dict[str, Any]:
    """The evidenced fields of an event that stand in columns of its row, by name.

    What an act leaves open (party, re, after) has no field: the event's commitment covers the names there are.
    """
    fields: dict[str, Any] = {
        "meta.action": event.action,
        "meta.effective_on": event.effective_on.isoformat(),
        "meta.recorded_at": recorded_at.isoformat(),
        "meta.actor": event.actor or "",
    }
    if event.party is not None:
        fields["meta.party"] = event.party
    if event.re is not None:
        fields["meta.re"] = event.re
    if event.after is not None:
        fields["meta.after"] = event.after
    return fields


def private_of(event: Event) -> dict[str, Any]:
    """The evidenced fields of an event that are only in its payload, in canonical form, by name."""
    data = {_DATA[name]: value for name, value in canonical(event.data).items()} if event.data else {}
    if event.facts:
        data.update({_FACT[name]: value for name, value in canonical(event.facts).items()})
    return data


class _Names(dict[str, str]):
    """Names of fields with what stands before them. They are few, and used with every act."""

    def __init__(self, before: str) -> None:
        super().__init__()
        self._before = before

    def __missing__(self, name: str) -> str:
        self[name] = full = f"{self._before}.{name}"
        return full


_DATA, _FACT = _Names("data"), _Names("fact")


def canonical(value: Any) -> Any:
    """A value of an event as plain JSON: dates as ISO text, decimals as text, models as objects, texts in NFC."""
    convert = _PLAIN.get(type(value), _thoroughly)
    return convert(value)


def _text(value: str) -> Any:
    return value if value.isascii() else plain(value)


def _number(value: int) -> Any:
    return value if abs(value) <= MAX_INTEGER else _thoroughly(value)


def _array(value: Any) -> list[Any]:
    return [canonical(item) for item in value]


def _object(value: Mapping[Any, Any]) -> Any:
    if not all(type(name) is str and name.isascii() for name in value):
        return _thoroughly(value)
    return {name: canonical(item) for name, item in value.items()}


def _same(value: Any) -> Any:
    return value


# What nearly all values are. The thorough way gives the same; a test holds the two together.
_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    str: _text, bool: _same, NoneType: _same, int: _number, date: date.isoformat, list: _array, tuple: _array, dict: _object,
    MappingProxyType: _object,
}  # fmt: skip


def _thoroughly(value: Any) -> Any:
    """Any value. What is unusual (floats, huge numbers, texts not in NFC) is looked at singly."""
    try:
        text = to_json(value, fallback=dict).decode()  # read-only mappings are the only type it does not know
        if text.isascii() or is_normalized("NFC", text):
            return _read(text)
    except (_UnusualError, PydanticSerializationError):
        pass
    return plain(to_jsonable_python(value, fallback=dict))


class _UnusualError(Exception):
    """Something that only the slow way may judge."""


def _unusual(text: str) -> Any:
    raise _UnusualError


def _integer(text: str) -> int:
    number = int(text)
    return number if abs(number) <= MAX_INTEGER else _unusual(text)


_read = json.JSONDecoder(parse_float=_unusual, parse_constant=_unusual, parse_int=_integer).decode


def facts_of(view: View) -> dict[str, Any]:
    """Facts for the projection: what figures and lists need, in canonical form."""
    found: dict[str, Any] = canonical(view.facts) if view.facts else {}
    return found


def aad(case: str, seq: int) -> bytes:
    """What binds a payload to its case and place."""
    return f"{case}/{seq}".encode()


def seal(
    event: Event, private: Mapping[str, Any], case: str, previous: bytes, recorded_at: datetime, vault: Vault,
    salts: Callable[[int], bytes],
) -> Stored:  # fmt: skip
    """Salt, hash and encrypt one event. `salts(n)` gives n fresh salts of 16 random bytes.

    private  what the record is evidence of beside its columns, in canonical form: `private_of` the event, and what was
    done with it (where the case was opened, numbers, claims).
    """
    fields = {**meta_of(event, recorded_at), **private}
    made = record(fields, case, event.seq + 1, previous, salts)
    clear = to_json({"fields": private, "salts": b2a_base64(made.salts, newline=False).decode()})
    row = (
        event.seq,
        event.action,
        fields["meta.effective_on"],
        recorded_at,
        event.actor or "",
        None if event.party is None else vault.alias(event.party),
        event.re,
        event.after,
        vault.seal(clear, aad(case, event.seq)),
        made.commitments,
        made.commitment,
        made.head,
    )
    stored: Stored = make_whole(Stored, row)
    return stored


def unseal(row: Any, line: Line, vault: Vault) -> Event:
    """The event of a stored row. An erased payload gives an event without data."""
    return event_of(row, _clear(row, vault)["fields"], line, vault)


def event_of(row: Any, private: Mapping[str, Any], line: Line, vault: Vault) -> Event:
    """The event of a stored row whose payload is open already."""
    data = {n.removeprefix("data."): v for n, v in private.items() if n.startswith("data.")}
    facts = {n.removeprefix("fact."): v for n, v in private.items() if n.startswith("fact.")}
    return Event(
        row.seq,
        row.action,
        moment(row.effective_on),
        typed(line, row.action, data),
        party_of(row, vault),
        row.re,
        facts or EMPTY,
        row.actor or None,
        timezone.localtime(row.recorded_at).date(),
        row.after,
    )


def party_of(row: Any, vault: Vault) -> str | None:
    """The identity of the party an act concerns."""
    return None if row.party is None else vault.unalias(row.party)


def opened(row: Any, vault: Vault) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Private fields and salts of a stored row; both empty once erased.

    The salts stand in the order of the committed names; after a partial erasure, those that are left by name. None of
    them if they do not fit what the row says was committed.
    """
    clear = _clear(row, vault)
    salts = clear["salts"]
    if isinstance(salts, dict):
        return clear["fields"], {name: bytes.fromhex(salt) for name, salt in salts.items()}
    return clear["fields"], by_name(tuple(readable(bytes(row.commitments))), a2b_base64(salts))


def _clear(row: Any, vault: Vault) -> dict[str, Any]:
    if row.payload is None:
        return {"fields": {}, "salts": {}}
    clear: dict[str, Any] = json.loads(vault.open(bytes(row.payload), aad(str(row.case_id), row.seq)))
    return clear


def typed(line: Line, action: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Data as the act's input model types it."""
    declared = line.action(action)
    if declared is None:
        return data
    parsed, problems = validate_partial(declared.inputs, data)
    if problems:
        raise ValueError(
            f"{line.code}.{action}: stored data no longer fits its model: {sorted(p.where or '' for p in problems)}"
        )
    return parsed


def moment(text: str) -> date:
    """A legal date, or a moment where the law counts hours."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
