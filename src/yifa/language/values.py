"""Values a declaration takes from the case: a field of the act, a fact, a choice by version or fact.

Each is a frozen object called with (view, event); so a declaration stays data that can be printed and checked.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from typing import Any

from yifa.language.acts import Event
from yifa.language.view import View
from yifa.law.statute import Length


class Keep:
    """Sentinel: leave the fact as it is."""


KEEP = Keep()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the act's data; else `otherwise` (a value or another of these objects)."""

    name: str
    otherwise: Any = None

    def __call__(self, view: View, event: Event) -> Any:
        value = event.data.get(self.name)
        if value is not None:
            return value
        other = self.otherwise
        return other(view, event) if callable(other) else other


@dataclass(frozen=True, slots=True)
class EffectiveOn:
    """The legal date of the act."""

    def __call__(self, view: View, event: Event) -> date:
        return event.effective_on


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the case; else `otherwise`."""

    name: str
    otherwise: Any = None

    def __call__(self, view: View, event: Event) -> Any:
        value = view.facts.get(self.name)
        return resolve(self.otherwise, view, event) if value is None else value


@dataclass(frozen=True, slots=True)
class By:
    """A choice: `table[selector]`, else `otherwise`. The selector is `version`, `stage` (the one an act leaves), `fact:x`
    or `field:x`.
    """

    selector: str
    table: dict[Any, Any] = dataclass_field(hash=False)
    otherwise: Any = None

    def __call__(self, view: View, event: Event) -> Any:
        if self.selector == "version":
            key: Any = view.version
        elif self.selector.startswith("fact:"):
            key = view.facts.get(self.selector[5:])
        elif self.selector == "stage":
            key = view.stage
        else:
            key = event.data.get(self.selector[6:])
        chosen = self.table.get(key, self.otherwise)
        return chosen(view, event) if callable(chosen) else chosen

    def branches(self) -> tuple[Any, ...]:
        """All values that may be chosen, for printing and audit."""
        found = (*self.table.values(), self.otherwise)
        return tuple(leaf for value in found for leaf in leaves(value))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period ending on a date that a notice, order or decision sets."""

    day: Any
    what: str

    def __call__(self, view: View, event: Event) -> Any:
        found = resolve(self.day, view, event)
        return None if found is None else FixedDay(found, self.what)


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A resolved `Fixed`."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Sized:
    """A length whose number stands in the act (or a parameter); the rules of counting are `like`'s."""

    number: Any
    like: Length

    def __call__(self, view: View, event: Event) -> Length | None:
        found = self.number(view, event) if callable(self.number) else self.number
        return None if found is None else self.like.times(int(found))


@dataclass(frozen=True, slots=True)
class Parameter:
    """The value of a parameter on the act's date (or on the date of fact `on`)."""

    code: str
    on: str | None = None

    def __call__(self, view: View, event: Event) -> Any:
        day = view.facts.get(self.on) if self.on else event.effective_on
        return view.env.parameters.at(self.code, day or event.effective_on)


@dataclass(frozen=True, slots=True)
class First:
    """The first of several values that is there."""

    options: tuple[Any, ...]

    def __call__(self, view: View, event: Event) -> Any:
        for option in self.options:
            found = option(view, event) if callable(option) else option
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class WhenAll:
    """`then` once the act has been done for every party of these roles, `otherwise` (None: stay) before.

    An act that names no party is done for all of them; `by_law` names effects that count as the act.
    """

    act: str
    roles: tuple[str, ...]
    then: Any
    otherwise: Any = None
    by_law: tuple[str, ...] = ()

    def __call__(self, view: View, event: Event) -> Any:
        done = {act.party for act in view.acts.get(self.act, ())} | {
            e.subject for e in view.effects if e.code in (event.action, *self.by_law)
        }
        done.add(event.party)
        waiting = None not in done and set(view.parties_in(*self.roles)) - done
        return self.otherwise if waiting else self.then


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a field that may hold a moment; else `otherwise`."""

    name: str
    otherwise: Any = None

    def __call__(self, view: View, event: Event) -> Any:
        found = event.data.get(self.name)
        found = resolve(self.otherwise, view, event) if found is None else found
        return found.date() if isinstance(found, datetime) else found


@dataclass(frozen=True, slots=True)
class ByDate:
    """The law of one clock or rule is that of its trigger's date: (in force since, value), in order of date."""

    table: tuple[tuple[date, Any], ...]

    def __call__(self, view: View, event: Event) -> Any:
        day = event.effective_on
        plain = day.date() if isinstance(day, datetime) else day
        chosen = self.table[0][1]
        for since, value in self.table:
            chosen = value if since <= plain else chosen
        return resolve(chosen, view, event)


