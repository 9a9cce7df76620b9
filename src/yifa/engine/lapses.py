"""Which effects of law are in sight: the running periods whose end has a consequence, and the day it comes."""

from yifa.language.effects import Effect
from yifa.language.view import Instance, View


def pending(view: View) -> list[tuple[Instance, Effect]]:
    """Live periods with the effects their end would have."""
    clocks = view.clocks
    return [
        (instance, effect)
        for code, effects in view.line.lapsing
        for instance in clocks.get(code, ())
        if instance.ended_on is None
        for effect in _awaited(view, instance, effects)
    ]


def _awaited(view: View, instance: Instance, effects: tuple[Effect, ...]) -> list[Effect]:
    """Those of a live period's effects that will come about when it ends.

    No effect rests on a provisional day: until the year's notice is loaded it waits, and the case says so.
    """
    if instance.due.due is None or instance.due.provisional:
        return []
    version = view.version
    applying = [e for e in effects if not e.versions or version in e.versions]
    if not (view.barred or view.effects):
        return applying
    return [e for e in applying if not _spent(view, instance, e)]


def _spent(view: View, instance: Instance, effect: Effect) -> bool:
    """Whether this lapse is barred, or has already had this effect."""
    key = instance.key
    return key in view.barred or any(e.clock == key and e.code == effect.code for e in view.effects)


def fire_on(instance: Instance, effect: Effect) -> int:
    """The day (ordinal) from which the effect counts: the last day itself, or the day after it."""
    assert instance.due.due is not None
    return instance.due.due.toordinal() + (0 if effect.on_day else 1)


def next_fire(view: View) -> int | None:
    """The day (ordinal) of the next effect; None if none is in sight."""
    first, clocks = None, view.clocks
    for code, effects in view.line.lapsing:
        for instance in clocks.get(code, ()):
            if instance.ended_on is None:
                for effect in _awaited(view, instance, effects):
                    day = fire_on(instance, effect)
                    first = day if first is None or day < first else first
    return first
