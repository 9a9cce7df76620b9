"""One round of everything that happens by itself. Each part may run at any time, twice, or late; none changes a date.

With a worker (`yifa worker`) the parts run on schedules (`casework.tasks`); without one, `yifa tick` runs a round.
"""

from typing import NamedTuple

from yifa.casework import alerts, clockwork, findings, log, notices, outbox, unfinished
from yifa.casework.requests import World


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
    before = outbox.work(world)
    told = tick(world)
    after = outbox.work(world)
    return Round(*told, before.done + after.done, before.failed + after.failed, log.sequence_all())


def tick(world: World) -> tuple[int, int, int]:
    """The time's part: effects noted, alerts raised, findings handed out, old unfinished forms swept away."""
    noted, raised, tasks = len(clockwork.tick(world)), alerts.look(world), findings.look(world)
    findings.calendar_due(world)
    parked(world)
    unfinished.sweep(world.now())
    return noted, raised, tasks


def parked(world: World) -> int:
    """Tell the system administrators, once a day, of what could not be sent out."""
    stuck = [item for item in outbox.waiting() if item.parked]
    if not stuck:
        return 0
    today = world.now().date()
    params = {"count": sum(item.parked for item in stuck), "kinds": "、".join(item.kind for item in stuck)}
    message = notices.Message("outbox_parked", params, "red", None, f"outbox:{today}")
    return len(notices.put(message, notices.administrators(today), world))


def serve(once: bool = False) -> None:
    """Work off the queue on its schedules until SIGTERM; `once`: what is due now, then return."""
    from procrastinate.contrib.django import app

    # Django's connections cannot wait for a NOTIFY; the worker has some of its own.
    with app.replace_connector(app.connector.get_worker_connector()) as own:  # type: ignore[attr-defined]
        own.run_worker(wait=not once, install_signal_handlers=True, delete_jobs="successful")
