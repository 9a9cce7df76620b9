"""Running an entry: the state after every event, at the end, and whether the expectations are met."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from yifa import registry
from yifa.engine import Derived, Reading, advance, decide, empty, refold
from yifa.engine.derive import read
from yifa.language.acts import Command, Context, Env, Event, Refused
from yifa.language.kernel_actions import with_dates
from yifa.language.messages import render
from yifa.timelines.model import Dated, Entry, Expectation

LIVE = ("running", "paused", "lapsed")


class Step(NamedTuple):
    """The case after one event, read on that day; `refused` holds the reasons under --strict."""

    dated: Dated
    derived: Derived
    refused: tuple[str, ...]


class Checked(NamedTuple):
    """An expectation and what was found instead; `found` None: met."""

    expectation: Expectation
    found: str | None


class Run(NamedTuple):
    """An entry as run. `problems` are sentences: unmet expectations and refusals."""

    entry: Entry
    steps: tuple[Step, ...]
    final: Derived
    checked: tuple[Checked, ...]
    problems: tuple[str, ...]


def run(entry: Entry, *, strict: bool = False) -> Run:
    """Fold the events in list order and read the case after each of them and on `as_of`."""
    env = registry.env_of(entry.line, entry.params)
    steps: list[Step] = []
    log: tuple[Event, ...] = ()
    today = date.min
    for dated in entry.events:
        today = max(today, _day(dated.event.recorded_on or dated.event.effective_on))
        refused = _refusal(entry, env, log, dated.event, today) if strict else ()
        log = log if refused else (*log, dated.event)
        steps.append(Step(dated, _read(entry, env, log, today), refused))
    final = _read(entry, env, log, entry.as_of or today)
    checked = tuple(_check(entry, env, log, steps, final, e) for e in entry.expect)
    return Run(entry, tuple(steps), final, checked, tuple(_problems(entry, final, checked)))


def _read(entry: Entry, env: Env, log: Iterable[Event], day: date) -> Derived:
    log = tuple(log)
    return read(advance(refold(entry.line, env, log), _day(day)), _day(day), log)


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _refusal(entry: Entry, env: Env, log: tuple[Event, ...], event: Event, today: date) -> tuple[str, ...]:
    if entry.line.action(event.action) is None:
        return ()
    view = refold(entry.line, env, log) if log else empty(entry.line, env)
    command = Command(event.action, event.effective_on, event.data, event.party, event.re, event.after)
    action = entry.line.action(event.action)
    answers: dict[str, Any] = {need.code: () for need in action.needs} if action else {}
    decision = decide(view, command, answers, Context(today=today))
    if not isinstance(decision, Refused):
        return ()
    return tuple(render(problem, entry.line.messages) for problem in decision.problems)


# ------------------------------------------------------------------------------------------ expectations


def _point(
    entry: Entry, env: Env, log: tuple[Event, ...], steps: list[Step], final: Derived, at: Any
) -> tuple[Derived, tuple[str, ...]]:
    """The reading point of an expectation, with the refusals of that step."""
    if at is None:
        return final, steps[-1].refused if steps else ()
    if isinstance(at, dict):
        ((side, place),) = at.items()
        index = _index(entry, place) - (1 if side == "before" else 0)
        return (
            (steps[index].derived, steps[index].refused)
            if index >= 0
            else (_read(entry, env, (), date.min), ())
        )
    day = with_dates(at)
    if isinstance(day, date):
        return _read(entry, env, (e for e in log if _day(e.effective_on) <= _day(day)), day), ()
    step = steps[_index(entry, at)]
    return step.derived, step.refused


def _index(entry: Entry, place: Any) -> int:
    if isinstance(place, int):
        return place
    found = [i for i, dated in enumerate(entry.events) if dated.label == place]
    return found[0] if found else next(i for i, d in enumerate(entry.events) if d.event.action == place)


def _check(
    entry: Entry,
    env: Env,
    log: tuple[Event, ...],
    steps: list[Step],
    final: Derived,
    expectation: Expectation,
) -> Checked:
    derived, refused = _point(entry, env, log, steps, final, expectation.at)
    if expectation.deadline is not None:
        return Checked(expectation, _deadline(entry, derived, expectation))
    if expectation.decision is not None:
        finding = derived.outcomes.get(expectation.decision)
        outcome = (
            finding.outcome
            if finding
            else ("refused" if refused and expectation.decision == "refused" else None)
        )
        wanted = expectation.wanted.get("outcome")
        return Checked(expectation, None if outcome == wanted else f"结果为 {outcome or '（无此判定）'}")
    return Checked(expectation, _of_case(derived, refused, expectation))


def _of_case(derived: Derived, refused: tuple[str, ...], expectation: Expectation) -> str | None:
    wanted = expectation.wanted
    actual: dict[str, Any] = {"stage": derived.stage, "version": derived.version, "refused": bool(refused)}
    if "effect" in wanted:
        effect = derived.view.effect(wanted["effect"], expectation.subject)
        actual |= {"effect": effect.code if effect else None, "on": effect.on if effect else None}
    wrong = {
        name: actual.get(name) for name, value in wanted.items() if name in actual and actual[name] != value
    }
    return "，".join(f"{name} 为 {value}" for name, value in wrong.items()) or None


def _deadline(entry: Entry, derived: Derived, expectation: Expectation) -> str | None:
    scope = [r for r in derived.readings if r.clock == expectation.deadline]
    scope = [r for r in scope if expectation.subject in (None, r.subject)]
    if not any(_fits(r, expectation) for r in scope):
        return _shown(scope) if scope else "没有这一期限"
    named = [
        e for e in entry.expect
        if e.deadline == expectation.deadline and e.at == expectation.at
    ]  # fmt: skip
    unnamed = [r for r in scope if r.status in LIVE and not any(_names(r, e) for e in named)]
    return f"另有未列出的：{_shown(unnamed)}" if unnamed else None


def _fits(reading: Reading, expectation: Expectation) -> bool:
    return all(_value(reading, name) == value for name, value in expectation.wanted.items())


def _names(reading: Reading, expectation: Expectation) -> bool:
    return expectation.subject in (None, reading.subject) and (
        "due" not in expectation.wanted or reading.due == expectation.wanted["due"]
    )


def _value(reading: Reading, name: str) -> Any:
    return getattr(reading, name, None)


def _shown(readings: list[Reading]) -> str:
    parts = (f"{r.due or '未定'}（{r.status}{'，' + r.subject if r.subject else ''}）" for r in readings)
    return "、".join(parts)


def _problems(entry: Entry, final: Derived, checked: tuple[Checked, ...]) -> Iterable[str]:
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
