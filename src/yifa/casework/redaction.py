"""Taking what is known of a person out of plain values. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from yifa.language.privacy import BY_NAME, TEXT

MARK = "〔已删除〕"
OPEN = frozenset({"plain", "kind"})


class Secrets(NamedTuple):
    """A party's identity, what stands in for it, and every text that tells who it was, the longest first."""

    identity: str
    stand_in: str
    texts: tuple[str, ...]


def redacted(value: Any, secrets: Secrets) -> Any:
    """The value without what tells who the party was; equal to the value if nothing did."""
    if not secrets.identity:
        return value
    if isinstance(value, Mapping):
        return _object(value, secrets)
    if isinstance(value, list | tuple):
        return [redacted(item, secrets) for item in value]
    return text(value, secrets) if isinstance(value, str) else value


def text(value: str, secrets: Secrets) -> str:
    """A text: the identity alone becomes the stand-in, inside of a text whatever tells of the person is marked."""
    if value == secrets.identity:
        return secrets.stand_in
    for secret in secrets.texts:
        if len(secret) > 1:
            value = value.replace(secret, MARK)
    return value


def _object(value: Mapping[str, Any], secrets: Secrets) -> dict[str, Any]:
    """An object about the party keeps its stand-in and what tells nothing; others are looked through."""
    if value.get("id") == secrets.identity:
        return {
            n: secrets.stand_in if n == "id" else v for n, v in value.items() if n == "id" or _harmless(n, v)
        }
    return {text(name, secrets): redacted(item, secrets) for name, item in value.items()}


def _harmless(name: str, value: Any) -> bool:
    return (
        not isinstance(value, str | Mapping | list) or name == "kind" or BY_NAME.get(name, TEXT).kind in OPEN
    )


def cut(value: Any, parts: Sequence[str]) -> Any:
    """The value without what stands at this place; unchanged if nothing does."""
    first, *rest = parts
    if isinstance(value, Mapping) and first in value:
        kept = {name: item for name, item in value.items() if name != first}
        return {**kept, first: cut(value[first], rest)} if rest else kept
    if isinstance(value, list) and first.isdigit() and int(first) < len(value):
        items = list(value)
        items[int(first) : int(first) + 1] = [cut(items[int(first)], rest)] if rest else []
        return items
    return value
