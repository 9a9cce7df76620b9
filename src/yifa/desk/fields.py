"""Forms from declarations: the input model of an act as a tree of fields, and what was posted as its raw data.

Names are paths (`applicants.0.name`). Nothing is validated here: raw data go to the door, whose problems carry the
same paths and are shown beside their fields.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from yifa.language.forms import Inputs
from yifa.language.words import choices, word

MOST_ROWS = 200  # of one repeated part in a posted form
LONG = frozenset({"facts_reasons", "reason", "content", "record", "note", "result", "text"})
COMMON = tuple(Inputs.model_fields)  # fields any act may carry: shown last


@dataclass(frozen=True, slots=True)
class FormField:
    """One field or group. kind  text, long, lines, number, date, moment, choice, choices, check, group, rows, hidden.

    name  its path; options  (code, 中文, chosen); parts  fields of a group, or of each row; problems  what the
    door said of it.
    """

    name: str
    title: str
    kind: str
    required: bool
    value: Any = ""
    options: tuple[tuple[str, str, bool], ...] = ()
    parts: tuple[Any, ...] = ()
    problems: tuple[str, ...] = ()
    blank: tuple[Any, ...] = ()

    @property
    def id(self) -> str:
        """For labels."""
        return "f-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class _At:
    """Where a field stands: its path, the raw values so far, the problems by path."""

    path: str
    data: Any
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def inner(self, name: str) -> "_At":
        value = self.data.get(name) if isinstance(self.data, Mapping) else None
        return _At(f"{self.path}.{name}" if self.path else name, value, self.problems)

    def row(self, index: int, value: Any) -> "_At":
        return _At(f"{self.path}.{index}", value, self.problems)

    @property
    def own(self) -> tuple[str, ...]:
        return tuple(self.problems.get(self.path, ()))


def form(
    model: type[BaseModel],
    data: Mapping[str, Any] | None = None,
    problems: Mapping[str, Sequence[str]] | None = None,
) -> tuple[FormField, ...]:
    """The fields of a model, filled with raw data; fields any act may carry come last."""
    return tuple(_fields(model, _At("", data or {}, problems or {})))


def _fields(model: type[BaseModel], at: _At) -> Iterator[FormField]:
    last = COMMON if issubclass(model, Inputs) else ()
    names = [*(n for n in model.model_fields if n not in last), *(n for n in last if n in model.model_fields)]
    for name in names:
        yield _field(model, name, model.model_fields[name], at.inner(name))


def _field(model: type[BaseModel], name: str, info: FieldInfo, at: _At) -> FormField:
    annotation = info.rebuild_annotation()
    if at.data is None and isinstance(info.default, bool | str):
        at = _At(at.path, info.default, at.problems)
    kind = kind_of(annotation, name)
    options = tuple(
        (code, title, _chosen(code, at.data)) for code, title in _options(model, name, annotation, kind)
    )
    part = part_of(annotation)
    parts, blank = _parts(kind, part, at)
    return FormField(
        at.path,
        info.title or name,
        kind,
        info.is_required(),
        shown(at.data, kind),
        options,
        parts,
        at.own,
        blank,
    )


def _options(model: type[BaseModel], name: str, annotation: Any, kind: str) -> tuple[tuple[str, str], ...]:
    if kind not in ("choice", "choices"):
        return ()
    codes = choices(annotation)
    return tuple((str(code), word(model, name, code)) for code in codes) or (("true", "是"), ("false", "否"))


def _parts(kind: str, part: type[BaseModel] | None, at: _At) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    if part is None or kind not in ("group", "rows"):
        return (), ()
    if kind == "group":
        return tuple(_fields(part, at)), ()
    values = at.data if isinstance(at.data, Sequence) and not isinstance(at.data, str) else []
    rows = [tuple(_fields(part, at.row(i, v))) for i, v in enumerate(values)]
    blank = tuple(_fields(part, _At(f"{at.path}.__row__", None)))
    return tuple(rows), blank


# ------------------------------------------------------------------------------ what kind of field it is

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "check"), (datetime, "moment"), (date, "date"), (int, "number"), (Decimal, "number"), (float, "number"),
)  # fmt: skip


def kind_of(annotation: Any, name: str = "") -> str:
    """The kind of field for a type; what is no simple type is text. Identities are given, not typed in."""
    if name == "id":
        return "hidden"
    leaves = list(_leaves(annotation))
    many = any(get_origin(leaf) is list for leaf in leaves)
    if part_of(annotation) is not None:
        return "rows" if many else "group"
    if choices(annotation):
        return "choices" if many else "choice"
    if many and not any(leaf in (str, Decimal, int) for leaf in leaves):
        return "lines"
    if bool in leaves and NoneType in leaves:
        return "choice"
    for plain, kind in _KINDS:
        if plain in leaves:
            return kind
    return "long" if name in LONG else "text"


def part_of(annotation: Any) -> type[BaseModel] | None:
    """The model a field is made of, or repeats."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (part_of(argument) for argument in get_args(annotation))
    return next((part for part in found if part is not None), None)


