"""Plans: everything an act or effect of one code does, looked up once when the line is loaded.

What depends on the declaration alone is decided here and not again at every act: which clocks an act touches and how,
which it starts, which facts it sets and who watches them, which documents it issues. Classes with slots, because they
are read many times at every act and made once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from yifa.language.actions import Action, Guard, reads_case_alone
from yifa.language.acts import Event
from yifa.language.clocks import Clock, Condition, Extension, PauseRule, Start, Stop, When
from yifa.language.compiled import Compute, compiled, condition, day_of
from yifa.language.effects import Effect
from yifa.language.values import EFFECTIVE_ON
from yifa.language.view import View

if TYPE_CHECKING:
    from yifa.language.line import Line

Papers = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Stopping:
    """A stop of a clock by one act; matches None: by every such act."""

    matches: Condition | None
    day: Callable[[Event], date]
    met: bool
    timely_by: str | None
    every: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """What an act does to one clock."""

    clock: Clock
    code: str
    stops: tuple[Stopping, ...]
    begins: tuple[PauseRule, ...]
    resumes: tuple[tuple[PauseRule, When], ...]
    extends: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class Starting:
    """A start of a clock, with its index among the clock's starts and what it takes from the case.

    matches  None: every such act starts it; requires  what the clock and this start ask beside (version, conditions).
    """

    clock: Clock
    variant: int
    start: Start
    matches: Condition | None
    requires: tuple[Condition, ...]
    day: Compute
    length: Compute
    cite: Compute


class Setting(NamedTuple):
    """A fact set by an act: watched, if some clock depends on it; governs, if the choice of version does."""

    name: str
    value: Compute
    watched: bool
    governs: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an act or effect of one code does.

    aimed  clocks of which it must name one if several run; timely  fields with the day a thing was posted, and the
    clocks they save; lapses  it may change which effect of law comes next; clocks  it may change clocks; final  it
    pins the version; open_in  the stages it is open in, by name; of_case  its guards that read the case alone; papers  documents issued and number series taken.
    """

    code: str
    title: str
    action: Action | None
    effect: Effect | None
    sets: tuple[Setting, ...]
    touches: tuple[Touch, ...]
    starts: tuple[Starting, ...]
    begins: tuple[PauseRule, ...]
    ends: tuple[tuple[PauseRule, When], ...]
    aimed: tuple[Touch, ...]
    timely: tuple[tuple[str, str], ...]
    lapses: bool
    clocks: bool
    final: bool
    open_in: str
    of_case: tuple[Guard, ...]
    to: Compute | None
    track: str | None
    papers: Callable[[View, Event], Papers]


def group(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[Any, ...]]:
    """Values by key, in order, each once."""
    grouped: dict[Any, tuple[Any, ...]] = {}
    for key, value in pairs:
        if value not in grouped.get(key, ()):
            grouped[key] = (*grouped.get(key, ()), value)
    return grouped


def startings(clock: Clock) -> tuple[Starting, ...]:
    """The starts of a clock, ready for use."""
    return tuple(_starting(clock, variant, start) for variant, start in enumerate(clock.starts))


def _starting(clock: Clock, variant: int, start: Start) -> Starting:
    length = clock.length if start.length is None else start.length
    matches = condition(start.when) if start.when else None
    cite = compiled(start.cite or clock.cite)
    requires = tuple(_required(clock, start))
    return Starting(clock, variant, start, matches, requires, _start_day(start), compiled(length), cite)


def _required(clock: Clock, start: Start) -> Iterator[Condition]:
    versions, unless = clock.versions, clock.unless
    if versions:
        yield lambda view, event: view.version in versions
    if unless is not None:
        yield lambda view, event: not unless(view, event)
    if start.where is not None:
        yield start.where


def _start_day(start: Start) -> Compute:
    if start.day is not None:
        return compiled(start.day)
    if start.when is None:
        fact = start.fact or ""
        return lambda view, event: view.facts.get(fact)
    return compiled(EFFECTIVE_ON) if start.when.field is None else _field_or_own(start.when.field)


def _field_or_own(name: str) -> Compute:
    def day(view: View, event: Event) -> date:
        found = event.data.get(name)
        return found if isinstance(found, date) else event.effective_on

    return day


def make_plan(line: "Line", code: str, starts: Mapping[str, tuple[Starting, ...]]) -> Plan:
    """What an act or effect of this code does; `starts` are those of every clock."""
    action, effect = line.action(code), line.effect(code)
    source: Any = action or effect
    rules = dict.fromkeys(rule for clock in line.clocks for rule in clock.pauses)
    touches = tuple(t for t in (_touch(clock, code) for clock in line.clocks) if t)
    started = tuple(
        s for clock in line.clocks for s in starts[clock.code] if s.start.when and s.start.when.action == code
    )
    sets = tuple(_setting(line, *pair) for pair in (action.sets if action else source.gives).items())
    moved = {t.code for t in touches} | {s.clock.code for s in started}
    balance = code == "opening_balance"
    return Plan(
        code=code,
        title=source.title,
        action=action,
        effect=effect,
        sets=sets,
        touches=touches,
        aimed=tuple(t for t in touches if t.extends or any(not stop.every for stop in t.stops)),
        timely=tuple((t.code, stop.timely_by) for t in touches for stop in t.stops if stop.timely_by),
        lapses=source.to is not None or balance or not moved.isdisjoint(e.lapse_of for e in line.effects),
        clocks=bool(moved) or source.to is not None or balance or any(s.watched for s in sets),
        final=code in line.final_when,
        starts=started,
        open_in="、".join(line.stage_title(stage) for stage in (action.from_ if action else ())),
        of_case=tuple(guard for guard in (action.requires if action else ()) if reads_case_alone(guard)),
        begins=tuple(rule for rule in rules if rule.begins.action == code),
        ends=tuple((rule, when) for rule in rules for when in rule.ends if when.action == code),
        to=None if source.to is None else compiled(source.to),
        track=action.track if action else None,
        papers=_papers(line, action.issues if action else (), action.numbers if action else ()),
    )


def _setting(line: "Line", name: str, value: Any) -> Setting:
    return Setting(name, compiled(value), name in line.watched, name in line.governed_by)


def _touch(clock: Clock, code: str) -> Touch | None:
    stops = tuple(_stopping(stop) for stop in clock.stops if stop.when.action == code)
    begins = tuple(rule for rule in clock.pauses if rule.begins.action == code)
    resumes = tuple((rule, when) for rule in clock.pauses for when in rule.ends if when.action == code)
    extends = tuple(extension for extension in clock.extensions if extension.when.action == code)
    found = Touch(clock, clock.code, stops, begins, resumes, extends)
    return found if stops or begins or resumes or extends else None


def _stopping(stop: Stop) -> Stopping:
    return Stopping(condition(stop.when), day_of(stop.when), stop.met, stop.timely_by, stop.every)


def _papers(line: "Line", issues: Any, numbers: tuple[str, ...]) -> Callable[[View, Event], Papers]:
    """Documents, and the numbers they and the act take; computed once where the act always issues the same."""
    if not callable(issues):
        always = (issues, (*numbers, *line.series_of(issues, numbers)))
        return lambda view, event: always
    issued = compiled(issues)

    def papers(view: View, event: Event) -> Papers:
        documents = issued(view, event) or ()
        return documents, (*numbers, *line.series_of(documents, numbers))

    return papers
