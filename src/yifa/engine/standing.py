"""Which recorded acts no longer stand after a correction, an annulment or a late record."""

from collections.abc import Iterable

from yifa.engine.examine import examine
from yifa.engine.fold import empty, step
from yifa.engine.history import effective, version_override
from yifa.language.actions import Facts
from yifa.language.acts import Command, Context, Env, Event, Problem
from yifa.language.line import Line
from yifa.language.plans import Plan
from yifa.language.view import View

_REWRITING = frozenset({"correct", "annul", "move_version"})


def no_longer_standing(line: Line, env: Env, log: Iterable[Event]) -> tuple[Problem, ...]:
    """Findings for acts recorded before a correction or annulment that the law would now refuse.

    Only logs that were rewritten are examined: acts accepted in their turn stand by construction.
    """
    log = tuple(log)
    if not any(e.action in _REWRITING for e in log):
        return ()
    return tuple(
        Problem(
            "act_no_longer_stands",
            {
                "on": event.effective_on,
                "action": _title(line, event),
                "because": problem.code,
                "problem": problem,
            },
            problem.cite,
            str(event.seq),
        )
        for event, problem in falling(line, env, log)
    )


def falling(line: Line, env: Env, log: Iterable[Event], after_seq: int = -1) -> list[tuple[Event, Problem]]:
    """Acts (later than `after_seq` in legal order) that fail their own guards on the fold before them."""
    log = tuple(log)
    view = empty(line, env)
    pinned = version_override(log)
    if pinned is not None:
        view.version, view.version_final, view.pinned = pinned, True, pinned
    found: list[tuple[Event, Problem]] = []
    passed = after_seq < 0
    for event in effective(log, line):
        plan = line.plan(event.action)
        if passed and plan is not None and plan.action is not None:
            found.extend((event, problem) for problem in _examined(view, plan, event)[:1])
        passed = passed or event.seq == after_seq
        view = step(view, event)
    return found


def _examined(view: View, plan: Plan, event: Event) -> tuple[Problem, ...]:
    command = Command(event.action, event.effective_on, event.data, event.party, event.re)
    return examine(view, plan, command, Facts(dict(event.facts), Context(today=event.effective_on)))


def _title(line: Line, event: Event) -> str:
    action = line.action(event.action)
    return action.title if action else event.action
