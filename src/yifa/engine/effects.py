"""Effects by operation of law: bringing them about on their day, and entering the notes made of them."""

from datetime import date

from yifa.engine import timing
from yifa.engine.lapses import fire_on, next_fire, pending
from yifa.engine.run import run
from yifa.language.acts import EMPTY, Event
from yifa.language.effects import Effect
from yifa.language.plans import Plan
from yifa.language.view import Effected, Instance, View


def fire_until(view: View, ordinal: int) -> None:
    """Bring about, in order of their days, all effects that have come by `ordinal`."""
    while view.next_fire is not None and view.next_fire <= ordinal:
        instance, effect = min(
            pending(view), key=lambda p: (fire_on(*p), p[0].code, p[0].seq, p[0].subject or "")
        )
        _fire(view, instance, effect, noted=False)


def _fire(view: View, instance: Instance, effect: Effect, *, noted: bool) -> None:
    due = instance.due.due
    assert due is not None
    day = due if effect.day == "last_day" else date.fromordinal(due.toordinal() + 1)
    if effect.ends_clock:
        ended = timing.end(instance, "lapsed", due)
        own = tuple([ended if i is instance else i for i in view.clocks[instance.code]])
        view.clocks = {**view.clocks, instance.code: own}
    if effect.when is None or effect.when(view, instance):
        view.effects = (*view.effects, Effected(effect.code, day, instance.subject, instance.key, noted))
        number = -len(view.effects)
        event = Event(number, effect.code, day, EMPTY, instance.subject, instance.seq, by_law=True)
        plan = view.line.plan(effect.code)
        assert plan is not None
        run(view, event, plan)
    elif not effect.ends_clock:
        view.barred = view.barred | {instance.key}
    view.next_fire = next_fire(view)


def note(view: View, event: Event, plan: Plan) -> None:
    """A noting of an effect: nothing if it has come about; with no clock to judge by, it is taken at its word."""
    effect = plan.effect
    assert effect is not None
    if view.effect(effect.code, event.party):
        return
    day = event.effective_on.toordinal()
    due = [i for i in view.live(effect.lapse_of) if i.due.due is not None and i.due.due.toordinal() <= day]
    due = [i for i in due if event.party in (None, i.subject) and i.key not in view.barred]
    if due:
        _fire(view, due[0], effect, noted=True)
    elif effect.lapse_of not in view.clocks:
        view.effects = (*view.effects, Effected(effect.code, event.effective_on, event.party, None, True))
        run(view, event, plan)
