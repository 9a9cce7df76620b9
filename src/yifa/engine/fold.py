"""The fold: one event more makes the next view. `derive` is this fold over the effective events.

A step replaces containers of the view it works on and never changes them in place, so that older views stay
valid; `evolve` therefore copies the view first, `fold` keeps stepping on its own one.
"""

from collections.abc import Iterable
from datetime import date

from yifa.engine import timing
from yifa.engine.effects import fire_until, note
from yifa.engine.history import effective, legal_day, version_override
from yifa.engine.run import Key, run
from yifa.language.acts import Env, Event
from yifa.language.kernel_actions import META
from yifa.language.line import Line
from yifa.language.plans import Plan
from yifa.language.view import Instance, View

NONE_BARRED: frozenset[Key] = frozenset()


def empty(line: Line, env: Env) -> View:
    """A case in which nothing has happened yet."""
    view = View.__new__(View)
    view.line, view.env, view.events, view.on = line, env, (), date.min
    view.stage, view.tracks, view.facts, view.clocks, view.acts = None, {}, {}, {}, {}
    view.parties, view.outcomes, view.effects, view.links, view.open_pauses = {}, {}, (), (), {}
    view.version, view.version_final, view.next_fire, view.organ = line.newest_version, False, None, None
    view.barred, view.pinned = NONE_BARRED, None
    return view


def fold(
    line: Line,
    env: Env,
    events: Iterable[Event],
    version: str | None = None,
    barred: frozenset[Key] = NONE_BARRED,
) -> View:
    """The view after events that are effective and in legal order. `version` fixes the procedure version."""
    view = empty(line, env)
    view.barred = barred
    if version is not None:
        view.version, view.version_final, view.pinned = version, True, version
    for event in events:
        view = step(view, event)
    return view


def refold(line: Line, env: Env, log: Iterable[Event]) -> View:
    """The view after a raw log: corrections overlaid, annulled acts dropped, in legal order."""
    log = tuple(log)
    view = fold(line, env, effective(log, line), version_override(log))
    view.events = log
    return view


def evolve(view: View, event: Event) -> View:
    """The next view. An act in its turn costs one step; a late one, or a record about records, a refold."""
    in_turn = event.after is None and legal_day(event.effective_on) >= legal_day(view.on)
    if event.action in META or (view.events and not in_turn):
        return refold(view.line, view.env, (*view.events, event))
    return step(view.copy(), event)


def advance(view: View, day: date) -> View:
    """The view on `day`: effects of law whose day has come are in it."""
    if view.next_fire is None or view.next_fire > day.toordinal():
        return view
    view = view.copy()
    fire_until(view, day.toordinal())
    return view


def step(view: View, event: Event) -> View:
    """Apply one effective event to a view the caller owns."""
    if view.next_fire is not None and view.next_fire <= event.effective_on.toordinal():
        fire_until(view, event.effective_on.toordinal())
    plan = view.line.plan(event.action)
    if plan is None:
        raise LookupError(f"{view.line.code}: unknown act {event.action!r}")
    if plan.timely:
        view = _revive(view, event, plan)
    view.events = (*view.events, event)
    view.on = event.effective_on
    if plan.action is None:
        note(view, event, plan)
    else:
        run(view, event, plan)
    return view


def posted_in_time(view: View, event: Event, plan: Plan) -> View:
    """The view an act is judged on: without the lapses that it defeats, being posted in time (R13)."""
    return _revive(advance(view, event.effective_on), event, plan)


def _revive(view: View, event: Event, plan: Plan) -> View:
    """A thing posted in time but received late defeats the lapse (R13): fold again with that lapse barred."""
    for clock, field in plan.timely:
        posted = event.data.get(field)
        if posted is None:
            continue
        for instance in view.clocks.get(clock, ()):
            if _defeats(view, event, posted, instance):
                return _fold_without(view, instance.key, event.effective_on.toordinal())
    return view


def _defeats(view: View, event: Event, posted: date, instance: Instance) -> bool:
    due = instance.due.due
    lapsed = instance.state == "lapsed" or any(e.clock == instance.key for e in view.effects)
    in_time = due is not None and timing.as_comparable(posted, due) <= due
    return lapsed and in_time and event.party in (None, instance.subject)


def _fold_without(view: View, lapse: Key, until: int) -> View:
    again = fold(view.line, view.env, effective(view.events, view.line), view.pinned, view.barred | {lapse})
    again.events = view.events
    fire_until(again, until)
    return again
