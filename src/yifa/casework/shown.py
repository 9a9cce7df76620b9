"""What a reader is shown of a value: whole, masked or hidden, by what it tells of a person and by the reader's ceiling.

Numbers, phones, addresses and accounts are masked for everybody until somebody unmasks one with a reason. Names and
free text are for readers of personal data; others see a surname, and no text. Nothing is shown of sensitive text.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from yifa.casework.codec import canonical
from yifa.language.forms import title_of
from yifa.language.privacy import PLAIN, Personal, leaves, personal
from yifa.people.permissions import Field
from yifa.platform.masking import HIDDEN, mask, scrub

OPEN_KINDS = frozenset({"plain", "uscc", "kind"})  # never masked
READ_KINDS = frozenset({"name", "text", "gender"})  # whole for who may see personal data


class Value(NamedTuple):
    """A value as shown. `path` names its place in the act; `masked`: there is more, to be unmasked with a reason."""

    path: str
    title: str
    text: str
    masked: bool


def class_of(said: Personal) -> Field:
    """The class of data a field belongs to."""
    if said.sensitive:
        return Field.SENSITIVE
    return Field.INTERNAL if said.kind in OPEN_KINDS else Field.PERSONAL


def show(value: str, said: Personal, ceiling: Field | None) -> str:
    """One text for a reader with this ceiling."""
    if said.kind in OPEN_KINDS:
        return value
    if ceiling is None or ceiling < Field.INTERNAL or (said.sensitive and said.kind in READ_KINDS):
        return HIDDEN
    if said.kind not in READ_KINDS or (said.kind == "name" and ceiling < Field.PERSONAL):
        return mask(said.kind, value)
    return scrub(value) if ceiling >= Field.PERSONAL else HIDDEN


def values(data: Mapping[str, Any], model: type[BaseModel] | None, ceiling: Field | None) -> Iterator[Value]:
    """Every value of an act's data as shown to this reader, in the order of the input."""
    for leaf in leaves(canonical(dict(data)), model):
        if leaf.value is None or leaf.value == "":
            continue
        said = personal(model, leaf.name) if isinstance(leaf.value, str) and not leaf.key else PLAIN
        shown = show(_text(leaf.value), said, ceiling)
        masked = shown != _text(leaf.value)
        if leaf.key:  # by party, as a rule; who it is, is shown like any name
            who = show(leaf.key, Personal("name"), ceiling)
            shown, masked = f"{who}：{shown}", who != leaf.key
        top = leaf.path.partition(".")[0]
        yield Value(leaf.path, title_of(model, top) if model else top, shown, masked)


def _text(value: Any) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
