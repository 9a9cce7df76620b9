"""Declarations that are not procedures: parties, stages, documents, registers, parameters, draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from yifa.language.view import View
from yifa.law.citation import Source


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the main procedure or of a side track."""

    code: str
    title: str
    open: bool = True
    track: str | None = None
    concluded: bool = False


class Meeting(NamedTuple):
    """Something people must be at, on the day or moment a fact says: what for, where, and which lawyers go for our side. The
    last two are read from the case; a lawyer's name tells of a person.
    """

    title: str
    place: Callable[[View], str]
    lawyers: Callable[[View], tuple[str, ...]]


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


class Entry(BaseModel):
    """Base of register rows. The two dates are the term of the entry, both included; what else it holds may change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    valid_from: date | None = Field(None, title="起始日期")
    valid_to: date | None = Field(None, title="截止日期")


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state in a register's life cycle. `requires`: columns that must be filled once it is made.

    by  roles that may make it; empty: whoever may write the register.
    """

    code: str
    title: str
    from_: tuple[str, ...]
    to: str
    cite: Source
    requires: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A 名录: entry model, natural key, life cycle, who writes it, which columns are public.

    personal  columns kept encrypted and shown masked; kinds  their kinds (name, id_number, phone, address …) for masking
    and look-up, where the column is not called so itself; organ  the column that names whose entry it is (else of the
    organ that entered it); starts  states an entry may begin in (else the first); shown  states the public sees (else all).
    """

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
    kinds: dict[str, str] = field(default_factory=dict, hash=False)
    organ: str | None = None
    starts: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def beginnings(self) -> tuple[str, ...]:
        """States an entry may begin in; the first is meant if none is said."""
        return self.starts or tuple(self.states)[:1]

    def move(self, code: str) -> Move | None:
        """The move of this code."""
        return next((move for move in self.moves if move.code == code), None)

    def kind(self, column: str) -> str:
        """What kind of personal data a column holds."""
        return self.kinds.get(column, column)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Entries that have the key (or one of its values) in any of these columns."""

    columns: tuple[str, ...]

    def __call__(self, key: Any) -> tuple[Mapping[str, Any], ...]:
        values = key if isinstance(key, tuple | list | set | frozenset) else (key,)
        return tuple({column: value} for value in values for column in self.columns)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Entries that have the key's values, one a column, in all of these columns."""

    columns: tuple[str, ...]

    def __call__(self, key: Any) -> tuple[Mapping[str, Any], ...]:
        return (dict(zip(self.columns, key, strict=True)),)


@dataclass(frozen=True, slots=True)
class Follow:
    """From what was found on to another register: the entry whose `by` is the found one's `column`."""

    column: str
    register: str
    by: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """How a register answers a need: which entries, valid on the day of the act.

    register  a code of this line, or `owner.code`; where  key → conditions, one of which must hold; then  a further
    register, whose columns come under its code.
    """

    register: str
    where: OneOf | AllOf
    then: Follow | None = None


def one_of(*columns: str) -> OneOf:
    """By the key (or any of its values) in one of these columns."""
    return OneOf(columns)


def all_of(*columns: str) -> AllOf:
    """By a key of several values, one for each of these columns."""
    return AllOf(columns)


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


class Advice(NamedTuple):
    """What a citizen asks first, with the answer and its article."""

    question: str
    answer: str
    cite: Source


@dataclass(frozen=True, slots=True)
class DrawDeclaration:
    """A random selection the law or local rules require: population, how many, by what published method."""

    code: str
    title: str
    population: str
    size: str
    cite: Source
    method: str = "hmac/1"
