"""The fold: one event more makes the next view. `derive` is this fold over the effective events.

A step replaces containers of the view it works on and never changes them in place, so that older views stay
valid; `evolve` therefore copies the view first, `fold` keeps stepping on its own one.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yifa.engine import timing
from yifa.engine.history import effective, legal_order, version_override
from yifa.language.acts import EMPTY, Env, Event
from yifa.language.clocks import Clock, PauseRule, Stop
from yifa.language.effects import Effect
from yifa.language.kernel_actions import META
from yifa.language.line import Line, Plan, Starting, Touch, version_of
from yifa.language.values import KEEP, resolve
from yifa.language.view import Effected, Instance, View
from yifa.law.periods import Pause

Key = tuple[str, int, str | None, int]
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
    view = fold(line, env, effective(log), version_override(log))
    view.events = log
    return view


def evolve(view: View, event: Event) -> View:
    """The next view. An act in its turn costs one step; a late one, or a record about records, a refold."""
    if event.action in META or (view.events and not _in_turn(view, event)):
        return refold(view.line, view.env, (*view.events, event))
    return step(view.copy(), event)


def _in_turn(view: View, event: Event) -> bool:
    return event.after is None and legal_order(event)[0] >= _plain(view.on)


def _plain(day: date) -> date:
    return legal_order(Event(0, "", day))[0]


def advance(view: View, day: date) -> View:
    """The view on `day`: effects of law whose day has come are in it."""
    if view.next_fire is None or view.next_fire > day.toordinal():
        return view
    view = view.copy()
    fire_until(view, day.toordinal())
    return view


def step(view: View, event: Event) -> View:
    """Apply one effective event to a view the caller owns."""
    ordinal = event.effective_on.toordinal()
    if view.next_fire is not None and view.next_fire <= ordinal:
        fire_until(view, ordinal)
    plan = view.line.plan(event.action)
    if plan is None:
        raise LookupError(f"{view.line.code}: unknown act {event.action!r}")
    if plan.touches and event.data:
        view = _revive(view, event, plan)
    view.events = (*view.events, event)
    view.on = event.effective_on
    if plan.action is None:
        _note(view, event, plan)
    else:
        _run(view, event, plan)
    return view


# ------------------------------------------------------------------------------------------ effects of law


def fire_until(view: View, ordinal: int) -> None:
    """Bring about, in order of their days, all effects that have come by `ordinal`.

    No effect rests on a provisional day: until the year's notice is loaded it waits, and the case says so.
    """
    while view.next_fire is not None and view.next_fire <= ordinal:
        instance, effect = min(
            _pending(view), key=lambda p: (_fire_on(*p), p[0].code, p[0].seq, p[0].subject or "")
        )
        _fire(view, instance, effect, noted=False)


def _pending(view: View) -> list[tuple[Instance, Effect]]:
    line = view.line
    return [
        (instance, effect)
        for code, effects in line.lapsing
        for instance in view.clocks.get(code, ())
        if instance.ended_on is None and instance.due.due is not None and not instance.due.provisional
        for effect in effects
        if (not effect.versions or view.version in effect.versions) and not _spent(view, instance, effect)
    ]


def _spent(view: View, instance: Instance, effect: Effect) -> bool:
    """Whether this lapse is barred, or has already had this effect."""
    key = instance.key
    return key in view.barred or any(e.clock == key and e.code == effect.code for e in view.effects)


def _fire_on(instance: Instance, effect: Effect) -> int:
    assert instance.due.due is not None
    return instance.due.due.toordinal() + (0 if effect.on_day else 1)


def _next_fire(view: View) -> int | None:
    pending = _pending(view)
    return min([_fire_on(instance, effect) for instance, effect in pending]) if pending else None


def _fire(view: View, instance: Instance, effect: Effect, *, noted: bool) -> None:
    due = instance.due.due
    assert due is not None
    day = due if effect.day == "last_day" else date.fromordinal(due.toordinal() + 1)
    view.clocks = dict(view.clocks)
    if effect.ends_clock:
        _replace(view, instance, timing.end(instance, "lapsed", due))
    if effect.when is None or effect.when(view, instance):
        view.effects = (*view.effects, Effected(effect.code, day, instance.subject, instance.key, noted))
        event = Event(
            -len(view.effects), effect.code, day, EMPTY, instance.subject, instance.seq, by_law=True
        )
        _run(view, event, view.line.plan(effect.code))  # type: ignore[arg-type]
    else:
        view.barred = view.barred | {instance.key}
    view.next_fire = _next_fire(view)


def _note(view: View, event: Event, plan: Plan) -> None:
    """A noting of an effect: nothing if it has come about; with no clock to judge by, it is taken at its word."""
    effect = plan.effect
    assert effect is not None
    if view.effect(effect.code, event.party):
        return
    day = event.effective_on.toordinal()
    due = [i for i in view.live(effect.lapse_of) if i.due.due is not None and i.due.due.toordinal() <= day]
    due = [i for i in due if event.party in (None, i.subject)]
    if due:
        _fire(view, due[0], effect, noted=True)
    elif effect.lapse_of not in view.clocks:
        view.effects = (*view.effects, Effected(effect.code, event.effective_on, event.party, None, True))
        _run(view, event, plan)


def _revive(view: View, event: Event, plan: Plan) -> View:
    """A thing posted in time but received late defeats the lapse (R13): fold again with that lapse barred."""
    for touch in plan.touches:
        for stop in touch.stops:
            posted = event.data.get(stop.timely_by) if stop.timely_by else None
            if posted is None:
                continue
            for instance in view.clocks.get(touch.clock.code, ()):
                if _defeats(view, event, posted, instance):
                    return _fold_without(view, instance.key)
    return view


def _defeats(view: View, event: Event, posted: date, instance: Instance) -> bool:
    due = instance.due.due
    lapsed = any(e.clock == instance.key for e in view.effects)
    in_time = due is not None and timing.as_comparable(posted, due) <= due
    return lapsed and in_time and event.party in (None, instance.subject)


def _fold_without(view: View, lapse: Key) -> View:
    again = fold(view.line, view.env, effective(view.events), view.pinned, view.barred | {lapse})
    again.events = view.events
    return again


# ------------------------------------------------------------------------------------------ one act


def _run(view: View, event: Event, plan: Plan) -> None:
    action = plan.action
    view.clocks = dict(view.clocks)  # our own from here on; older views keep theirs
    if action is not None and action.parties is not None:
        view.parties = {**view.parties, **action.parties(view, event)}
    if action is not None and action.relates is not None and action.relates in event.data:
        view.links = (*view.links, (action.code, event.data[action.relates]))
    changed = _set_facts(view, event, plan)
    for touch in plan.touches:
        _touch(view, event, touch)
    if plan.begins or plan.ends:
        _mark_pauses(view, event, plan)
    if changed:
        _remeasure(view, event, changed)
    begun = _start(view, event, plan, changed) if plan.starts or changed else ()
    view.acts = {**view.acts, event.action: (*view.acts.get(event.action, ()), event)}
    if not view.version_final and event.action in view.line.final_when:
        view.version_final = True
    if plan.to is not None or plan.effect is not None:
        _move(view, event, plan, begun)
    if action is not None and action.decides:
        _decide_tables(view, event, plan)
    if plan.code in _KERNEL_EFFECTS:
        _KERNEL_EFFECTS[plan.code](view, event)
    if plan.touches or begun or plan.to is not None or plan.code in _KERNEL_EFFECTS:
        view.next_fire = _next_fire(view)


def _set_facts(view: View, event: Event, plan: Plan) -> tuple[str, ...]:
    line = view.line
    if not view.version_final:
        view.version = version_of(line, view.facts, event)
    if not plan.sets:
        return ()
    facts = view.facts = dict(view.facts)
    changed: list[str] = []
    for name, value in plan.sets:
        found = value(view, event) if callable(value) else value
        if found is KEEP or found is None or facts.get(name) == found:
            continue
        facts[name] = found
        changed.append(name)
        if name in line.governed_by and not view.version_final:
            view.version = version_of(line, facts, event)
    return tuple(changed)


def _touch(view: View, event: Event, touch: Touch) -> None:
    if touch.clock.code not in view.clocks:
        return
    for stop in touch.stops:
        if stop.when.matches(view, event):
            for instance in targets(view.live(touch.clock.code), stop, event):
                _replace(view, instance, timing.stopped(instance, stop, event))
    for rule, when in touch.resumes:
        if when.matches(view, event) and rule in view.open_pauses:
            _resume(view, touch.clock, rule, when.day(event).toordinal())
    for rule in touch.begins:
        if rule.begins.matches(view, event) and rule not in view.open_pauses:
            _pause(view, touch.clock, Pause(rule.begins.day(event).toordinal(), None, rule.bounds))
    for extension in touch.extends:
        if extension.when.matches(view, event):
            for instance in targets(view.live(touch.clock.code), None, event):
                _replace(view, instance, timing.extended(touch.clock, view.env, instance, extension, event))


def _pause(view: View, clock: Clock, pause: Pause) -> None:
    for instance in view.live(clock.code):
        _replace(view, instance, timing.paused(clock, view.env, instance, pause))


def _resume(view: View, clock: Clock, rule: PauseRule, day: int) -> None:
    begun = view.open_pauses[rule].start
    for instance in view.live(clock.code):
        _replace(view, instance, timing.resumed(clock, view.env, instance, begun, day))


def targets(live: tuple[Instance, ...], stop: Stop | None, event: Event) -> tuple[Instance, ...]:
    """The live instances an act speaks of: those it names, or the only one; none if that is ambiguous."""
    if stop is not None and stop.every:
        return live
    named = named_by(live, event)
    return named if len(named) == 1 else ()


def named_by(live: tuple[Instance, ...], event: Event) -> tuple[Instance, ...]:
    """Instances that fit the act's `re` and party."""
    answered = tuple(i for i in live if i.seq == event.re) if event.re is not None else live
    if event.party is None:
        return answered or live
    own = tuple(i for i in answered or live if i.subject == event.party)
    return own or tuple(i for i in answered or live if i.subject is None)


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
        for clock in view.line.remeasured(fact):
            for instance in view.live(clock.code):
                start = clock.starts[instance.variant]
                length = resolve(clock.length if start.length is None else start.length, view, event)
                if length is not None and length != instance.length:
                    cite = resolve(start.cite or clock.cite, view, event)
                    again = timing.remeasured(clock, view.env, instance, length=length)
                    _replace(view, instance, again._replace(cite=cite))


