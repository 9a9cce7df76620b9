"""Which acts are open now, and why the others are not: what a desk shows beside a case."""

from typing import NamedTuple

from yifa.engine.examine import standing_problems
from yifa.language.actions import Action
from yifa.language.acts import Context, Problem
from yifa.language.view import View


class Availability(NamedTuple):
    """An act with the problems that close it now; none means it is open (its input is examined when given)."""

    action: Action
    problems: tuple[Problem, ...]


def available(view: View, ctx: Context) -> tuple[Availability, ...]:
    """All acts of the line, those open now first, each group in the order of the declaration.

    Only what does not depend on input is examined: stage, version, authority.
    """
    open_now: list[Availability] = []
    closed: list[Availability] = []
    for action in view.line.actions:
        problems = standing_problems(view, action, ctx)
        (closed if problems else open_now).append(Availability(action, tuple(problems)))
    return (*open_now, *closed)
