"""Changes as they are kept: encrypted payload, salted commitments, a link in the entry's chain. Versions as they are found.

Canonicalisation as for cases: dates and moments as ISO text, decimals as text, texts in NFC; moments in UTC.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import to_json, to_jsonable_python

from yifa.language.records import Register
from yifa.ledger.canonical import plain
from yifa.ledger.record import record
from yifa.platform.crypto import Vault, normalise
from yifa.platform.fields import place
from yifa.registers.history import Change, Span
from yifa.registry import Owned

Salts = Callable[[int], bytes]  # so many salts of 16 random bytes


class Stored(NamedTuple):
    """What of a change goes into its row beside its own columns."""

    payload: bytes
    commitments: bytes
    commitment: bytes
    head: bytes


def canonical(value: Any) -> Any:
    """A value as plain JSON."""
    return plain(to_jsonable_python(value))


def payload_place(entry: UUID, seq: int) -> bytes:
    """What binds a payload to its entry and place."""
    return place("registers_change", "payload", f"{entry}/{seq}")


def personal_place(entry: UUID, *_: Any) -> bytes:
    """What binds the personal columns of a version to its entry."""
    return place("registers_version", "personal", entry)


def fields_of(register: str, change: Change) -> dict[str, Any]:
    """The evidenced fields of a change in canonical form, by name."""
    meta = {
        "meta.register": register,
        "meta.kind": change.kind,
        "meta.effective_on": change.on.isoformat(),
        "meta.recorded_at": change.recorded_at.astimezone(UTC).isoformat(),
        "meta.actor": change.actor,
        "meta.organ": change.organ,
        "meta.state": change.state,
        "meta.move": change.move,
        "meta.target": change.target,
        "meta.dated": change.dated.isoformat() if change.dated else None,
    }
    return meta | private_of(change)


def private_of(change: Change) -> dict[str, Any]:
    """The fields of a change that are only in its payload."""
    return {"reason": plain(change.reason)} | {f"data.{name}": value for name, value in change.data.items()}


def seal(register: str, entry: UUID, change: Change, previous: bytes, vault: Vault, salts: Salts) -> Stored:
    """Salt, hash and encrypt one change."""
    made = record(fields_of(register, change), str(entry), change.seq + 1, previous, salts)
    clear = to_json({"fields": private_of(change), "salts": made.salts_by_name()})
    return Stored(
        vault.seal(clear, payload_place(entry, change.seq)),
        made.commitments,
        made.commitment,
        made.head,
    )


def opened(
    entry: UUID, seq: int, payload: bytes | None, vault: Vault
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Private fields and salts of a stored change; both empty once erased."""
    if payload is None:
        return {}, {}
    clear = json.loads(vault.open(payload, payload_place(entry, seq)))
    return clear["fields"], {name: bytes.fromhex(salt) for name, salt in clear["salts"].items()}


class Kept(NamedTuple):
    """The columns of a version that follow from a span."""

    data: dict[str, Any]
    personal: bytes | None
    places: list[str]


def keep(owned: Owned, entry: UUID, span: Span, vault: Vault) -> Kept:
    """A span with its personal columns sealed and found by blind index only."""
    personal = owned.register.personal
    clear = {name: value for name, value in span.data.items() if name not in personal}
    secret = {name: value for name, value in span.data.items() if name in personal}
    places = places_of(owned, span.data, vault)
    if not secret:
        return Kept(clear, None, places)
    sealed = vault.seal(json.dumps(secret, ensure_ascii=False).encode(), personal_place(entry))
    return Kept(clear, sealed, places)


LONGEST = 120  # a longer text is read, not looked up


def places_of(owned: Owned, data: Mapping[str, Any], vault: Vault) -> list[str]:
    """By what an entry is found: `owner.code.column=value`, a list by each of its values, a personal value blindly."""
    each = (
        (name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])
    )
    found = (place_of(owned, name, one, vault) for name, one in each if not isinstance(one, dict))
    return sorted({one for one in found if len(one) <= LONGEST + 80})


def place_of(owned: Owned, column: str, value: Any, vault: Vault) -> str:
    """The place of one value in a column."""
    register = owned.register
    text = blind(register, column, value, vault) if column in register.personal else value
    return f"{owned.code}.{column}={text if isinstance(text, str) else json.dumps(text)}"


def blind(register: Register, column: str, value: Any, vault: Vault) -> str:
    """The blind index of one value of a personal column: the same however it is usually written."""
    kind = register.kind(column)
    text = normalise(kind, value) if isinstance(value, str) else value
    return vault.blind(f"register:{kind}", text).hex()


def unseal_personal(entry: UUID, sealed: bytes | None, vault: Vault) -> dict[str, Any]:
    """The personal columns of a version."""
    if sealed is None:
        return {}
    found: dict[str, Any] = json.loads(vault.open(sealed, personal_place(entry)))
    return found


def key_of(owned: Owned, data: Mapping[str, Any], vault: Vault) -> bytes:
    """The blind index over the natural key of an entry."""
    values = [_spelled(owned.register, name, data.get(name)) for name in owned.register.key]
    return vault.blind(f"register:{owned.code}", values)


def _spelled(register: Register, column: str, value: Any) -> Any:
    kind = register.kind(column) if column in register.personal else "text"
    return normalise(kind, value) if isinstance(value, str) else value