def _start(view: View, event: Event, plan: Plan, changed: tuple[str, ...]) -> tuple[Key, ...]:
    begun: tuple[Key, ...] = ()
    for fact in changed:
        for starting in view.line.fact_starts(fact):
            begun += _begin(view, event, starting)
    for starting in plan.starts:
        when = starting.start.when
        if when is not None and when.matches(view, event):
            begun += _begin(view, event, starting)
    return begun


def _begin(view: View, event: Event, starting: Starting) -> tuple[Key, ...]:
    """One instance, or one for each party the act names with a day of its own."""
    days = starting.start.each(view, event) if starting.start.each is not None else None
    if not days:
        return _begin_one(view, event, starting, None)
    begun: tuple[Key, ...] = ()
    for party, day in days.items():
        begun += _begin_one(view, event._replace(party=party), starting, day)
    return begun


def _begin_one(view: View, event: Event, starting: Starting, day: date | None) -> tuple[Key, ...]:
    made = timing.begin(view, event, starting, day)
    if made is None:
        return ()
    older = view.clocks.get(made.code, ())
    if older and not starting.clock.many:
        older = tuple([_superseded(i, made, event) for i in older])
    view.clocks[made.code] = (*older, made)
    return (made.key,)


def _superseded(old: Instance, new: Instance, event: Event) -> Instance:
    if old.ended_on is None and old.subject == new.subject and old.variant == new.variant:
        return timing.end(old, "replaced", event.effective_on)
    return old


