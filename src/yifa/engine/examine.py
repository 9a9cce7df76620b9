"""Examining a command: stage, version, authority, target and guards. Every problem at once."""

from typing import Any

from yifa.engine.fold import advance, named_by
from yifa.language.actions import Action, Facts
from yifa.language.acts import Command, Context, Event, Problem
from yifa.language.values import resolve
from yifa.language.view import View


def examine(view: View, command: Command, answers: dict[str, Any], ctx: Context) -> tuple[Problem, ...]:
    """Problems of a command whose input is already valid, on a view of the case before it."""
    action = view.line.action(command.action)
    assert action is not None
    view = advance(view, command.on)
    problems = [*_stage(view, action), *_version(view, action)]
    if ctx.actor is not None:
        problems += _authority(view, command, action, ctx)
    if action.needs:
        problems += [
            Problem("need_unanswered", {"need": need.code}, None, need.code)
            for need in action.needs
            if not need.optional and need.code not in answers
        ]
    if action.per is not None:
        problems += _party(view, command, action)
    problems += _ambiguous(view, command)
    if action.requires and not (problems and problems[-1].code == "need_unanswered"):
        facts = Facts(answers, ctx)
        for guard in action.requires:
            problems.extend(guard(view, command, facts))
    return tuple(problems)


def _stage(view: View, action: Action) -> tuple[Problem, ...]:
    allowed = action.from_
    if not allowed:
        return ()
    if action.track is not None:
        current: str | None = view.tracks.get(action.track)
    else:
        current = view.stage
    if current in allowed or (allowed == ("*",) and current is not None):
        return ()
    if allowed == (None,):
        return (Problem("case_exists", {"action": action.title}, action.cite),)
    names = "、".join(view.line.stage_title(stage) for stage in allowed)
    params = {"stage": view.line.stage_title(current), "action": action.title, "allowed": names}
    return (Problem("wrong_stage", params, action.cite),)


def _version(view: View, action: Action) -> tuple[Problem, ...]:
    if not action.versions or view.version in action.versions:
        return ()
    return (Problem("not_in_version", {"version": view.version, "action": action.title}, action.cite),)


def standing_problems(view: View, action: Action, ctx: Context) -> tuple[Problem, ...]:
    """Problems that do not depend on input: stage, version, authority."""
    found = (*_stage(view, action), *_version(view, action))
    if ctx.actor is None:
        return found
    return (*found, *_authority(view, Command(action.code, ctx.today), action, ctx))


def _authority(view: View, command: Command, action: Action, ctx: Context) -> tuple[Problem, ...]:
    if action.external:
        return ()
    assert ctx.actor is not None
    deciders = decided_by(view, command, action)
    wanted = deciders if ctx.moment == "sign" and deciders else action.by | deciders
    if wanted & ctx.actor.roles:
        return ()
    names = "、".join(sorted(view.line.roles.get(role, role) for role in wanted))
    return (Problem("not_authorised", {"action": action.title, "roles": names}, action.cite),)


def decided_by(view: View, command: Command, action: Action) -> frozenset[str]:
    """Roles that decide the act in this case's version; empty if whoever proposes also does it."""
    event = Event(-1, command.action, command.on, command.data, command.party, command.re)
    return resolve(action.decided_by, view, event) or frozenset()


def _party(view: View, command: Command, action: Action) -> tuple[Problem, ...]:
    """An act that concerns one party must name one of the case, if the case has such parties at all."""
    roles = view.line.party_sets[action.per or ""]
    known = view.parties_in(*roles)
    if not known or command.party in known or (command.party is None and len(known) == 1):
        return ()
    params = {"party": command.party or "（未填写）", "known": known}
    return (Problem("party_unknown", params, action.cite, "party"),)


def _ambiguous(view: View, command: Command) -> tuple[Problem, ...]:
    plan = view.line.plan(command.action)
    if plan is None or not plan.aimed:
        return ()
    event = Event(-1, command.action, command.on, command.data, command.party, command.re)
    found: list[Problem] = []
    for touch in plan.touches:
        aimed = [s for s in touch.stops if not s.every and s.when.matches(view, event)]
        if not (aimed or touch.extends):
            continue
        live = view.live(touch.clock.code)
        count = len(named_by(live, event)) if len(live) > 1 else 0
        if count > 1:
            params = {"action": plan.title, "clock": touch.clock.title, "count": count}
            found.append(Problem("ambiguous_target", params, resolve(touch.clock.cite, view, event), "party"))
    return tuple(found)