def _leaves(annotation: Any) -> Iterator[Any]:
    """Members of a union, annotations taken off; lists stay whole."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list or not arguments or annotation is NoneType:
        yield annotation
    elif hasattr(annotation, "__metadata__"):
        yield from _leaves(arguments[0])
    else:
        for argument in arguments:
            yield from _leaves(argument)


def _chosen(code: Any, data: Any) -> bool:
    several = isinstance(data, Sequence | frozenset | set) and not isinstance(data, str)
    values: Iterable[Any] = data if several else [data]
    return str(code) in [str(value) for value in values]


def shown(value: Any, kind: str) -> Any:
    """A raw or stored value as its field shows it."""
    if value is None:
        return ""
    if kind == "lines" and not isinstance(value, str):
        return "\n".join(str(line) for line in value)
    if kind == "check":
        return value in (True, "on", "true", "True", "1")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else value


# ------------------------------------------------------------------------------ what was posted


class Posted(dict[str, list[str]]):
    """Posted values by path, as Django's QueryDict gives them with `lists()`."""

    def under(self, path: str) -> list[int]:
        """Indices of the rows posted below a path, in order."""
        pattern = re.compile(rf"{re.escape(path)}\.(\d+)\.")
        found = {int(m.group(1)) for name in self if (m := pattern.match(name))}
        return sorted(found)[:MOST_ROWS]


NewId = Callable[[], str]


def raw(model: type[BaseModel], posted: Posted, new_id: NewId, path: str = "") -> dict[str, Any]:
    """Raw data of a model from a posted form. What was left empty is left out; `new_id` names new parties."""
    found = {}
    for name, info in model.model_fields.items():
        place = f"{path}.{name}" if path else name
        value = _raw(info.rebuild_annotation(), name, posted, new_id, place)
        if value not in (None, "", [], {}):
            found[name] = value
    return found


def _raw(annotation: Any, name: str, posted: Posted, new_id: NewId, place: str) -> Any:
    kind, part = kind_of(annotation, name), part_of(annotation)
    if part is not None and kind == "group":
        return _filled(raw(part, posted, new_id, place))
    if part is not None and kind == "rows":
        rows = [_filled(raw(part, posted, new_id, f"{place}.{index}")) for index in posted.under(place)]
        return [_named(part, row, new_id) for row in rows if row]
    return _READ.get(kind, _last)([value.strip() for value in posted.get(place, ())])


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Nothing, if all that stands there are unchecked boxes and preset choices nobody has touched."""
    return data if any(value is not False and name not in PRESET for name, value in data.items()) else {}


PRESET = frozenset(
    {"id", "kind", "id_type", "relation", "role", "type", "side"}
)  # preset choices: no row of their own


def _named(part: type[BaseModel], row: dict[str, Any], new_id: NewId) -> dict[str, Any]:
    return row if "id" in row or "id" not in part.model_fields else {"id": new_id(), **row}


def _last(values: list[str]) -> str | None:
    return values[-1] if values else None


def _lines(values: list[str]) -> list[str]:
    return [line.strip() for value in values for line in value.splitlines() if line.strip()]


def _several(values: list[str]) -> list[str]:
    return [value for value in values if value]


def _checked(values: list[str]) -> bool | None:
    """A hidden 0 stands before every box, so that an empty box says no; a box that was not shown says nothing."""
    return values[-1] == "1" if values else None


_READ: Mapping[str, Callable[[list[str]], Any]] = {"lines": _lines, "choices": _several, "check": _checked}