def _replace(view: View, old: Instance, new: Instance) -> None:
    view.clocks[old.code] = tuple([new if i is old else i for i in view.clocks[old.code]])


def _move(view: View, event: Event, plan: Plan, begun: tuple[Key, ...]) -> None:
    if plan.effect is not None and plan.effect.tracks:
        view.tracks = {**view.tracks, **plan.effect.tracks}
    stage = resolve(plan.to, view, event)
    if stage is None:
        return
    if plan.track is not None:
        view.tracks = {**view.tracks, plan.track: stage}
        return
    view.stage = stage
    if view.line.is_closed(stage):
        _close(view, event, begun)


def _close(view: View, event: Event, begun: tuple[Key, ...]) -> None:
    for code, instances in view.clocks.items():
        clock = view.line.clock(code)
        if clock is not None and not clock.survives:
            view.clocks[code] = tuple([_fallen_away(i, event, begun) for i in instances])


def _fallen_away(instance: Instance, event: Event, begun: tuple[Key, ...]) -> Instance:
    if instance.ended_on is not None or instance.key in begun:
        return instance
    return timing.end(instance, "stopped", event.effective_on)


def _decide_tables(view: View, event: Event, plan: Plan) -> None:
    assert plan.action is not None
    for table, subject in plan.action.decides:
        about = subject(view, event)
        if about is not None:
            view.outcomes = {**view.outcomes, table.code: table.find(about)}


# ------------------------------------------------------------------------------------------ kernel acts


def _opening_balance(view: View, event: Event) -> None:
    data = event.data
    view.stage = data["stage"]
    view.parties = {**view.parties, **data.get("parties", {})}
    changed = tuple(data.get("facts", {}))
    view.facts = {**view.facts, **data.get("facts", {})}
    view.version = version_of(view.line, view.facts, event)
    view.version_final = True
    _start(view, event, view.line.plan("opening_balance"), changed)  # type: ignore[arg-type]
    for row in data.get("clocks", ()):
        _take_over(view, event, row)


def _take_over(view: View, event: Event, row: Any) -> None:
    clock = view.line.clock(row.clock)
    if clock is None:
        return
    asked = event._replace(party=row.subject)
    length = resolve(clock.length, view, asked)
    due = timing.measure(clock, view.env, row.start, length, (), row.extension)
    cite = resolve(clock.cite, view, asked)
    made = Instance(row.clock, event.seq, row.subject, 0, row.start, length, (), row.extension, due,
                    "running", None, event.action, cite)  # fmt: skip
    view.clocks[row.clock] = (*view.clocks.get(row.clock, ()), made)


def _hand_over(view: View, event: Event) -> None:
    view.organ = event.data["to_organ"]


def _relate(view: View, event: Event) -> None:
    view.links = (*view.links, (event.action, event.data["case"]))


_KERNEL_EFFECTS: dict[str, Any] = {
    "opening_balance": _opening_balance,
    "hand_over": _hand_over,
    "join": _relate,
    "split": _relate,
    "link": _relate,
}
