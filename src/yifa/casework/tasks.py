"""Background work on a queue in PostgreSQL (procrastinate, which finds this module by its name).

A job only says that it is time; what there is to do stands in the tables. So a job lost or run twice does no harm, and
jobs that fail are simply followed by the next one on the schedule. One of each kind waits at a time.
"""

from procrastinate.contrib.django import app

from yifa.casework import background, log, outbox
from yifa.casework import sweep as sweeping
from yifa.casework.world import SystemWorld

EVERY_MINUTE, EVERY_TEN_MINUTES, EVERY_NIGHT = "* * * * *", "*/10 * * * *", "30 3 * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="outbox", lock="outbox")
def outbox_round(timestamp: int) -> None:
    """Documents, follow-ups, mail."""
    outbox.work(SystemWorld())


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="sequencer", lock="sequencer")
def sequencer(timestamp: int) -> None:
    """Acts into the city's log, and a signed checkpoint."""
    log.sequence_all()


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queueing_lock="tick", lock="tick")
def tick(timestamp: int) -> None:
    """Effects noted, alerts raised, findings handed out."""
    background.tick(SystemWorld())


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="sweep", lock="sweep")
def sweep(timestamp: int) -> None:
    """Files that no act names are taken away."""
    sweeping.sweep(SystemWorld())
