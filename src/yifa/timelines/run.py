"""Running an entry: the state after every event, at the end, and whether the expectations are met."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from yifa import registry
from yifa.engine import Derived, Reading, advance, decide, empty, refold
from yifa.engine.derive import read
from yifa.engine.history import known
from yifa.language.acts import Command, Context, Env, Event, Problem, Refused
from yifa.timelines.model import Dated, Entry, Expectation

LIVE = ("running", "paused", "lapsed")


class Step(NamedTuple):
    """The case after one event as known and read on that day; `refused` holds the reasons under strict."""

    dated: Dated
    derived: Derived
    refused: tuple[Problem, ...]


class Checked(NamedTuple):
    """An expectation and what was found instead; `found` None: met."""

    expectation: Expectation
    found: str | None


class Run(NamedTuple):
    """An entry as run. `problems` are sentences: unmet expectations and a version other than the one named."""

    entry: Entry
    steps: tuple[Step, ...]
    final: Derived
    checked: tuple[Checked, ...]
    problems: tuple[str, ...]


class Case(NamedTuple):
    """What expectations are read from: the entry as folded."""

    entry: Entry
    env: Env
    log: tuple[Event, ...]
    steps: tuple[Step, ...]
    final: Derived


def run(entry: Entry, *, strict: bool = False) -> Run:
    """Fold the events in list order and read the case after each of them and on `as_of`.

    strict  every event is decided first, and what the law refuses is not folded.
    """
    env = registry.env_of(entry.line, entry.params)
    steps: list[Step] = []
    log: tuple[Event, ...] = ()
    today = date.min
    for dated in entry.events:
        today = max(today, recorded_on(dated.event))
        event, refused = _decided(entry, env, log, dated.event, today) if strict else (dated.event, ())
        log = log if refused else (*log, event)
        steps.append(Step(dated, _read(entry, env, log, today), refused))
    final = _read(
        entry, env, log if entry.as_of is None else _then(log, _day(entry.as_of)), entry.as_of or today
    )
    case = Case(entry, env, log, tuple(steps), final)
    checked = tuple(Checked(e, _check(case, e)) for e in entry.expect)
    return Run(entry, case.steps, final, checked, tuple(_problems(entry, final, checked)))


def recorded_on(event: Event) -> date:
    """The day an event was entered: its own day, unless it is a late record."""
    return _day(event.recorded_on or event.effective_on)


def _read(entry: Entry, env: Env, log: Iterable[Event], day: date) -> Derived:
    log = tuple(log)
    return read(advance(refold(entry.line, env, log), _day(day)), _day(day), log)


def _then(log: tuple[Event, ...], day: date) -> tuple[Event, ...]:
    """What had happened and was recorded by then."""
    return tuple(e for e in known(log, day) if _day(e.effective_on) <= day)


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _decided(
    entry: Entry, env: Env, log: tuple[Event, ...], event: Event, today: date
) -> tuple[Event, tuple[Problem, ...]]:
    """The event as the decider writes it, or the reasons why not. Notings of effects need no decision."""
    action = entry.line.action(event.action)
    if action is None:
        return event, ()
    view = refold(entry.line, env, log) if log else empty(entry.line, env)
    command = Command(event.action, event.effective_on, event.data, event.party, event.re, event.after)
    decision = decide(view, command, {need.code: () for need in action.needs}, Context(today=today))
    if isinstance(decision, Refused):
        return event, decision.problems
    return decision.events[0]._replace(seq=event.seq, recorded_on=event.recorded_on), ()


# ------------------------------------------------------------------------------------------ expectations


def _point(case: Case, at: Any) -> tuple[Derived, tuple[Problem, ...]]:
    """The case where an expectation is read, with the refusals of that step."""
    if at is None:
        return case.final, case.steps[-1].refused if case.steps else ()
    if isinstance(at, date):
        return _read(case.entry, case.env, _then(case.log, _day(at)), at), ()
    if isinstance(at, dict):
        ((side, place),) = at.items()
        index = _index(case.entry, place)
        return (
            _before(case, index)
            if side == "before"
            else (case.steps[index].derived, case.steps[index].refused)
        )
    step = case.steps[_index(case.entry, at)]
    return step.derived, step.refused


def _before(case: Case, index: int) -> tuple[Derived, tuple[Problem, ...]]:
    """The case on the day of this event, without it: effects of law until then have come about."""
    events = case.entry.events
    day = max((recorded_on(d.event) for d in events[: index + 1]), default=date.min)
    log = tuple(e for e in case.log if e.seq < events[index].event.seq)
    return _read(case.entry, case.env, log, day), ()


def _index(entry: Entry, place: Any) -> int:
    if isinstance(place, int):
        return next(i for i, d in enumerate(entry.events) if d.event.seq == place)
    found = [i for i, dated in enumerate(entry.events) if dated.label == place]
    return found[0] if found else next(i for i, d in enumerate(entry.events) if d.event.action == place)


def _check(case: Case, expectation: Expectation) -> str | None:
    """None if the expectation is met, else what was found."""
    derived, refused = _point(case, expectation.at)
    if expectation.deadline is not None:
        return _deadline(case.entry, derived, expectation)
    if expectation.decision == "refused":
        return None if refused else "未被拒绝"
    if expectation.decision is not None:
        return _decision(derived, expectation)
    return _of_case(derived, refused, expectation)


def _decision(derived: Derived, expectation: Expectation) -> str | None:
    finding = derived.outcomes.get(expectation.decision or "")
    outcome = finding.outcome if finding else None
    met = outcome is not None and str(outcome) == str(expectation.wanted.get("outcome"))
    return None if met else f"结果为 {outcome or '（无此判定）'}"


def _of_case(derived: Derived, refused: tuple[Problem, ...], expectation: Expectation) -> str | None:
    wanted = expectation.wanted
    actual: dict[str, Any] = {"stage": derived.stage, "version": derived.version, "refused": bool(refused)}
    if "effect" in wanted:
        effect = derived.view.effect(wanted["effect"], expectation.subject)
        actual |= {"effect": effect.code if effect else None, "on": effect.on if effect else None}
    wrong = {name: actual.get(name) for name, value in wanted.items() if not _same(actual.get(name), value)}
    return "，".join(f"{name} 为 {value}" for name, value in wrong.items()) or None


def _deadline(entry: Entry, derived: Derived, expectation: Expectation) -> str | None:
    scope = [r for r in derived.readings if r.clock == expectation.deadline]
    scope = [r for r in scope if expectation.subject in (None, r.subject)]
    if not any(_fits(r, expectation) for r in scope):
        return f"实为 {_shown(scope)}" if scope else "没有这一期限"
    named = [e for e in entry.expect if e.deadline == expectation.deadline and e.at == expectation.at]
    unnamed = [r for r in scope if r.status in LIVE and not any(_names(r, e) for e in named)]
    return f"另有未列出的：{_shown(unnamed)}" if unnamed else None


def _fits(reading: Reading, expectation: Expectation) -> bool:
    return all(_same(getattr(reading, name, None), value) for name, value in expectation.wanted.items())


def _same(actual: Any, wanted: Any) -> bool:
    """Equal; a moment also equals the plain day it falls on."""
    if isinstance(actual, datetime) and isinstance(wanted, date) and not isinstance(wanted, datetime):
        return actual.date() == wanted
    return bool(actual == wanted)


def _names(reading: Reading, expectation: Expectation) -> bool:
    return expectation.subject in (None, reading.subject) and (
        "due" not in expectation.wanted or _same(reading.due, expectation.wanted["due"])
    )


def _shown(readings: list[Reading]) -> str:
    parts = (f"{r.due or '未定'}（{r.status}{'，' + r.subject if r.subject else ''}）" for r in readings)
    return "、".join(parts)


def _problems(entry: Entry, final: Derived, checked: tuple[Checked, ...]) -> Iterator[str]:
    if entry.law_version is not None and final.version != entry.law_version:
        yield f"适用版本应为 {entry.law_version}，实为 {final.version}"
    for item in checked:
        if item.found is not None:
            yield f"第{item.expectation.line}行：{describe(item.expectation)}，{item.found}"


def describe(expectation: Expectation) -> str:
    """An expectation in words."""
    what = expectation.deadline or expectation.decision or "案件"
    who = f"（{expectation.subject}）" if expectation.subject else ""
    wanted = "，".join(f"{name} {value}" for name, value in expectation.wanted.items())
    return f"期望 {what}{who} {wanted}"
