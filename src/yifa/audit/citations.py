"""All citations of a line, with the number each rule claims."""

from collections.abc import Iterator
from typing import NamedTuple

from yifa.language.line import Line
from yifa.language.values import leaves
from yifa.law.citation import Cite, Practice, Several, Source
from yifa.law.statute import Length, Unit


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
    for reading in line.readings:
        yield Cited(f"{line.code}.{reading.code}", reading.source)
    for register in line.registers:
        yield Cited(f"{line.code}.{register.code}", register.cite or Practice("名录"))
        yield from (Cited(f"{line.code}.{register.code}.{move.code}", move.cite) for move in register.moves)


def _of_clocks(line: Line) -> Iterator[Cited]:
    for clock in line.clocks:
        place = f"{line.code}.{clock.code}"
        lengths = [leaf for leaf in leaves(clock.length) if isinstance(leaf, Length)]
        for source in leaves(clock.cite):
            yield from _with_number(place, source, lengths)
        for start in clock.starts:
            own = [leaf for leaf in leaves(start.length) if isinstance(leaf, Length)]
            for source in leaves(start.cite):
                yield from _with_number(place, source, own or lengths)


def _with_number(place: str, source: Source, lengths: list[Length]) -> Iterator[Cited]:
    """A source must state a length that is counted by one of its own statutes (versions have lengths of their own)."""
    yield Cited(place, source, tuple(length for length in lengths if length.origin in _statutes_of(source)))


def _statutes_of(source: Source) -> set[str]:
    if isinstance(source, Cite):
        return {source.statute}
    if isinstance(source, Several):
        return {cite.statute for cite in source.cites if isinstance(cite, Cite)}
    return set()


UNIT_WORDS: dict[Unit, tuple[str, ...]] = {
    "workday": ("日", "个工作日", "工作日", "天"),
    "day": ("日", "天"),
    "month": ("个月", "月"),
    "year": ("年",),
    "hour": ("小时",),
}
