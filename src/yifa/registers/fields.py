"""What a register looks like to a page: its form in the shape of the forms of acts, its states and moves. And cells: text ↔ value."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from yifa.language.forms import form_schema, title_of
from yifa.language.records import Register
from yifa.language.words import choices, word
from yifa.registry import Owned, register

TRUE, FALSE = ("是", "true", "1", "yes", "y", "√"), ("否", "false", "0", "no", "n", "×")
SEPARATORS = re.compile(r"[、;；|\n]+")
STATE = "state"
STATE_TITLE = "状态"


def form(code: str) -> dict[str, Any]:
    """The form of a register: JSON schema of its rows, coded values with their Chinese, life cycle, who writes."""
    owned = register(code)
    found, declared = form_schema(owned.register.entry), owned.register
    for name, field in found["properties"].items():
        values = coded(declared, name)
        if values:
            field["x-labels"] = values
        if name in declared.personal:
            field["x-personal"] = declared.kind(name)
    return {
        "code": owned.code, "title": declared.title, "owner": owned.owner_title, "schema": found, "key": list(declared.key),
        "public": list(declared.public), "states": dict(declared.states), "starts": list(declared.beginnings),
        "moves": [
            {"code": m.code, "title": m.title, "from": list(m.from_), "to": m.to, "requires": list(m.requires),
             "by": list(m.by or declared.written_by), "cite": str(m.cite)}
            for m in declared.moves
        ],
        "written_by": list(declared.written_by), "cite": str(declared.cite) if declared.cite else "",
    }  # fmt: skip


class Column(NamedTuple):
    """A column: code, Chinese name, kind of value (text, date, number, whole, yes_no, list, pairs, choice), what it must be."""

    name: str
    title: str
    kind: str
    required: bool
    personal: bool
    public: bool


def columns(owned: Owned) -> tuple[Column, ...]:
    """The columns of a register in the order of its model."""
    declared = owned.register
    return tuple(
        Column(
            name, title_of(declared.entry, name), kind_of(info.annotation), info.is_required(), name in declared.personal,
            name in declared.public,
        )
        for name, info in declared.entry.model_fields.items()
    )  # fmt: skip


def kind_of(annotation: Any) -> str:
    """What kind of value a column takes."""
    if get_origin(annotation) in (Union, UnionType):
        return kind_of(next(arg for arg in get_args(annotation) if arg is not NoneType))
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) in (list, tuple):
        return "list"
    if get_origin(annotation) is dict:
        return "pairs"
    return _KINDS.get(annotation, "text")


_KINDS: dict[Any, str] = {
    date: "date",
    datetime: "moment",
    bool: "yes_no",
    int: "whole",
    Decimal: "number",
    float: "number",
}


def coded(declared: Register, name: str) -> dict[str, str]:
    """The coded values of a column with their Chinese."""
    codes = choices(declared.entry.model_fields[name].annotation)
    return {str(code): word(declared.entry, name, code) for code in codes}


# ------------------------------------------------------------------------------ cells


def read_cell(declared: Register, column: Column, text: str) -> Any:
    """A cell as a value for the model, which says whether it is right; what has no form of its own stays text."""
    text = text.strip()
    if column.kind == "choice":
        return _coded(coded(declared, column.name), text)
    if column.kind == "list":
        known = coded(declared, column.name)
        return [_coded(known, part.strip()) for part in SEPARATORS.split(text) if part.strip()]
    reader = _READERS.get(column.kind)
    return reader(text) if reader is not None else _unquoted(text)


def _coded(known: Mapping[str, str], text: str) -> str:
    return next((code for code, title in known.items() if text in (code, title)), text)


def _yes_no(text: str) -> Any:
    low = text.lower()
    return True if low in TRUE else False if low in FALSE else text


_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def _day(text: str) -> str:
    """2024-2-6, 2024/02/06, 2024.2.6, 2024年2月6日, 20240206, and a spreadsheet's date with its midnight."""
    found = _DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    return "-".join(part.zfill(2) for part in found.groups()) if found else text


def _whole(text: str) -> str:
    return re.sub(r"\.0+$", "", text.replace(",", ""))


def _number(text: str) -> str:
    return text.replace(",", "")


def _pairs(text: str) -> Any:
    """甲：90、乙：80."""
    parts = [re.split(r"[:：]", part, maxsplit=1) for part in SEPARATORS.split(text) if part.strip()]
    return {p[0].strip(): p[1].strip() for p in parts} if all(len(p) == 2 for p in parts) else text


_READERS = {"pairs": _pairs, "yes_no": _yes_no, "date": _day, "whole": _whole, "number": _number}

# A spreadsheet takes a text that begins so for a formula; such a text is written with a quote before it, and read without.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _unquoted(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def write_cell(declared: Register, column: Column, value: Any) -> str:
    """A value as a cell: what `read_cell` reads back."""
    if value is None:
        return ""
    if column.kind == "yes_no" and isinstance(value, bool):
        return TRUE[0] if value else FALSE[0]
    if isinstance(value, list | tuple):
        return "、".join(word(declared.entry, column.name, v) for v in value)
    if isinstance(value, dict):
        return "、".join(f"{name}：{one}" for name, one in value.items())
    text = word(declared.entry, column.name, value) if column.kind == "choice" else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and column.kind == "text" else text
