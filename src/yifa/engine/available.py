"""Which acts are open now, and why the others are not: what a desk shows beside a case."""

from typing import Any, NamedTuple

from yifa.engine.examine import authority, closed_by
from yifa.language.actions import Action
from yifa.language.acts import Command, Context, Problem
from yifa.language.line import Line
from yifa.language.view import View


class Availability(NamedTuple):
    """An act with the problems that close it now; none means it is open (its input is examined when given)."""

    action: Action
    problems: tuple[Problem, ...]


def available(view: View, ctx: Context) -> tuple[Availability, ...]:
    """All acts of the line, those open now first, each group in the order of the declaration.

    Only what does not depend on input is examined: stage, version, authority.
    """
    declared, sorted_, _ = _standing(view)
    if ctx.actor is None:
        return sorted_
    return _open_first(tuple([_for_actor(view, ctx, found) for found in declared]))


def _for_actor(view: View, ctx: Context, found: Availability) -> Availability:
    action = found.action
    if action.external:
        return found
    unauthorised = authority(view, Command(action.code, ctx.today), action, ctx)
    return Availability(action, (*found.problems, *unauthorised)) if unauthorised else found


def _standing(view: View) -> "Standing":
    """What stage and version alone open and close: in the order of the declaration, and those open first."""
    line = view.line
    key = (id(line), view.stage, view.version, *view.tracks.items())
    found = _CACHE.get(key)
    if found is None:
        if len(_CACHE) >= _CACHE_SIZE:
            _CACHE.clear()
        declared = tuple([Availability(action, tuple(closed_by(view, action))) for action in line.actions])
        found = _CACHE[key] = (declared, _open_first(declared), line)
    return found


def _open_first(acts: tuple[Availability, ...]) -> tuple[Availability, ...]:
    return (*[a for a in acts if not a.problems], *[a for a in acts if a.problems])


# A desk asks this for every case it shows, and a line has a few dozen stages. The line is kept in the value so that
# its id cannot be given to another one while the entry lives.
Standing = tuple[tuple[Availability, ...], tuple[Availability, ...], Line]
_CACHE: dict[tuple[Any, ...], Standing] = {}
_CACHE_SIZE = 10_000
