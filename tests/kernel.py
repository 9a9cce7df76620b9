"""Short hands for kernel tests: events, commands, a case driven by commands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yifa.engine import decide, empty
from yifa.language.acts import (
    EMPTY,
    Actor,
    Allowed,
    Command,
    Context,
    Decision,
    Env,
    Event,
    ParameterValues,
    Refused,
)
from yifa.language.forms import validate_partial
from yifa.language.line import Line
from yifa.language.view import View
from yifa.law.calendar import standard_calendar

ENV = Env(standard_calendar(), ParameterValues({}))
D = date.fromisoformat
LATER = Context(today=date(2030, 1, 1))


def event(line: Line, seq: int, action: str, day: str, party: str | None = None, re: int | None = None,
          recorded: str | None = None, after: int | None = None, **data: Any) -> Event:  # fmt: skip
    """An event with partial data, as dated examples give it."""
    declared = line.action(action)
    parsed: Mapping[str, Any] = data
    if declared is not None:
        parsed, problems = validate_partial(declared.inputs, data)
        assert not problems, problems
    return Event(
        seq, action, D(day), parsed, party, re, EMPTY, None, D(recorded) if recorded else None, after
    )


def command(action: str, day: str, party: str | None = None, re: int | None = None, after: int | None = None,
            **data: Any) -> Command:  # fmt: skip
    """A command with raw data."""
    return Command(action, D(day), data, party, re, after)


def codes(decision: Decision) -> list[str]:
    """Codes of a refusal."""
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def done(decision: Decision) -> Allowed:
    """An acceptance."""
    assert isinstance(decision, Allowed), decision
    return decision


class Case:
    """A case driven by commands, keeping its view."""

    def __init__(self, line: Line, env: Env = ENV, answers: Mapping[str, Any] = EMPTY) -> None:
        self.view: View = empty(line, env)
        self.answers = answers

    def try_(self, action: str, day: str, *, ctx: Context = LATER, **data: Any) -> Decision:
        """Decide without keeping the result."""
        return decide(self.view, command(action, day, **data), self.answers, ctx)

    def do(self, action: str, day: str, *, ctx: Context = LATER, **data: Any) -> Allowed:
        """Decide, and go on with the new view; a refusal fails the test."""
        allowed = done(self.try_(action, day, ctx=ctx, **data))
        self.view = allowed.view
        return allowed


def acting(*roles: str, moment: Any = "sign") -> Context:
    """A context with an actor who has these roles."""
    return Context(today=date(2030, 1, 1), actor=Actor("u1", frozenset(roles)), moment=moment)
