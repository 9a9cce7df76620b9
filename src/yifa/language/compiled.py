"""A declared value as the function it means. The objects of `values.py` are read once, when the line is loaded.

`compiled(value)(view, event)` is `resolve(value, view, event)`, always; the tests hold every kind of value to it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import Condition, When
from yifa.language.values import (
    By,
    EffectiveOn,
    Fact,
    Field,
    First,
    Fixed,
    FixedDay,
    IfFact,
    Sized,
    by_version_alone,
)
from yifa.language.view import View

Compute = Callable[[View, Event], Any]


def compiled(value: Any) -> Compute:
    """The function of a declared value; of a plain one, the function that gives it."""
    maker = _MAKERS.get(type(value))
    if maker is not None:
        return maker(value)
    return value if callable(value) else _constant(value)


def condition(when: When) -> Condition | None:
    """What an act must fulfil beyond its code; None if nothing."""
    return when.matches if when.equals else when.where


def day_of(when: When) -> Callable[[Event], date]:
    """The date the act counts from."""
    return _legal_date if when.field is None else when.day


def _legal_date(event: Event) -> date:
    return event.effective_on


def _constant(value: Any) -> Compute:
    return lambda view, event: value


def _effective_on(value: EffectiveOn) -> Compute:
    return lambda view, event: event.effective_on


def _field(value: Field) -> Compute:
    name, otherwise = value.name, value.otherwise
    if otherwise is None:
        return lambda view, event: event.data.get(name)
    other = compiled(otherwise)

    def field(view: View, event: Event) -> Any:
        found = event.data.get(name)
        return other(view, event) if found is None else found

    return field


def _fact(value: Fact) -> Compute:
    name, otherwise = value.name, value.otherwise
    if otherwise is None:
        return lambda view, event: view.facts.get(name)
    other = compiled(otherwise)

    def fact(view: View, event: Event) -> Any:
        found = view.facts.get(name)
        return other(view, event) if found is None else found

    return fact


def _by(value: By) -> Compute:
    table = {key: compiled(chosen) for key, chosen in value.table.items()}
    otherwise = compiled(value.otherwise)
    kind, _, name = value.selector.partition(":")
    if by_version_alone(value):
        plain, other = value.table, value.otherwise
        return lambda view, event: plain.get(view.version, other)
    if kind == "version":
        return lambda view, event: table.get(view.version, otherwise)(view, event)
    if kind == "fact":
        return lambda view, event: table.get(view.facts.get(name), otherwise)(view, event)
    if kind == "stage":
        return lambda view, event: table.get(view.stage, otherwise)(view, event)
    return lambda view, event: table.get(event.data.get(name), otherwise)(view, event)


def _first(value: First) -> Compute:
    options = tuple(compiled(option) for option in value.options)

    def first(view: View, event: Event) -> Any:
        for option in options:
            found = option(view, event)
            if found is not None:
                return found
        return None

    return first


def _sized(value: Sized) -> Compute:
    number, like = compiled(value.number), value.like

    def sized(view: View, event: Event) -> Any:
        found = number(view, event)
        return None if found is None else like.times(int(found))

    return sized


def _fixed(value: Fixed) -> Compute:
    day, what = compiled(value.day), value.what

    def fixed(view: View, event: Event) -> Any:
        found = day(view, event)
        return None if found is None else FixedDay(found, what)

    return fixed


def _if_fact(value: IfFact) -> Compute:
    name, then, otherwise = value.name, compiled(value.then), compiled(value.otherwise)
    return lambda view, event: (otherwise if view.facts.get(name) is None else then)(view, event)


_MAKERS: dict[type, Callable[[Any], Compute]] = {
    By: _by, EffectiveOn: _effective_on, Fact: _fact, Field: _field, First: _first, Fixed: _fixed, IfFact: _if_fact,
    Sized: _sized,
}  # fmt: skip
