"""The tick: notes effects of law that have come about, once each. It changes no date; it may run any day, or late."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from yifa.casework import store
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask, World
from yifa.casework.services import perform_noting
from yifa.engine import advance
from yifa.engine.history import legal_day
from yifa.language.acts import Actor, Command
from yifa.language.view import View
from yifa.registry import line as line_of

CLOCK = Actor("系统", frozenset({"system"}))


def due_cases(today: date) -> Iterator[UUID]:
    """Cases in which an effect has come about by today, in the order of the effects."""
    yield from (
        Case.objects.filter(next_fire__lte=today).order_by("next_fire", "id").values_list("id", flat=True)
    )


def tick(world: World) -> list[Answer]:
    """Note every effect that has come about and is not noted yet."""
    return [answer for case in due_cases(world.now().date()) for answer in _note(case, world)]


def _note(case: UUID, world: World) -> Iterator[Answer]:
    row, today = Case.objects.get(id=case), world.now().date()
    view = advance(store.view_of(case, line_of(row.line), world), today)
    for ask in notings(case, row.line, view, today):
        yield perform_noting(ask, world)


def notings(case: UUID, line: str, view: View, today: date) -> Iterator[Ask]:
    """What is still to be noted of the effects that have come about in `view`."""
    noted = [
        (event.action, event.party, legal_day(event.effective_on))
        for event in view.events
        if line_of(line).effect(event.action)
    ]
    for effect in view.effects:
        own = next((n for n in noted if n[:2] == (effect.code, effect.subject) and n[2] >= effect.on), None)
        if own is not None:
            noted.remove(own)  # an effect that comes about a second time is noted a second time
        else:
            # Dated the day it is noted, not the day of the effect: an act of that last day must still defeat it.
            command = Command(effect.code, today, {}, effect.subject)
            place = "" if effect.clock is None else "/".join(str(part) for part in effect.clock)
            yield Ask(command, CLOCK, f"{case}:{effect.code}:{place}", line, case)
