"""The outbox: at least once, later after a failure, told when it keeps failing; nothing of a person in the log."""

import io
import json
import logging
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction

from tests.casework.bureau import Bureau, founded, moment, reconsideration, walk
from tests.casework.support import TestWorld
from tests.casework.test_perform import at_once
from yifa.casework import background, outbox, tasks
from yifa.casework.models import EventRow, Notice, Outbox, Waiting
from yifa.casework.outbox import FIRST_WAIT, LONGEST_WAIT, PARKED, Item, put_out, work
from yifa.people.models import Contact
from yifa.platform import embedded, logs

pytestmark = pytest.mark.django_db(transaction=True)


class Recorder:
    """A handler that says what it got and fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.seen: list[Item] = []
        self.failures = failures

    def __call__(self, item: Item, world: Any) -> None:
        self.seen.append(item)
        if len(self.seen) <= self.failures:
            raise ConnectionError("测试甲的邮箱拒收")


def test_an_item_is_done_once(world: TestWorld) -> None:
    handler = Recorder()
    put_out("mail", {"notice": 7}, world)
    assert work(world, known={"mail": handler}) == (1, 0)
    assert work(world, known={"mail": handler}) == (0, 0)
    (item,) = handler.seen
    assert (item.kind, item.body, item.case) == ("mail", {"notice": 7}, None)


def test_what_an_undone_transaction_put_out_is_not_there(world: TestWorld) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        put_out("mail", {}, world)
        raise RuntimeError
    assert work(world, known={"mail": Recorder()}) == (0, 0)


def test_a_failure_waits_twice_as_long_each_time(world: TestWorld) -> None:
    handler, waits = Recorder(failures=99), []
    put_out("mail", {}, world)
    for _ in range(14):
        assert work(world, known={"mail": handler}) == (0, 1)
        row = Outbox.objects.get()
        waits.append(row.next_try_at - world.moment)
        assert work(world, known={"mail": handler}) == (0, 0), "not before its time"
        world.moment = row.next_try_at
    assert waits[:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4, FIRST_WAIT * 8]
    assert waits[-1] == LONGEST_WAIT
    assert Outbox.objects.get().error == "ConnectionError", "the type alone: texts quote people"


def test_it_succeeds_in_the_end(world: TestWorld) -> None:
    handler = Recorder(failures=2)
    put_out("mail", {}, world)
    for _ in range(3):
        work(world, known={"mail": handler})
        world.moment += timedelta(hours=1)
    row = Outbox.objects.get()
    assert (row.done_at is not None, row.tries, row.error) == (True, 2, "")


def test_one_that_fails_does_not_keep_others(world: TestWorld) -> None:
    put_out("bad", {}, world)
    put_out("good", {}, world)
    assert work(world, known={"bad": Recorder(failures=9), "good": Recorder()}) == (1, 1)


def test_what_a_failing_handler_wrote_is_undone(world: TestWorld) -> None:
    def writes(item: Item, world: Any) -> None:
        put_out("more", {}, world)
        raise ValueError

    put_out("mail", {}, world)
    assert work(world, known={"mail": writes}) == (0, 1)
    assert not Outbox.objects.filter(kind="more").exists()


def test_a_body_that_was_moved_does_not_open(world: TestWorld) -> None:
    put_out("mail", {}, world)
    Outbox.objects.update(seq=4)
    assert work(world, known={"mail": Recorder()}) == (0, 1)
    assert Outbox.objects.get().error == "InvalidTag"


def test_kinds_without_a_handler_wait_for_theirs(world: TestWorld) -> None:
    put_out("pigeon", {}, world)
    assert work(world) == (0, 0)
    assert [tuple(w) for w in outbox.waiting()] == [("pigeon", 1, 0)]


def test_every_named_handler_is_there_or_not_built() -> None:
    found = outbox.handlers()
    assert "mail" in found
    assert set(found) <= set(outbox.HANDLERS)
    assert all(callable(handler) for handler in found.values())


def test_four_workers_share_the_work(world: TestWorld) -> None:
    for number in range(60):
        put_out("mail", {"n": number}, world)
    handler = Recorder()
    rounds = at_once(4, lambda _: work(world, known={"mail": handler}))  # type: ignore[arg-type, return-value]
    assert sum(r.done for r in rounds) == 60  # type: ignore[union-attr]
    assert sorted(item.body["n"] for item in handler.seen) == list(range(60))


@pytest.fixture
def bureau() -> Bureau:
    return founded()


def test_the_administrator_hears_of_what_keeps_failing(world: TestWorld, bureau: Bureau) -> None:
    put_out("mail", {"notice": 1}, world)
    Outbox.objects.update(tries=PARKED, error="ConnectionRefusedError")
    Outbox.objects.update(next_try_at=world.moment + timedelta(hours=3))
    background.run(world)
    background.run(world)
    assert [n.params["count"] for n in Notice.objects.filter(user=bureau.system, code="outbox_parked")] == [1]


def test_mail_that_cannot_be_sent_is_sent_later(
    world: TestWorld, bureau: Bureau, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    Contact.objects.create(user=bureau.head, email="head@example.test")
    walk(world, "reconsideration", date(2024, 3, 4), reconsideration(date(2024, 3, 4))[:1])
    world.moment = moment(date(2024, 3, 20))
    send = mail.EmailMessage.send

    def broken(message: mail.EmailMessage) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", broken)
    assert background.run(world).failed
    assert mailoutbox == []
    monkeypatch.setattr(mail.EmailMessage, "send", send)
    world.moment += timedelta(minutes=5)
    assert background.run(world).failed == 0
    assert mailoutbox


# ------------------------------------------------------------------------------ the queue


def test_jobs_do_what_a_round_does(world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SystemWorld", lambda: world)
    walk(world, "reconsideration", date(2024, 3, 4), reconsideration(date(2024, 3, 4))[:1])
    world.moment = moment(date(2024, 3, 13))
    for job in (tasks.tick, tasks.outbox_round, tasks.sequencer):
        job(timestamp=0)
    assert EventRow.objects.filter(action="deem_accepted").count() == 1
    assert not Waiting.objects.exists()


def test_jobs_are_on_the_schedule() -> None:
    from procrastinate.contrib.django import app

    planned = {
        name.rsplit(".", 1)[1]: p.cron for (name, _), p in app.periodic_registry.periodic_tasks.items()
    }
    assert {
        "outbox_round": "* * * * *",
        "sequencer": "* * * * *",
        "tick": "*/10 * * * *",
    }.items() <= planned.items()


def test_a_worker_takes_jobs_from_the_queue(world: TestWorld) -> None:
    """The command itself, on this database, in a process of its own."""
    walk(world, "reconsideration", date(2024, 3, 4), reconsideration(date(2024, 3, 4))[:1])
    tasks.sequencer.defer(timestamp=0)
    assert waiting_jobs() == 1
    now = embedded.status(Path(settings.DATABASES["default"]["EMBEDDED"]))
    environ = {
        **os.environ, "DATABASE_URL": embedded.dsn(now, str(connection.settings_dict["NAME"])), "YIFA_LOG_KEY": settings.LOG_KEY,
    }  # fmt: skip
    code = "import sys; from yifa.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "worker", "--once"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert EventRow.objects.get(seq=0).place.leaf == 0
    assert waiting_jobs() == 0, "what is done is not kept"


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%sequencer'")
        return int(cursor.fetchone()[0])


# ------------------------------------------------------------------------------ the log


def test_no_log_line_of_a_whole_course_names_anybody(world: TestWorld, bureau: Bureau) -> None:
    """Everything from receipt to a failing mail, at DEBUG, through the formatter of production."""
    stream = io.StringIO()
    formatter = logs.django_logging("DEBUG", "json")["formatters"]["structured"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter["()"](**{k: v for k, v in formatter.items() if k != "()"}))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        day = date(2024, 3, 4)
        walk(world, "reconsideration", day, reconsideration(day))
        put_out("mail", {"name": "测试甲"}, world)
        work(world, known={"mail": Recorder(failures=1)})
        with connection.cursor() as cursor, pytest.raises(Exception, match="测试甲"):
            cursor.execute("SELECT %s::int", ("测试甲",))
        background.run(world)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert any(line["event"] == "outbox_failed" and line["error"] == "ConnectionError" for line in lines)
    for secret in ("测试甲", "测试路", "事实不清", "某局"):
        assert secret not in stream.getvalue()
