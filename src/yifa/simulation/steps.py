"""A matter as a path of steps: which act, when, with what data, and what of it is counted.

`when` answers with a day relative to the last act or to what the law's own clocks say; `data` with what the form wants;
`then` keeps the generator's own books. What stands in a path is lawful unless its step says `wrong`: then it must be
refused, and is tried only to see that it is.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from yifa.casework.requests import Answer, Ask, NotDone
from yifa.engine import advance
from yifa.engine.examine import decided_by
from yifa.language.actions import Action
from yifa.language.acts import EMPTY, Actor, Command
from yifa.language.line import Line
from yifa.language.view import View
from yifa.law.calendar import Calendar
from yifa.registry import city_of
from yifa.registry import line as line_of
from yifa.simulation.tally import Tally

When = Callable[["Matter"], date]
Data = Mapping[str, Any] | Callable[["Matter"], Mapping[str, Any]]
Then = Callable[["Matter"], None]
Parties = Callable[["Matter"], Sequence[str | None]]


class Step(NamedTuple):
    """One act, or one for each of `parties`.

    when_so  the step is left out otherwise; role  who acts, if not the nearest who may; late  recorded so many days
    after its legal date; wrong  it must be refused; of  which of the matter's other cases it belongs to.
    """

    action: str
    when: When
    data: Data = EMPTY
    then: Then | None = None
    parties: Parties | None = None
    when_so: Callable[["Matter"], bool] | None = None
    role: str = ""
    late: int = 0
    wrong: bool = False
    of: str = ""


class Side(NamedTuple):
    """Another case of the same matter, in which steps of the path are taken (`of`).

    line, organ  where it is opened; follows  it is not opened by a step but by what the
    matter's own case asks for.
    """

    line: str
    organ: Callable[["Matter"], str]
    begin: Then | None = None
    end: Then | None = None
    follows: bool = False


class Path(NamedTuple):
    """A course a matter can take. `begin` draws what it is about, before anything happens; `end` closes its books."""

    steps: tuple[Step, ...]
    begin: Then | None = None
    end: Then | None = None
    sides: Mapping[str, Side] = EMPTY


class UnlawfulError(Exception):
    """A step that should have been done was refused, or one that should have been refused was done."""


class Matter:
    """One matter while it is told: what it is about, what has happened, what is still waited for."""

    def __init__(self, planned: "Planned", line: Line, calendar: Calendar, tally: Tally, rng: Random) -> None:
        self.planned, self.line, self.calendar, self.tally, self.rng = planned, line, calendar, tally, rng
        self.key = planned.key
        self._of: Matter | None = None
        self.number, self.organ, self.day = planned.number, planned.organ, planned.arrives
        self.about: dict[str, Any] = {}
        self.case: UUID | None = None
        self.view: View | None = None
        self.case_no = ""
        self.handlers: tuple[str, ...] = ()
        self.others: dict[str, Matter] = {}
        self._waiting: dict[tuple[str, object], date] = {}
        self._serial = 0

    def other(self, name: str, side: Side) -> "Matter":
        """The other case of this name, begun when it is first spoken of."""
        if name not in self.others:
            organ, number = side.organ(self), OTHERS + self.number
            planned = self.planned._replace(line=side.line, organ=organ, number=number)
            found = Matter(planned, line_of(side.line), self.calendar, self.tally, self.rng)
            found.key, found._of = f"{self.key}/{name}", self
            if side.begin is not None:
                side.begin(found)
            self.others[name] = found
        return self.others[name]

    @property
    def home(self) -> "Matter":
        """The matter this is another case of; itself, if it is none."""
        return self._of or self

    # ------------------------------------------------------------------------------------------ days

    def due(self, clock: str, subject: str | None = None) -> date:
        """What the law's own clock says."""
        assert self.view is not None
        found = advance(self.view, self.day).due(clock, subject)
        assert found is not None, (self.planned.path, clock)
        return found.date() if isinstance(found, datetime) else found

    def workday(self, day: date) -> date:
        """That day, or the next on which offices work."""
        return self.calendar.next_workday(day)

    # ----------------------------------------------------------------------------------------- books

    def count(self, figure: str, day: date | None = None, amount: int = 1) -> None:
        """One more of this line's figure."""
        self.tally.count(f"{self.line.code}.{figure}", day or self.day, self.organ, amount)

    def share(self, figure: str, day: date | None = None, *, hit: bool) -> None:
        """One more in the rate."""
        self.tally.share(f"{self.line.code}.{figure}", day or self.day, self.organ, hit=hit)

    def wait(self, figure: str, due: date, key: object = None) -> None:
        """Something has to be done by this day."""
        self._waiting[figure, key] = due

    def done(self, figure: str, day: date | None = None, key: object = None) -> None:
        """It was done on this day."""
        due = self._waiting.pop((figure, key), None)
        if due is not None:
            self.share(figure, due, hit=(day or self.day) <= due)

    def hit(self, figure: str, key: object = None) -> None:
        """What was waited for has come about, whenever that was."""
        day = self._waiting.pop((figure, key), None)
        if day is not None:
            self.share(figure, day, hit=True)

    def drop(self, figure: str, key: object = None) -> None:
        """It need not be done any more."""
        self._waiting.pop((figure, key), None)

    def end(self) -> None:
        """The run is over: what is still waited for was not done."""
        for (figure, _), due in self._waiting.items():
            self.share(figure, due, hit=False)

    # ------------------------------------------------------------------------------------------ acts

    def ask(self, step: Step, party: str | None) -> Ask:
        """The act as the door wants it."""
        action, data = self.line.action(step.action), _said(step.data, self)
        assert action is not None, step.action
        command = Command(step.action, self.day, data, party)
        self._serial += 1
        key = f"{self.key}/{self._serial}"
        actor = self._actor(action, command, step.role)
        return Ask(command, actor, key, self.line.code, self.case, self.organ)

    def _actor(self, action: Action, command: Command, role: str) -> Actor:
        roles = decided_by(self.view, command, action) if self.view is not None else frozenset[str]()
        role = role or nearest(frozenset(roles) or action.decided_by or action.by)
        return self.actor_as(role)

    def actor_as(self, role: str) -> Actor:
        """Who has this role in the matter: the one it is assigned to, else somebody of its organ or of the one above."""
        if role in ASSIGNED and self.handlers:
            return Actor(self.handlers[0], alone(role), self.organ)
        if role in NAMED and (named := self._named()):
            return Actor(named[0], alone(role), self.organ)
        organ = city_of().organ(self.organ).parent or self.organ if role in ABOVE else self.organ
        return Actor(f"{organ}/{role}", alone(role), organ)

    def _named(self) -> list[str]:
        """Who handles the case, as its line declares."""
        handling = self.line.handling
        return sorted(handling.named(self.view.facts)) if handling and self.view is not None else []

    def took(self, answer: Answer, step: Step) -> None:
        """What the door said; UnlawfulError if it is not what the path expects."""
        if isinstance(answer, NotDone):
            if not step.wrong:
                codes = [(p.code, dict(p.params)) for p in answer.problems]
                raise UnlawfulError(
                    f"{self.planned.key} {self.planned.path} {step.action} {self.day}: {codes}"
                )
            self.tally.refused.update(problem.code for problem in answer.problems)
            return
        if step.wrong:
            raise UnlawfulError(
                f"{self.planned.key} {self.planned.path} {step.action} {self.day}: 应当被拒绝"
            )
        self.case, self.view, self.case_no = answer.case, answer.view, answer.number or self.case_no
        self.tally.acts[f"{self.line.code}.{step.action}"] += 1


