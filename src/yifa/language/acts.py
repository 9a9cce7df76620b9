"""What happened, what is asked, and what is answered: events, commands, problems, outcomes.

NamedTuples rather than dataclasses: they are made by the million when a year is replayed, and a NamedTuple
is built four times faster than a frozen dataclass.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from yifa.law.calendar import Calendar
from yifa.law.citation import Source

EMPTY: Mapping[str, Any] = MappingProxyType({})
Moment = Literal["propose", "sign"]

# A named tuple of all its fields in order, at half the price of calling its class: for what every act makes anew.
make_whole: Any = tuple.__new__


class Event(NamedTuple):
    """One act in a case's file, or a fact that the law itself brings about (`by_law`).

    effective_on  legal date; recorded_on  when it was entered (None: with the act); facts  stored answers
    of needs; party / re  the party it concerns and the `seq` of the act it answers; after  explicit order
    among acts of one day.
    """

    seq: int
    action: str
    effective_on: date
    data: Mapping[str, Any] = EMPTY
    party: str | None = None
    re: int | None = None
    facts: Mapping[str, Any] = EMPTY
    actor: str | None = None
    recorded_on: date | None = None
    after: int | None = None
    by_law: bool = False


class Actor(NamedTuple):
    """Who acts: identity, the roles held on that day, and the organ."""

    id: str
    roles: frozenset[str]
    organ: str | None = None


class Command(NamedTuple):
    """A request to act in a case. `data` is raw input until `decide` has validated it."""

    action: str
    on: date
    data: Mapping[str, Any] = EMPTY
    party: str | None = None
    re: int | None = None
    after: int | None = None


class Env(NamedTuple):
    """Pinned editions everything is derived under: calendar, parameters, registers."""

    calendar: Calendar
    parameters: "ParameterValues"
    registers_edition: str = ""


class ParameterValues(NamedTuple):
    """Dated parameter values: code → ((from, value, source), …) in order of date."""

    table: Mapping[str, tuple[tuple[date, Any, str], ...]]

    def at(self, code: str, day: date) -> Any:
        """The value in force on `day`; None before the first value."""
        found = None
        for since, value, _source in self.table[code]:
            if since > day:
                break
            found = value
        return found

    def source(self, code: str, day: date) -> str:
        """Where the value in force on `day` comes from."""
        return next((source for since, _, source in reversed(self.table[code]) if since <= day), "")


class Context(NamedTuple):
    """What the outside world gives to a decision.

    moment  `propose`: a drafter asks and problems are hints; `sign`: the deciding person acts.
    actor None: authority is not examined (replay, timelines).
    """

    today: date
    actor: Actor | None = None
    moment: Moment = "sign"
    now: datetime | None = None
    new_id: Callable[[], str] | None = None
    rng: Any = None


class Problem(NamedTuple):
    """One reason why not: message code, its parameters, the article, and the field or place concerned."""

    code: str
    params: Mapping[str, Any] = EMPTY
    cite: Source | None = None
    where: str | None = None


class NeedRequest(NamedTuple):
    """A question for the outside: `code` names it, `key` says about what.

    of_case  the key is the number or id of another case: asked are these of its facts, with what it is.
    """

    code: str
    key: Any
    of_case: tuple[str, ...] | None = None


class ClaimRequest(NamedTuple):
    """A uniqueness claim to take or release across all cases."""

    kind: str
    key: Any
    release: bool = False


class FollowUp(NamedTuple):
    """A command for another case (`case` names it, or None for a new one of `line`).

    back  field of the command that the door fills with the number of the case it comes from; organ  where a new case
    is opened (None: with the organ of the case it comes from).
    """

    command: Command
    case: str | None = None
    line: str | None = None
    when: Literal["now", "later"] = "now"
    back: str | None = None
    organ: str | None = None


class Allowed(NamedTuple):
    """The act may be done: what it writes, asks of others, claims, issues, and what the law flags."""

    events: tuple[Event, ...]
    view: Any
    follow_ups: tuple[FollowUp, ...] = ()
    claims: tuple[ClaimRequest, ...] = ()
    documents: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return True


class Refused(NamedTuple):
    """The act may not be done; every reason at once."""

    problems: tuple[Problem, ...]

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Refused


def refuse(code: str, cite: Source | None = None, where: str | None = None, **params: Any) -> Problem:
    """A problem, written shortly in guards."""
    return Problem(code, params, cite, where)
