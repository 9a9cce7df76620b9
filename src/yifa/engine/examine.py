"""Examining a command: stage, version, authority, target and guards. Every problem at once."""

from datetime import date
from typing import Any

from yifa.engine.fold import advance
from yifa.engine.run import named_by
from yifa.language.actions import Action, Facts
from yifa.language.acts import Command, Context, Event, Problem
from yifa.language.plans import Plan
from yifa.language.values import resolve
from yifa.language.view import View


def examine(view: View, plan: Plan, command: Command, facts: Facts) -> tuple[Problem, ...]:
    """Problems of a command whose input is already valid, on a view of the case before it."""
    action = plan.action
    assert action is not None
    if view.next_fire is not None:
        view = advance(view, command.on)
    problems = standing_problems(view, action, facts.ctx, command)
    if action.needs:
        problems += [
            Problem("need_unanswered", {"need": need.code}, None, need.code)
            for need in action.needs
            if not need.optional and need.code not in facts.answers
        ]
    if action.per is not None:
        problems += _party(view, command, action)
    if plan.aimed:
        problems += _ambiguous(view, command, plan)
    if action.requires and not (problems and problems[-1].code == "need_unanswered"):
        for guard in action.requires:
            problems += guard(view, command, facts)
    return tuple(problems)


def _stage(view: View, action: Action) -> tuple[Problem, ...]:
    allowed = action.from_
    if action.track is not None:
        current: str | None = view.tracks.get(action.track)
    else:
        current = view.stage
    if current in allowed or (allowed == ("*",) and current is not None):
        return ()
    if allowed == (None,):
        return (_against(view, action, "case_exists"),)
    plan = view.line.plan(action.code)
    names = plan.open_in if plan else ""
    return (_against(view, action, "wrong_stage", stage=view.line.stage_title(current), allowed=names),)


def _against(view: View, action: Action, code: str, where: str | None = None, **params: Any) -> Problem:
    """A problem of an act, with the article of the act in the case's version."""
    cite = view.line.cite(action.cite, view.version)
    return Problem(code, {"action": action.title, **params}, cite, where)


def standing_problems(
    view: View, action: Action, ctx: Context, command: Command | None = None
) -> list[Problem]:
    """Problems that do not depend on input: stage, version, authority."""
    found = closed_by(view, action)
    if ctx.actor is not None and not action.external:
        found += authority(view, command or Command(action.code, ctx.today), action, ctx)
    return found


# What a guard that reads the case alone is given, and does not look at.
NOTHING_ASKED, NOTHING_KNOWN = Command("", date.min), Facts({}, Context(date.min))


def unready(view: View, action: Action) -> tuple[Problem, ...]:
    """What the case itself still lacks for an act that its stage and version allow, whatever the input will be.

    Nothing is said of an act that may undo a lapse by the day it was posted (R13): that day is input.
    """
    plan = view.line.plan(action.code)
    if plan is None or not plan.of_case or closed_by(view, action):
        return ()
    return lacking(view, plan)


def lacking(view: View, plan: Plan) -> tuple[Problem, ...]:
    """The same for an act that stage and version allow."""
    if plan.timely:
        return ()
    return tuple([problem for guard in plan.of_case for problem in guard(view, NOTHING_ASKED, NOTHING_KNOWN)])


def closed_by(view: View, action: Action) -> list[Problem]:
    """Problems of stage and version: they depend on these, and on the side tracks, alone."""
    found: list[Problem] = []
    if action.from_ and (action.track is not None or view.stage not in action.from_):
        found += _stage(view, action)
    if action.versions and view.version not in action.versions:
        found.append(
            Problem(
                "not_in_version",
                {"version": view.version, "action": action.title},
                view.line.cite(action.cite, view.version),
            )
        )
    return found


def authority(view: View, command: Command, action: Action, ctx: Context) -> tuple[Problem, ...]:
    """The problem that the actor holds none of the roles that may do this."""
    assert ctx.actor is not None
    deciders = decided_by(view, command, action)
    wanted = deciders if ctx.moment == "sign" and deciders else action.by | deciders
    if wanted & ctx.actor.roles:
        return ()
    names = "、".join(sorted(view.line.roles.get(role, role) for role in wanted))
    return (
        Problem(
            "not_authorised",
            {"action": action.title, "roles": names},
            view.line.cite(action.cite, view.version),
        ),
    )


def decided_by(view: View, command: Command, action: Action) -> frozenset[str]:
    """Roles that decide the act in this case's version; empty if whoever proposes also does it."""
    if not callable(action.decided_by):
        return action.decided_by or frozenset()
    event = Event(-1, command.action, command.on, command.data, command.party, command.re)
    return resolve(action.decided_by, view, event) or frozenset()


def _party(view: View, command: Command, action: Action) -> tuple[Problem, ...]:
    """An act that concerns one party must name one of the case, if the case has such parties at all."""
    roles = view.line.party_sets[action.per or ""]
    known = view.parties_in(*roles)
    if not known or command.party in known or (command.party is None and len(known) == 1):
        return ()
    return (
        _against(view, action, "party_unknown", "party", party=command.party or "（未填写）", known=known),
    )


def _ambiguous(view: View, command: Command, plan: Plan) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for touch in plan.aimed:
        instances = view.clocks.get(touch.code, ())
        if len(instances) < 2:
            continue
        event = Event(-1, command.action, command.on, command.data, command.party, command.re)
        stops = (s for s in touch.stops if not s.every)
        aimed = touch.extends or any(s.matches is None or s.matches(view, event) for s in stops)
        count = len(named_by(instances, event))
        if aimed and count > 1:
            params = {"action": plan.title, "clock": touch.clock.title, "count": count}
            found.append(Problem("ambiguous_target", params, resolve(touch.clock.cite, view, event), "party"))
    return tuple(found)
