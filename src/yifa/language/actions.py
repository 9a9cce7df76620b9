"""Actions: who may do what, from which stage, with which input, under which guards, to what effect."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel

from yifa.language.acts import Command, Context, FollowUp, Problem
from yifa.language.records import Lookup
from yifa.language.rules import RuleTable
from yifa.language.view import View
from yifa.law.citation import Source

Guard = Callable[[View, Command, "Facts"], Iterable[Problem]]
Key = Callable[[View, Command], Any]

_OF_CASE: set[Guard] = set()


def of_case(guard: Guard) -> Guard:
    """A guard that reads the case alone, neither the command nor any answer. What it says is told with the acts that are
    open now, before anybody has filled in a form.
    """
    _OF_CASE.add(guard)
    return guard


def reads_case_alone(guard: Guard) -> bool:
    """Whether the guard is marked `of_case`."""
    return guard in _OF_CASE


class Facts(NamedTuple):
    """Answers of needs and the context, as a guard sees them."""

    answers: dict[str, Any]
    ctx: Context

    def get(self, need: str, default: Any = None) -> Any:
        return self.answers.get(need, default)


class Match(NamedTuple):
    """Other cases with these facts, of the same line unless `line` names another; with `party`, that have this party; with
    `open_only`, not closed.
    """

    facts: Mapping[str, Any]
    party: str | None = None
    open_only: bool = False
    line: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A question to the outside with a pure key; the answer is stored in the act, with its source.

    port  who answers, and what about:
      cases       the cases that hold the claim `claim` (else of the need's own code) over this key; a key of {name: Match}
                  asks how many other cases match each;
      registers   the entries `lookup` finds by the key; parameters  the value of the parameter the key names, on the day;
      people      those of the users in the key who must stay out of the case.
    answer  the plain value, made of the key and what was found; optional  the act may go on without an answer;
    of_case  the key names another case: the answer is {id, number, line, organ, stage, parties, facts}, of its facts only
    these, or None if there is no such case.

    Every need is asked anew whenever the act is examined: when it is drafted, and again when it is signed, whose answer counts.
    """

    code: str
    key: Key
    port: str = "cases"
    optional: bool = False
    claim: str = ""
    lookup: Lookup | None = None
    answer: Callable[[Any, Any], Any] | None = None
    of_case: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Uniqueness across cases, settled by one unique index; `blind` keys are made over personal data."""

    kind: str
    key: Key
    blind: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One act of a procedure. An `external` one has no permission rule: it only starts or stops clocks.

    by  roles that may propose it (or do it, if nobody else decides); decided_by  roles that decide, possibly
    by version; from_  stages (None: the case does not exist yet); to  new stage, None to stay; track  the side
    track that from_/to speak of; sets  facts by value objects; requires  guards; warns  guards whose problems
    are only flagged; issues  documents; decides  rule tables with the input they are run on; parties  added
    parties (identity → role); numbers  series reserved; relates  field that names another case this one is tied to.
    """

    code: str
    title: str
    by: frozenset[str] = frozenset()
    decided_by: Any = None
    from_: tuple[str | None, ...] = ()
    to: Any = None
    track: str | None = None
    inputs: type[BaseModel]
    sets: dict[str, Any] = field(default_factory=dict, hash=False)
    requires: tuple[Guard, ...] = ()
    warns: tuple[Guard, ...] = ()
    needs: tuple[Need, ...] = ()
    claims: tuple[Claim, ...] = ()
    releases: tuple[Claim, ...] = ()
    issues: Any = ()
    decides: tuple[tuple[RuleTable, Callable[..., Any]], ...] = ()
    parties: Callable[[View, Any], dict[str, str]] | None = None
    follow_ups: Callable[[View, Command, Facts], tuple[FollowUp, ...]] | None = None
    numbers: tuple[str, ...] = ()
    relates: str | None = None
    versions: frozenset[str] = frozenset()
    per: str | None = None
    reopens: bool = False
    external: bool = False
    discretion: str = ""
    cite: Source
    note: str = ""
