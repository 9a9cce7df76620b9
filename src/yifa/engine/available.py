"""Which acts are open now, and why the others are not: what a desk shows beside a case."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from yifa.engine.examine import authority, closed_by, lacking
from yifa.language.actions import Action, reads_case_alone
from yifa.language.acts import Command, Context, Problem
from yifa.language.line import Line
from yifa.language.values import by_version_alone
from yifa.language.view import View


class Availability(NamedTuple):
    """An act with the problems that close it now; none means it is open (its input is examined when given)."""

    action: Action
    problems: tuple[Problem, ...]


def available(view: View, ctx: Context) -> tuple[Availability, ...]:
    """All acts of the line, those open now first, each group in the order of the declaration.

    Only what does not depend on input is examined: stage, version, authority, and guards that read the case alone.
    """
    kept = _kept(view, ctx)
    if not kept.unsettled:
        return kept.open_first
    return _open_first(
        [_told(view, ctx, found) if found.action.code in kept.unsettled else found for found in kept.declared]
    )


class _Kept(NamedTuple):
    """What line, stage, tracks, version and the actor's roles settle, in the order of the declaration and those open first.

    unsettled  acts whose deciders or guards depend on more of the case: they are examined each time.
    """

    declared: tuple[Availability, ...]
    open_first: tuple[Availability, ...]
    unsettled: frozenset[str]
    line: Line


def _kept(view: View, ctx: Context) -> _Kept:
    who = None if ctx.actor is None else (ctx.actor.roles, ctx.moment)
    key = (id(view.line), view.stage, view.version, who, *view.tracks.items())
    found = _CACHE.get(key)
    if found is None:
        if len(_CACHE) >= _CACHE_SIZE:
            _CACHE.clear()
        found = _CACHE[key] = _settle(view, ctx)
    return found


def _settle(view: View, ctx: Context) -> _Kept:
    line = view.line
    acts = [Availability(action, tuple(closed_by(view, action))) for action in line.actions]
    unsettled = frozenset(found.action.code for found in acts if _unsettled(ctx, found))
    declared = tuple(f if f.action.code in unsettled else _for_actor(view, ctx, f) for f in acts)
    return _Kept(declared, _open_first(declared), unsettled, line)


def _unsettled(ctx: Context, found: Availability) -> bool:
    action = found.action
    if ctx.actor is not None and not by_version_alone(action.decided_by):
        return True
    return not found.problems and any(map(reads_case_alone, action.requires))


def _told(view: View, ctx: Context, found: Availability) -> Availability:
    told = _for_actor(view, ctx, found)
    plan = None if found.problems else view.line.plan(told.action.code)
    if plan is None or not plan.of_case:
        return told
    return Availability(told.action, (*told.problems, *lacking(view, plan)))


def _for_actor(view: View, ctx: Context, found: Availability) -> Availability:
    action = found.action
    if ctx.actor is None or action.external:
        return found
    unauthorised = authority(view, Command(action.code, ctx.today), action, ctx)
    return Availability(action, (*found.problems, *unauthorised))


def _open_first(acts: Iterable[Availability]) -> tuple[Availability, ...]:
    acts = tuple(acts)
    return (*[a for a in acts if not a.problems], *[a for a in acts if a.problems])


# A desk asks this for every case it shows, and a line has a few dozen stages and roles. The line is kept in the value
# so that its id cannot be given to another one while the entry lives.
_CACHE: dict[tuple[Any, ...], _Kept] = {}
_CACHE_SIZE = 10_000
