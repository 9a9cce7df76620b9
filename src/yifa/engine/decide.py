"""The decider: a command on a view becomes events, or every reason why not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yifa.engine.examine import examine, standing_problems, unready
from yifa.engine.fold import advance, evolve, posted_in_time, refold, step
from yifa.engine.history import ON_EVENT, legal_day
from yifa.engine.standing import falling, no_longer_standing
from yifa.language.actions import Action, Facts
from yifa.language.acts import (
    EMPTY,
    Allowed,
    ClaimRequest,
    Command,
    Context,
    Decision,
    Event,
    NeedRequest,
    Problem,
    Refused,
    make_whole,
)
from yifa.language.forms import validate, validate_partial
from yifa.language.kernel_actions import META
from yifa.language.plans import Plan
from yifa.language.ports import Question
from yifa.language.view import View


def needs(view: View, command: Command) -> tuple[NeedRequest, ...]:
    """What must be answered before `decide`, by code and key."""
    return tuple(NeedRequest(q.need.code, q.key, q.need.of_case) for q in questions(view, command))


def questions(view: View, command: Command) -> tuple[Question, ...]:
    """The questions to answer before `decide`; none for an unknown act or invalid input."""
    action = view.line.action(command.action)
    if action is None or not action.needs:
        return ()
    data, problems = validate(action.inputs, command.data)
    if problems:
        return ()
    parsed = command._replace(data=data)
    line, on = view.line.code, legal_day(command.on)
    return tuple(Question(need, need.key(view, parsed), line, on) for need in action.needs)


def decide(
    view: View, command: Command, answers: Mapping[str, Any] = EMPTY, ctx: Context | None = None
) -> Decision:
    """Allowed with the events and their consequences, or Refused with all problems.

    A command dated before acts already recorded is judged on the fold of its own day, and only accepted if
    every later act still stands.
    """
    plan = view.line.plan(command.action)
    action = None if plan is None else plan.action
    if plan is None or action is None:
        return Refused((Problem("unknown_action", {"action": command.action}, None, "action"),))
    day = legal_day(command.on)
    ctx = Context(today=day) if ctx is None else ctx
    data, problems = validate(action.inputs, command.data)
    late = day < legal_day(view.on)
    before = _view_on(view, day) if late else view
    future = () if day <= ctx.today else _future(action, command, ctx)
    if problems:
        on_day = advance(before, command.on)
        standing = standing_problems(on_day, action, ctx, command)
        return Refused((*problems, *future, *standing, *unready(on_day, action)))
    code, on, _, party, re, after = command
    command = make_whole(Command, (code, on, data, party, re, after))
    if plan.timely:
        before = posted_in_time(before, Event(-1, *command[:5]), plan)
    facts = make_whole(Facts, (dict(answers) if answers else {}, ctx))
    problems = examine(before, plan, command, facts)
    if problems or future:
        return Refused((*future, *problems, *_unpublished(before, command)))
    if code in META:
        problems = _meta_problems(view, command)
        if problems:
            return Refused(problems)
    return _accept(view, before, plan, command, facts, late)


def note(view: View, event: Event) -> Allowed:
    """The record of an effect of law: it changes nothing here; other cases are told what the effect says."""
    after = evolve(view, event)
    effect = view.line.effect(event.action)
    own = (e for e in reversed(after.effects) if e.code == event.action and event.party in (None, e.subject))
    came = next(own, None)  # the latest: what a suit decided anew comes about anew
    if effect is None or effect.follow_ups is None or came is None:
        return Allowed((event,), after)
    return Allowed((event,), after, effect.follow_ups(after, came))


def _accept(view: View, before: View, plan: Plan, command: Command, facts: Facts, late: bool) -> Decision:
    code, on, data, party, re, after = command
    ctx, action = facts.ctx, plan.action
    assert action is not None
    actor = ctx.actor.id if ctx.actor else None
    seq = view.events[-1].seq + 1 if view.events else 0
    event = make_whole(Event, (seq, code, on, data, party, re, facts.answers, actor, ctx.today, after, False))
    if late:
        fallen = _fallen(view, event)
        if fallen:
            return Refused(fallen)
    if code in META:
        return _rewritten(view, event)
    documents, numbers = plan.papers(before, event)
    in_turn = not late and after is None
    whole = (
        (event,),
        step(view.copy(), event) if in_turn else evolve(view, event),
        action.follow_ups(before, command, facts) if action.follow_ups else (),
        _claims(action, before, command) if action.claims or action.releases else (),
        documents,
        numbers,
        tuple([w for guard in action.warns for w in guard(before, command, facts)]) if action.warns else (),
    )
    allowed: Allowed = make_whole(Allowed, whole)
    return allowed


def _rewritten(view: View, event: Event) -> Allowed:
    """A record about records is accepted with what it fells as warnings, so that the head who decides sees it."""
    before = {p.where for p in no_longer_standing(view.line, view.env, view.events)}
    fallen = no_longer_standing(view.line, view.env, (*view.events, event))
    return Allowed((event,), evolve(view, event), warnings=tuple(p for p in fallen if p.where not in before))


def _claims(action: Action, view: View, command: Command) -> tuple[ClaimRequest, ...]:
    taken = tuple(ClaimRequest(c.kind, c.key(view, command)) for c in action.claims)
    freed = tuple(ClaimRequest(c.kind, c.key(view, command), release=True) for c in action.releases)
    return tuple(c for c in (*taken, *freed) if c.key is not None)


def _future(action: Action, command: Command, ctx: Context) -> tuple[Problem, ...]:
    params = {"action": action.title, "on": command.on, "today": ctx.today}
    return (Problem("dated_in_future", params, None, "on"),)


def _unpublished(view: View, command: Command) -> tuple[Problem, ...]:
    """No refusal rests on a provisional day that has come: it also asks for the holiday notice."""
    calendar, day = view.env.calendar, legal_day(command.on)
    rests = any(
        i.due.provisional for instances in view.clocks.values() for i in instances if i.ended_on is None
    )
    if calendar.is_known(day) or not rests:
        return ()
    return (Problem("calendar_not_published", {"day": day, "edition": calendar.edition}, None, "on"),)


def _view_on(view: View, day: date) -> View:
    cut = tuple(e for e in view.events if e.action in META or legal_day(e.effective_on) <= day)
    seqs = {e.seq for e in cut}
    kept = tuple(e for e in cut if e.action not in META or e.data.get("target", e.seq) in seqs)
    return refold(view.line, view.env, kept)


def _fallen(view: View, event: Event) -> tuple[Problem, ...]:
    line = view.line
    already = {e.seq for e, _ in falling(line, view.env, view.events)}
    found = falling(line, view.env, (*view.events, event), event.seq)
    return tuple(
        Problem(
            "later_act_falls",
            {
                "on": act.effective_on,
                "action": _title(view, act),
                "because": problem.code,
                "problem": problem,
            },
            problem.cite,
            str(act.seq),
        )
        for act, problem in found
        if act.seq not in already
    )


def _title(view: View, event: Event) -> str:
    action = view.line.action(event.action)
    return action.title if action else event.action


def _meta_problems(view: View, command: Command) -> tuple[Problem, ...]:
    if command.action == "move_version":
        return _version_problems(view, command.data["version"])
    target = command.data["target"]
    found = next((e for e in view.events if e.seq == target), None)
    if found is None:
        return (Problem("correction_target", {"target": target}, None, "target"),)
    if command.action == "annul":
        return ()
    if found.action in META:
        return (Problem("correction_again", {"target": target}, None, "target"),)
    return _change_problems(view, found, command.data["changes"])


def _version_problems(view: View, version: str) -> tuple[Problem, ...]:
    known = [v.code for v in view.line.versions]
    if version in known:
        return ()
    return (Problem("version_unknown", {"version": version, "known": "、".join(known)}, None, "version"),)


def _change_problems(view: View, event: Event, changes: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A correction may only put values that the act itself could have carried."""
    action = view.line.action(event.action)
    fields = {name: value for name, value in changes.items() if name not in ON_EVENT}
    if action is None:
        return ()
    _, problems = validate_partial(action.inputs, fields)
    return tuple(p._replace(where=f"changes.{p.where}") for p in problems)
