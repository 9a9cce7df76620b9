"""One act, or one effect of law, on a view: parties and facts, then clocks, then stage and rule tables.

The view belongs to the caller. Its containers are replaced and never changed in place, so that older views stay
valid; only `view.clocks` is copied first and then filled.
"""

from yifa.engine import timing
from yifa.engine.kernel_acts import KERNEL, opening_balance
from yifa.engine.lapses import next_fire
from yifa.language.acts import Event
from yifa.language.clocks import Clock, PauseRule
from yifa.language.line import version_of
from yifa.language.plans import Plan, Starting, Touch
from yifa.language.values import KEEP
from yifa.language.view import Instance, View
from yifa.law.periods import Pause

Key = tuple[str, int, str | None, int]
Instances = tuple[Instance, ...]


def run(view: View, event: Event, plan: Plan) -> None:
    """Everything the act or effect does to the view, except being entered in its list of events."""
    action, code, version = plan.action, plan.code, view.version
    if plan.clocks:
        view.clocks = dict(view.clocks)
    if action is not None and action.parties is not None:
        view.parties = {**view.parties, **action.parties(view, event)}
    if action is not None and action.relates is not None and action.relates in event.data:
        view.links = (*view.links, (code, event.data[action.relates]))
    changed = _set_facts(view, event, plan)
    _change_clocks(view, event, plan, changed)
    begun = _start(view, event, plan, changed) if plan.starts or changed else ()
    acts = view.acts
    view.acts = {**acts, code: (*acts[code], event) if code in acts else (event,)}
    if plan.final:
        view.version_final = True
    if plan.to is not None or plan.effect is not None:
        _move(view, event, plan, begun)
    if action is not None and action.decides:
        _decide_tables(view, event, plan)
    if code in KERNEL:
        KERNEL[code](view, event)
    if plan.lapses or changed or view.version != version:
        view.next_fire = next_fire(view)


# ------------------------------------------------------------------------------------------ facts


def _set_facts(view: View, event: Event, plan: Plan) -> tuple[str, ...]:
    """Set the facts of the act; the names of those that changed and that some clock depends on."""
    if plan.code == "opening_balance":
        opening_balance(view, event)
        return tuple(event.data.get("facts", {}))
    final, line = view.version_final, view.line
    if not final:
        view.version = version_of(line, view.facts, event)
    if not plan.sets:
        return ()
    facts, own = view.facts, False
    changed: tuple[str, ...] = ()
    for name, value, watched, governs in plan.sets:
        found = value(view, event)
        if found is None or found is KEEP or facts.get(name) == found:
            continue
        if not own:
            facts, own = dict(facts), True
            view.facts = facts
        facts[name] = found
        if watched:
            changed += (name,)
        if governs and not final:
            view.version = version_of(line, facts, event)
    return changed


def _decide_tables(view: View, event: Event, plan: Plan) -> None:
    assert plan.action is not None
    for table, subject in plan.action.decides:
        about = subject(view, event)
        if about is not None:
            view.outcomes = {**view.outcomes, table.code: table.find(about)}


# ------------------------------------------------------------------------------------------ running clocks


def _change_clocks(view: View, event: Event, plan: Plan, changed: tuple[str, ...]) -> None:
    """Stops, pauses and extensions by the act, and lengths that depend on a changed fact."""
    clocks = view.clocks
    for touch in plan.touches:
        if touch.code in clocks and _any_live(clocks[touch.code]):
            _touch(view, event, touch)
    if plan.begins or plan.ends:
        _mark_pauses(view, event, plan)
    if changed:
        _remeasure(view, event, changed)


def _any_live(instances: Instances) -> bool:
    for instance in instances:  # noqa: SIM110 - asked of every clock an act touches; a generator costs thrice as much
        if instance.ended_on is None:
            return True
    return False


def _touch(view: View, event: Event, touch: Touch) -> None:
    clock, code = touch.clock, touch.code
    for stop in touch.stops:
        if stop.matches is None or stop.matches(view, event):
            for instance in targets(view.clocks[code], stop.every, event):
                _replace(view, instance, timing.stopped(instance, stop, event))
    for rule, when in touch.resumes:
        if rule in view.open_pauses and when.matches(view, event):
            _resume(view, clock, rule, when.day(event).toordinal())
    for rule in touch.begins:
        if rule not in view.open_pauses and rule.begins.matches(view, event):
            _pause(view, clock, Pause(rule.begins.day(event).toordinal(), None, rule.bounds))
    for extension in touch.extends:
        if extension.when.matches(view, event):
            for instance in targets(view.clocks[code], False, event):
                _replace(view, instance, timing.extended(clock, view.env, instance, extension, event))


def _pause(view: View, clock: Clock, pause: Pause) -> None:
    for instance in view.live(clock.code):
        _replace(view, instance, timing.paused(clock, view.env, instance, pause))


