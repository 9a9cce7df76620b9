"""The tick: notes effects of law that have come about, once each. It changes no date; it may run any day, or late."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from yifa.casework import store
from yifa.casework.codec import unseal
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask, World
from yifa.casework.services import perform_noting
from yifa.engine import advance, refold
from yifa.language.acts import Actor, Command
from yifa.registry import line as line_of

CLOCK = Actor("时钟", frozenset({"system"}))


def due_cases(today: date) -> Iterator[UUID]:
    """Cases in which an effect has come about by today."""
    yield from Case.objects.filter(next_fire__lte=today).order_by("id").values_list("id", flat=True)


def tick(world: World) -> list[Answer]:
    """Note every effect that has come about and is not noted yet."""
    return [answer for case in due_cases(world.now().date()) for answer in _note(case, world)]


def _note(case: UUID, world: World) -> Iterator[Answer]:
    row = Case.objects.get(id=case)
    line = line_of(row.line)
    log = tuple(unseal(stored, line, world) for stored in store.events_of(case))
    today = world.now().date()
    view = advance(refold(line, world.env, log), today)
    noted = {(event.action, event.party) for event in log}
    for effect in view.effects:
        if (effect.code, effect.subject) not in noted:
            # Dated the day it is noted, not the day of the effect: an act of that last day must still defeat it.
            command = Command(effect.code, today, {}, effect.subject)
            place = "" if effect.clock is None else "/".join(str(part) for part in effect.clock)
            yield perform_noting(Ask(command, CLOCK, f"{case}:{effect.code}:{place}", row.line, case), world)