class Planned(NamedTuple):
    """A matter that will come: its line, its place in the plan, its path, its organ, its day, how many people it is about."""

    line: str
    number: int
    path: str
    organ: str
    arrives: date
    size: int = 1

    @property
    def key(self) -> str:
        """A name for it in the plan."""
        return f"{self.line}/{self.number}"


OTHERS = 10_000_000  # numbers of other cases of a matter lie beyond those of the plan

# Who does it, if several may: the nearest to the matter first. Applicants act through the window.
NEAREST = (
    "handler", "reviewer", "window_clerk", "mediator", "coordinator", "lead_organ", "section_head", "body_head", "agency_head", "organ_head",
    "assigner", "committee_head", "bureau", "superior", "finance", "aid_person", "firm", "duty_lawyer", "assessor", "district_bureau",
    "justice_office",
)  # fmt: skip
ASSIGNED, ABOVE = frozenset({"handler"}), frozenset({"superior", "bureau", "district_bureau"})
NAMED = frozenset({"aid_person", "mediator"})  # whoever the case names


@cache
def alone(role: str) -> frozenset[str]:
    """This role and no other."""
    return frozenset({role})


@cache
def nearest(roles: frozenset[str]) -> str:
    """The role that acts, of those that may."""
    return next((role for role in NEAREST if role in roles), "window_clerk")


def _said(data: Data, matter: Matter) -> Mapping[str, Any]:
    return data(matter) if callable(data) else data


# ------------------------------------------------------------------------------------------------ when


def same_day(matter: Matter) -> date:
    """With the act before."""
    return matter.day


def after(least: int, most: int) -> When:
    """So many days after the act before, on a working day."""
    return lambda m: m.workday(m.day + timedelta(days=m.rng.randint(least, most)))


def workdays(least: int, most: int) -> When:
    """So many working days after the act before."""
    return lambda m: m.calendar.add_workdays(m.day, m.rng.randint(least, most))


def before(clock: str, least: int, most: int) -> When:
    """So many days before a clock runs out, but not before the last act; on a working day."""

    def when(m: Matter) -> date:
        day = m.calendar.previous_workday(m.due(clock) - timedelta(days=m.rng.randint(least, most)))
        return max(day, m.day)

    return when


def beyond(clock: str, least: int, most: int) -> When:
    """So many days after a clock has run out."""
    return lambda m: m.workday(max(m.due(clock), m.day) + timedelta(days=m.rng.randint(least, most)))