def _resume(view: View, clock: Clock, rule: PauseRule, day: int) -> None:
    open_ = view.open_pauses[rule]
    for instance in view.live(clock.code):
        _replace(view, instance, timing.resumed(clock, view.env, instance, open_, day))


def targets(instances: Instances, every: bool, event: Event) -> Instances:
    """The live ones an act speaks of: every one, those it names, or the only one; none if that is ambiguous."""
    if every:
        return tuple([i for i in instances if i.ended_on is None])
    named = named_by(instances, event)
    return named if len(named) == 1 else ()


def named_by(instances: Instances, event: Event) -> Instances:
    """Live instances that fit the act's `re` and party. An answer to an act whose period is over fits none."""
    live = tuple([i for i in instances if i.ended_on is None])
    if event.re is not None:
        answered = tuple([i for i in live if i.seq == event.re])
        if not answered and any(i.seq == event.re and i.state != "replaced" for i in instances):
            return ()
        live = answered or live
    if event.party is None:
        return live
    own = tuple([i for i in live if i.subject == event.party])
    return own or tuple([i for i in live if i.subject is None])


def _mark_pauses(view: View, event: Event, plan: Plan) -> None:
    for rule, when in plan.ends:
        if rule in view.open_pauses and when.matches(view, event):
            view.open_pauses = {key: value for key, value in view.open_pauses.items() if key != rule}
    for rule in plan.begins:
        if rule not in view.open_pauses and rule.begins.matches(view, event):
            pause = Pause(rule.begins.day(event).toordinal(), None, rule.bounds)
            view.open_pauses = {**view.open_pauses, rule: pause}


def _remeasure(view: View, event: Event, changed: tuple[str, ...]) -> None:
    for fact in changed:
        for code, starts in view.line.remeasured(fact):
            for instance in view.live(code) if code in view.clocks else ():
                starting = starts[instance.variant]
                length = starting.length(view, event)
                if length is not None and length != instance.length:
                    again = timing.remeasured(starting.clock, view.env, instance, length=length)
                    _replace(view, instance, again._replace(cite=starting.cite(view, event)))


def _replace(view: View, old: Instance, new: Instance) -> None:
    own = view.clocks[old.code]
    view.clocks[old.code] = (new,) if len(own) == 1 else tuple([new if i is old else i for i in own])


# ------------------------------------------------------------------------------------------ new clocks


def _start(view: View, event: Event, plan: Plan, changed: tuple[str, ...]) -> Instances:
    """Start what the act, or a fact that it changed, starts; the new instances."""
    begun: list[Instance] = []
    for fact in changed:
        for starting in view.line.fact_starts(fact):
            _begin(view, event, starting, begun)
    for starting in plan.starts:
        if starting.matches is None or starting.matches(view, event):
            _begin(view, event, starting, begun)
    return tuple(begun)


def _begin(view: View, event: Event, starting: Starting, begun: list[Instance]) -> None:
    """One instance, or one for each party the act names with a day of its own."""
    each = starting.start.each
    days = None if each is None else each(view, event)
    if not days:
        _enter(view, event, starting, timing.begin(view, event, starting), begun)
        return
    for party, day in days.items():
        own = event._replace(party=party)
        _enter(view, own, starting, timing.begin(view, own, starting, day), begun)


def _enter(
    view: View, event: Event, starting: Starting, made: Instance | None, begun: list[Instance]
) -> None:
    if made is None:
        return
    code, clocks = starting.clock.code, view.clocks
    older = clocks.get(code, ())
    if older and not starting.clock.many:
        older = tuple([_superseded(i, made, event) for i in older])
    clocks[code] = (*older, made)
    begun.append(made)


def _superseded(old: Instance, new: Instance, event: Event) -> Instance:
    if old.ended_on is None and old.subject == new.subject and old.variant == new.variant:
        return timing.end(old, "replaced", event.effective_on)
    return old


# ------------------------------------------------------------------------------------------ stage


def _move(view: View, event: Event, plan: Plan, begun: Instances) -> None:
    if plan.effect is not None and plan.effect.tracks:
        view.tracks = {**view.tracks, **plan.effect.tracks}
    stage = None if plan.to is None else plan.to(view, event)
    if stage is None:
        return
    if plan.track is not None:
        view.tracks = {**view.tracks, plan.track: stage}
        return
    view.stage = stage
    if view.line.is_closed(stage):
        _close(view, event, begun)


def _close(view: View, event: Event, begun: Instances) -> None:
    for code, instances in view.clocks.items():
        clock = view.line.clock(code)
        if clock is not None and not clock.survives:
            view.clocks[code] = tuple([_fallen_away(i, event, begun) for i in instances])


def _fallen_away(instance: Instance, event: Event, begun: Instances) -> Instance:
    if instance.ended_on is not None or instance in begun:
        return instance
    return timing.end(instance, "stopped", event.effective_on)
