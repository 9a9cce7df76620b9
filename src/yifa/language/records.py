"""Declarations that are not procedures: parties, stages, documents, registers, parameters, draws."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel

from yifa.law.citation import Source


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the main procedure or of a side track."""

    code: str
    title: str
    open: bool = True
    track: str | None = None
    concluded: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A 文书: when it is issued, to whom, the number series, and what it must contain (variable → 中文)."""

    code: str
    title: str
    when: str
    to: tuple[str, ...]
    contents: dict[str, str] = field(hash=False)
    cite: Source
    series: str | None = None
    versions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state in a register's life cycle."""

    code: str
    title: str
    from_: tuple[str, ...]
    to: str
    cite: Source


@dataclass(frozen=True, slots=True)
class Register:
    """A 名录: entry model, natural key, life cycle, who writes it, which columns are public."""

    code: str
    title: str
    entry: type[BaseModel]
    key: tuple[str, ...]
    states: dict[str, str] = field(hash=False)
    moves: tuple[Move, ...]
    written_by: tuple[str, ...]
    public: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    cite: Source | None = None


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One value of a parameter with the day from which it is in force and its source."""

    since: date
    value: Any
    source: str
    confidence: str = "knowledge"


@dataclass(frozen=True, slots=True)
class ParameterDeclaration:
    """A value that changes: dated data with its source; the city may override it."""

    code: str
    title: str
    unit: str
    values: tuple[ParameterValue, ...]


@dataclass(frozen=True, slots=True)
class DrawDeclaration:
    """A random selection the law or local rules require: population, how many, by what published method."""

    code: str
    title: str
    population: str
    size: str
    cite: Source
    method: str = "hmac/1"