@dataclass(frozen=True, slots=True)
class If(ABC):
    """`then` if what is asked holds, `otherwise` if not. What is asked of `name` says the class."""

    name: str
    then: Any
    otherwise: Any = None

    def __call__(self, view: View, event: Event) -> Any:
        return resolve(self.then if self.holds(view, event) else self.otherwise, view, event)

    @abstractmethod
    def holds(self, view: View, event: Event) -> bool:
        """Whether it holds."""


class IfFact(If):
    """Whether the case has this fact."""

    __slots__ = ()

    def holds(self, view: View, event: Event) -> bool:
        return view.facts.get(self.name) is not None


class IfField(If):
    """Whether the act says something in this field, and does not leave it out or empty."""

    __slots__ = ()

    def holds(self, view: View, event: Event) -> bool:
        return bool(event.data.get(self.name))


EFFECTIVE_ON = EffectiveOn()


def resolve(value: Any, view: View, event: Event) -> Any:
    """A value object applied to the case, anything else as it is."""
    return value(view, event) if callable(value) else value


def by_version_alone(value: Any) -> bool:
    """Whether nothing but the version can change the value: a plain one, or a choice by version among plain ones."""
    if not callable(value):
        return True
    plain = isinstance(value, By) and not any(map(callable, (*value.table.values(), value.otherwise)))
    return plain and value.selector == "version"


def by_version(**table: Any) -> By:
    """A choice by procedure version: `by_version(v2023=…, v2017=…)` (a leading v is dropped)."""
    return By("version", {key.removeprefix("v").replace("_", "-"): value for key, value in table.items()})


def by_fact(fact: str, *, otherwise: Any = None, **table: Any) -> By:
    """A choice by a fact of the case; when the fact changes, running clocks are measured anew."""
    return By(f"fact:{fact}", table, otherwise)


def by_field(name: str, *, otherwise: Any = None, **table: Any) -> By:
    """A choice by a field of the act."""
    return By(f"field:{name}", table, otherwise)


def leaves(value: Any) -> tuple[Any, ...]:
    """The plain values inside a choice, for printing and audit."""
    if isinstance(value, By):
        return value.branches()
    if isinstance(value, First):
        return tuple(leaf for option in value.options for leaf in leaves(option))
    if isinstance(value, ByDate):
        return tuple(leaf for _, option in value.table for leaf in leaves(option))
    if isinstance(value, Sized):
        return (value.like,)
    if isinstance(value, WhenAll | If):
        return tuple(leaf for option in (value.then, value.otherwise) for leaf in leaves(option))
    return () if value is None else (value,)


def facts_used(value: Any) -> frozenset[str]:
    """Names of facts on which a value depends."""
    if isinstance(value, By):
        own = {value.selector[5:]} if value.selector.startswith("fact:") else set()
        return frozenset(own).union(
            *(facts_used(branch) for branch in (*value.table.values(), value.otherwise))
        )
    if isinstance(value, First):
        return frozenset().union(*(facts_used(option) for option in value.options))
    if isinstance(value, ByDate):
        return frozenset().union(*(facts_used(option) for _, option in value.table))
    return frozenset()
