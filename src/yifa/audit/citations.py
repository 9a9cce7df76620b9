"""All citations of a line, with the number each rule claims."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from yifa.language.line import Line
from yifa.language.records import Register
from yifa.language.values import By, ByDate, First, If, WhenAll, leaves
from yifa.law.citation import Several, Source, cites_of
from yifa.law.statute import Length, Unit, statutes


class Cited(NamedTuple):
    """A rule and its source. `numbers`: lengths of which the cited articles must state one; empty: none claimed."""

    place: str
    source: Source | None
    numbers: tuple[Length, ...] = ()


def citations(line: Line) -> Iterator[Cited]:
    """Every rule of the line, in the order of its declaration."""
    for action in line.actions:
        yield Cited(f"{line.code}.{action.code}", action.cite)
    yield from _of_clocks(line)
    for effect in line.effects:
        yield Cited(f"{line.code}.{effect.code}", effect.cite)
    for table in line.tables:
        yield from (Cited(f"{line.code}.{table.code}.{rule.code}", rule.cite) for rule in table.rules)
    for document in line.documents:
        yield Cited(f"{line.code}.{document.code}", document.cite)
    yield from (Cited(f"{line.code}.{draw.code}", draw.cite) for draw in line.draws)
    yield from (Cited(f"{line.code}.{advice.question}", advice.cite) for advice in line.advice)
    for reading in line.readings:
        yield Cited(f"{line.code}.{reading.code}", reading.source)
    yield from of_registers(line.code, line.registers)


def of_registers(owner: str, registers: Iterable[Register]) -> Iterator[Cited]:
    """Every rule of registers, of a line or of an owner that has no line yet."""
    for register in registers:
        yield Cited(f"{owner}.{register.code}", register.cite)
        yield from (Cited(f"{owner}.{register.code}.{move.code}", move.cite) for move in register.moves)


def counting_rules() -> Iterator[Cited]:
    """How the statutes themselves count: which numbers of 日 mean working days, what a rest day at the end does."""
    for law in statutes().values():
        workdays = tuple(Length(number, "day", origin=law.code) for number in sorted(law.workday_numbers))
        if law.workday_source is not None:
            yield Cited(f"{law}工作日", law.workday_source, workdays)
        if law.shift_source is not None:
            yield Cited(f"{law}末日顺延", law.shift_source)


def _of_clocks(line: Line) -> Iterator[Cited]:
    for clock in line.clocks:
        place = f"{line.code}.{clock.code}"
        yield from _periods(place, leaves(clock.cite), stated_lengths(clock.length))
        for start in clock.starts:
            sources = leaves(start.cite) or (leaves(clock.cite) if start.length is not None else ())
            yield from _periods(place, sources, stated_lengths(start.length) or stated_lengths(clock.length))
        for extension in clock.extensions:
            caps = [length.times(extension.cap) for length in stated_lengths(clock.length) if extension.cap]
            yield from _each_stated(f"{place}.{extension.when.action}", leaves(clock.cite), caps)


def _periods(place: str, sources: tuple[Source, ...], lengths: tuple[Length, ...]) -> Iterator[Cited]:
    """Both ways: every source states one of the lengths counted by its statute, every length stands in a source."""
    for source in sources:
        yield Cited(place, source, tuple(n for n in lengths if n.origin in _statutes_of(source)))
    yield from _each_stated(place, sources, lengths)


def _each_stated(place: str, sources: tuple[Source, ...], lengths: Iterable[Length]) -> Iterator[Cited]:
    for length in lengths:
        cites = [c for source in sources for c in cites_of(source) if c.statute == length.origin]
        if cites:
            yield Cited(place, Several(tuple(cites)), (length,))


def stated_lengths(value: Any) -> tuple[Length, ...]:
    """The lengths a declaration takes from the law. A `Sized` one has its number from an act or a parameter, and
    a `Fixed` one its date: there the article need not state a number.
    """
    if isinstance(value, Length):
        return (value,)
    if isinstance(value, By):
        options: tuple[Any, ...] = (*value.table.values(), value.otherwise)
    elif isinstance(value, First):
        options = value.options
    elif isinstance(value, ByDate):
        options = tuple(option for _, option in value.table)
    elif isinstance(value, WhenAll | If):
        options = (value.then, value.otherwise)
    else:
        return ()
    return tuple(dict.fromkeys(length for option in options for length in stated_lengths(option)))


def _statutes_of(source: Source) -> set[str]:
    return {cite.statute for cite in cites_of(source)}


UNIT_WORDS: dict[Unit, tuple[str, ...]] = {
    "workday": ("日", "个工作日", "工作日", "天"),
    "day": ("日", "天"),
    "month": ("个月",),
    "year": ("年",),
    "hour": ("小时",),
}
