"""Cards of the parties: what is known of each from the acts, sealed, with blind indexes to find them by.

A party is named either by an object with its `id` and what is known of it, or by its identity alone, with what is known
beside it in the same act. The newest act that says something prevails.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from pydantic_core import to_json

from yifa.casework.codec import canonical
from yifa.language.acts import Event
from yifa.language.kernel_actions import META
from yifa.language.view import View
from yifa.platform.crypto import normalise

KINDS: Mapping[str, str] = {  # fields of a card by the names lines give them
    "name": "name", "id_number": "id_number", "id_no": "id_number", "credit_code": "uscc", "phone": "phone",
    "address": "address", "birth_date": "birth_date", "kind": "kind",
}  # fmt: skip
INDEXED = ("id_number", "uscc", "phone", "name")
BESIDE = frozenset(KINDS) - {
    "name",
    "kind",
}  # what stands beside an identity is about the party, these are not
Card = Mapping[str, str]


class Carded(NamedTuple):
    """A party as it is stored: alias, role, sealed card, and its blind indexes as (kind, blind)."""

    identity: str
    role: str
    card: bytes
    keys: tuple[tuple[str, bytes], ...]


class Vault(Protocol):
    """What seals cards and makes blind indexes."""

    def seal(self, clear: bytes, aad: bytes) -> bytes: ...

    def open(self, sealed: bytes, aad: bytes) -> bytes: ...

    def alias(self, identity: str) -> str: ...

    def blind(self, kind: str, key: Any) -> bytes: ...


def told(view: View, event: Event, private: Mapping[str, Any]) -> bool:
    """Whether an act may have changed what is known of the parties, so that the cards are to be stored anew.

    private  the fields of the act that are only in its payload.
    """
    action = view.line.action(event.action)
    if event.action in META or event.action == "opening_balance" or (action and action.parties):
        return True
    if not _NAMED.isdisjoint(private):
        return True
    return any(
        _tells("", said)
        for name, said in private.items()
        if type(said) in _NESTING and name.startswith("data.")
    )


_NAMED = frozenset(f"data.{name}" for name in KINDS)
_NESTING = frozenset((dict, list))


def _tells(name: str, value: Any) -> bool:
    """Whether one of the values inside stands in a field of a card."""
    if isinstance(value, dict):
        return any(_tells(inner, item) for inner, item in value.items())
    return any(_tells(name, item) for item in value) if isinstance(value, list) else name in KINDS


def cards(view: View) -> dict[str, dict[str, str]]:
    """What is known of each party, from the acts in the order of the log."""
    found: dict[str, dict[str, str]] = {identity: {} for identity in view.parties}
    for event in view.events:
        if event.data:
            for identity, said in _said(canonical(event.data), found.keys()):
                found[identity] |= said
    return {identity: {"name": identity, **card} for identity, card in found.items()}


def _said(data: Mapping[str, Any], identities: Any) -> Iterator[tuple[str, dict[str, str]]]:
    for value in data.values():
        if isinstance(value, str) and value in identities:
            yield value, _card({name: said for name, said in data.items() if name in BESIDE})
    for part in parts(data):
        if part.get("id") in identities:
            yield part["id"], _card(part)


def parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """All objects inside, the outermost left out."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict):
            yield part
        if isinstance(part, dict | list):
            yield from parts(part)


def _card(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        KINDS[name]: value
        for name, value in said.items()
        if name in KINDS and isinstance(value, str) and value
    }


def carded(view: View, case: str, vault: Vault) -> tuple[Carded, ...]:
    """The parties of a case as they are stored."""
    found = cards(view)
    return tuple(
        Carded(
            vault.alias(identity),
            role,
            _sealed(found[identity], case, identity, vault),
            keys(found[identity], vault),
        )
        for identity, role in view.parties.items()
    )


def _sealed(card: Card, case: str, identity: str, vault: Vault) -> bytes:
    return vault.seal(to_json(card), place(case, vault.alias(identity)))


def place(case: str, alias: str) -> bytes:
    """What binds a sealed card to its case and party."""
    return f"card/{case}/{alias}".encode()


def opened(sealed: Any, case: str, alias: str, vault: Vault) -> dict[str, str]:
    """A card as it was stored; empty if there is none."""
    if sealed is None:
        return {}
    found: dict[str, str] = json.loads(vault.open(bytes(sealed), place(case, alias)))
    return found


def keys(card: Card, vault: Vault) -> tuple[tuple[str, bytes], ...]:
    """Blind indexes of a card."""
    return tuple((kind, vault.blind(kind, normalise(kind, card[kind]))) for kind in INDEXED if card.get(kind))
