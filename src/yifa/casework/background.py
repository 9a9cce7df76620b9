"""One round of everything that happens by itself. Each part may run at any time, twice, or late; none changes a date.

With a worker (`yifa worker`) the parts run on schedules (`casework.tasks`); without one, `yifa tick` runs a round.
"""

from collections.abc import Callable
from typing import NamedTuple

import structlog
from django.db import DatabaseError

from yifa.casework import alerts, clockwork, findings, log, notices, outbox
from yifa.casework.requests import World
from yifa.people import selectors as people
from yifa.people.models import Membership

journal = structlog.get_logger(__name__)


class Round(NamedTuple):
    """How much was done of each."""

    noted: int
    alerts: int
    todos: int
    sent: int
    failed: int
    sequenced: int


def run(world: World) -> Round:
    """Everything once, in the order in which one thing leads to another."""
    first = outbox.work(world)
    noted = len(clockwork.tick(world))
    raised = alerts.look(world)
    tasks = findings.look(world)
    findings.calendar_due(world)
    parked(world)
    second = outbox.work(world)
    return Round(noted, raised, tasks, first.done + second.done, first.failed + second.failed, log.sequence_all())


def parked(world: World) -> int:
    """Tell the system administrators, once a day, of what could not be sent out."""
    stuck = [item for item in outbox.waiting() if item.parked]
    if not stuck:
        return 0
    today = world.now().date()
    admins = Membership.objects.filter(people.on_day(today), role="system_admin", user__is_active=True)
    params = {"count": sum(item.parked for item in stuck), "kinds": "、".join(item.kind for item in stuck)}
    message = notices.Message("outbox_parked", params, "red", None, f"outbox:{today}")
    return len(notices.put(message, sorted(set(admins.values_list("user_id", flat=True))), world))
