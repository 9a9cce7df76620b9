"""What a document says of its case: every variable a pure function of the case as it stood at the act.

A line gives one `LinePapers`: its templates and, for every document, a table from variable to function. What only a
person can write (findings of fact, reasons) is a passage: it comes with the act that issues the document. So a
document is a function of the case's events and can be made again, byte for byte, years later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from yifa.documents.model import OfficialDocument
from yifa.documents.templates import DocumentTemplate, TemplateProblem, TemplateSet, Variable, check
from yifa.language.acts import Event
from yifa.language.view import View


class Organ(NamedTuple):
    """An organ as documents name it. `government`: the people's government it belongs to; `set_up_by`: the organ over it."""

    name: str
    kind: str = ""
    government: str = ""
    set_up_by: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the house adds to a case.

    case_no  案号; organ  code of the organ that has the case; organs, names  codes and ids → what is printed;
    numbers  numbers this act took, by series; courts  level (basic, intermediate) → court for suits against organs;
    contact  office_address, phone, office.
    """

    case_no: str = ""
    organ: str = ""
    organs: Mapping[str, Organ] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    courts: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    check_url: str = ""
    check_code: str = ""

    def name(self, code: str | None) -> str:
        """The name of an organ, window or person; a code nobody knows is printed as it was written."""
        if not code:
            return ""
        return self.organs[code].name if code in self.organs else self.names.get(code, code)

    def organ_of(self, code: str | None) -> Organ:
        """The organ of this code or full name."""
        found = self.organs.get(code or "")
        named = (o for o in self.organs.values() if o.name == code)
        return found or next(named, None) or Organ(code or "")


@dataclass(frozen=True, slots=True)
class Matter:
    """A case at one act: `before` and `view` are the case just before and after `event`; `said` are the passages."""

    before: View
    view: View
    event: Event
    setting: Setting = Setting()
    said: Mapping[str, Any] = field(default_factory=dict)

    def data(self, name: str) -> Any:
        """A field of the act."""
        return self.event.data.get(name)

    def fact(self, name: str) -> Any:
        """A fact of the case."""
        return self.view.facts.get(name)

    def last(self, action: str) -> Mapping[str, Any]:
        """Data of the latest act of this code."""
        return self.view.last_data(action)

    @property
    def day(self) -> date:
        """The day of the act."""
        day: date = day_of(self.event.effective_on)
        return day


Source = Callable[[Matter], Any]


def day_of(value: Any) -> Any:
    """The day of a date or moment."""
    return value.date() if isinstance(value, datetime) else value


def fact(name: str) -> Source:
    """A fact of the case; a moment gives its day."""
    return lambda m: day_of(m.view.facts.get(name))


def data(name: str) -> Source:
    """A field of the act."""
    return lambda m: m.event.data.get(name)


def data_day(name: str) -> Source:
    """A date in the act, else the day of the act."""
    return lambda m: day_of(m.event.data.get(name)) or m.day


def named(name: str) -> Source:
    """A field of the act that holds the code of an organ, window or person: its name."""
    return lambda m: m.setting.name(m.event.data.get(name))


def chosen(name: str, table: Mapping[Any, Any]) -> Source:
    """A field of the act through a table."""
    return lambda m: table.get(m.event.data.get(name))


def due(clock: str) -> Source:
    """The due date of a clock after the act."""
    return lambda m: day_of(m.view.due(clock))


def last_day(action: str, name: str) -> Source:
    """A date in the latest act of this code, else the day of that act."""

    def find(m: Matter) -> date | None:
        event = m.view.last(action)
        return day_of(event.data.get(name) or event.effective_on) if event else None

    return find


def always(value: Any) -> Source:
    """The same for every case."""
    return lambda m: value


@dataclass(frozen=True, slots=True)
class Derivation:
    """One document: `values` are derived and fixed; `passages` are free text. A name in both has a derived default."""

    values: Mapping[str, Source] = field(default_factory=dict)
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinePapers:
    """All a line says about its documents.

    common     variables of every document
    about      by document code
    served_by  document → the line's act that records its service; others are recorded by `serve_document`
    announced_by  document → the act by which it is served by public notice, with the data that name the document
    materials  what an application should bring: code → title
    """

    templates: TemplateSet
    common: Mapping[str, Source]
    about: Mapping[str, Derivation]
    served_by: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, str] = field(default_factory=dict)
    announced_by: Mapping[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)


@cache
def papers(line: str) -> LinePapers | None:
    """The papers of a line: `PAPERS` of `yifa.documents.<line>`; None while it has none."""
    module = f"yifa.documents.{line}"
    if find_spec(module) is None:
        return None
    found: LinePapers | None = getattr(import_module(module), "PAPERS", None)
    return found


def values(found: LinePapers, code: str, matter: Matter) -> dict[str, Any]:
    """What the template is filled with: derived values, then the passages this document allows."""
    about = found.about[code]
    sources = {**_HOUSE, **found.common, **about.values}
    derived = {name: source(matter) for name, source in sources.items()}
    series = _series(matter, code)
    if series in matter.setting.numbers:
        derived["number"] = matter.setting.numbers[series]
    said = dict(_read(found.templates[code], matter, about.passages))
    return {name: value for name, value in (derived | said).items() if value not in (None, "", (), [])}


def _series(matter: Matter, code: str) -> str:
    declared = matter.view.line.document(code)
    return declared.series or "" if declared else ""


def _read(template: DocumentTemplate, matter: Matter, passages: Iterable[str]) -> Iterator[tuple[str, Any]]:
    kinds = {v.name: v for v in template.variables}
    for name in passages:
        if matter.said.get(name) not in (None, "", [], {}):
            yield name, _typed(kinds.get(name), matter.said[name])


def _typed(variable: Variable | None, value: Any) -> Any:
    """A passage as stored is plain JSON: dates are text there. What is no date stays, and the template says so."""
    if variable is not None and variable.kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def problems(found: LinePapers, code: str, matter: Matter) -> tuple[TemplateProblem, ...]:
    """Everything that keeps the document from being made: what is missing, wrong, or not for the drafter to write."""
    template, about = found.templates[code], found.about[code]
    titles = {v.name: v.title for v in template.variables}
    fixed = (
        TemplateProblem("not_a_passage", name, titles.get(name, name))
        for name in matter.said
        if name not in about.passages
    )
    return (*fixed, *check(template, values(found, code, matter), matter.view.version))


def document(found: LinePapers, code: str, matter: Matter) -> OfficialDocument:
    """The document of this act. Raises TemplateError with every problem."""
    return found.templates.draft(code, values(found, code, matter), matter.view.version)


_HOUSE: Mapping[str, Source] = {
    "case_no": lambda m: m.setting.case_no,
    "organ": lambda m: m.setting.name(m.setting.organ),
    "date": lambda m: m.day,
    "check_url": lambda m: m.setting.check_url,
    "check_code": lambda m: m.setting.check_code,
    "office_address": lambda m: m.setting.contact.get("office_address"),
    "phone": lambda m: m.setting.contact.get("phone"),
}
