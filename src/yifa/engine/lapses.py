"""Which effects of law are in sight: the running periods whose end has a consequence, and the day it comes."""

from yifa.language.effects import Effect
from yifa.language.view import Instance, View


def pending(view: View) -> list[tuple[Instance, Effect]]:
    """Live periods with the effects their end would have.

    No effect rests on a provisional day: until the year's notice is loaded it waits, and the case says so.
    """
    clocks = view.clocks
    return [
        (instance, effect)
        for code, effects in view.line.lapsing
        if code in clocks
        for instance in clocks[code]
        if instance.ended_on is None and instance.due.due is not None and not instance.due.provisional
        for effect in effects
        if (not effect.versions or view.version in effect.versions) and not _spent(view, instance, effect)
    ]


def _spent(view: View, instance: Instance, effect: Effect) -> bool:
    """Whether this lapse is barred, or has already had this effect."""
    if not (view.barred or view.effects):
        return False
    key = instance.key
    return key in view.barred or any(e.clock == key and e.code == effect.code for e in view.effects)


def fire_on(instance: Instance, effect: Effect) -> int:
    """The day (ordinal) from which the effect counts: the last day itself, or the day after it."""
    assert instance.due.due is not None
    return instance.due.due.toordinal() + (0 if effect.on_day else 1)


def next_fire(view: View) -> int | None:
    """The day (ordinal) of the next effect; None if none is in sight."""
    found = pending(view)
    return min([fire_on(instance, effect) for instance, effect in found]) if found else None
