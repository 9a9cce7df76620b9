"""The values a template is filled with: checked kinds, read in the forms documents print."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from yifa.documents.wording import chinese_date, joined

Kind = Literal["text", "date", "number", "flag", "texts", "party", "rows", "said"]


class KindRule(NamedTuple):
    """What a kind is called in messages and which values it accepts."""

    title: str
    accepts: Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list_of(accepts: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list | tuple) and all(accepts(item) for item in value)


def _is_texts(value: Any) -> bool:
    return _is_text(value) or (_is_list_of(_is_text)(value) and bool(value))


def _is_one_party(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, Mapping) and _is_text(value.get("name")))


def _is_party(value: Any) -> bool:
    return _is_one_party(value) or (_is_list_of(_is_one_party)(value) and bool(value))


def _is_said(value: Any) -> bool:
    return isinstance(value, Mapping) and _is_text(value.get("party")) and _is_text(value.get("text"))


KINDS: dict[Kind, KindRule] = {
    "text": KindRule("文字", _is_text),
    "date": KindRule("日期", lambda value: isinstance(value, date)),
    "number": KindRule("整数", _is_number),
    "flag": KindRule("是或否", lambda value: isinstance(value, bool)),
    "texts": KindRule("文字或文字列表", _is_texts),
    "party": KindRule("当事人姓名或名称、当事人信息或其列表", _is_party),
    "rows": KindRule(
        "表格各行（每行为文字列表）", _is_list_of(_is_list_of(lambda cell: isinstance(cell, str)))
    ),
    "said": KindRule("各方主张（当事人与内容）的列表", _is_list_of(_is_said)),
}


class Values:
    """Read access to checked values under one procedure version."""

    def __init__(self, values: Mapping[str, Any], version: str) -> None:
        self._values = values
        self.version = version

    def has(self, name: str) -> bool:
        """Whether a value is given (and a flag is set)."""
        return bool(self._values.get(name))

    def text(self, name: str) -> str:
        """The text, a number as digits, or empty."""
        value = self._values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """The number."""
        value = self._values.get(name)
        return default if value is None else int(value)

    def day(self, name: str) -> date:
        """The date itself."""
        value: date = self._values[name]
        return value

    def on(self, name: str) -> str:
        """The date as printed: 2024年2月6日; empty if not given."""
        return chinese_date(self._values[name]) if self.has(name) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The list of texts; a single text counts as a list of one."""
        value = self._values.get(name) or ()
        return (value,) if isinstance(value, str) else tuple(value)

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The rows of a table."""
        return tuple(tuple(row) for row in self._values.get(name) or ())

    def said(self, name: str) -> tuple[tuple[str, str], ...]:
        """(party, what it says) in order."""
        return tuple((item["party"], item["text"]) for item in self._values.get(name) or ())

    def parties(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """The parties as mappings with at least a name."""
        value = self._values.get(name) or ()
        listed = [value] if isinstance(value, str | Mapping) else value
        return tuple({"name": party} if isinstance(party, str) else party for party in listed)

    def names(self, name: str) -> str:
        """The parties' names: 甲、乙."""
        return joined([party["name"] for party in self.parties(name)])

    def you(self, name: str) -> str:
        """How the addressee is spoken to: 你, 你单位, 你们, or 你（单位） where the kind is not known."""
        parties = self.parties(name)
        if len(parties) > 1:
            return "你们"
        return {"person": "你", "organisation": "你单位", "organ": "你机关"}.get(
            parties[0].get("kind", ""), "你（单位）"
        )
