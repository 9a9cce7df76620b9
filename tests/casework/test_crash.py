"""Killed at random points, twenty times: no acknowledged act is lost or doubled, and the ledger verifies.

`make bench` does it two hundred times. The harness is `bench/crash.py`; that it can see a loss is tested here too.
"""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from bench import crash

from tests.casework.support import TestWorld
from yifa.casework.models import EventRow
from yifa.casework.services import perform

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_twenty_kills_lose_and_double_nothing() -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("YIFA_")}
    command = [sys.executable, "-m", "bench.crash", "20", "7"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("20 kills, 5 of them with the database: "), done.stdout
    assert ", 0 lost, 0 doubled, 0 faults in the ledger" in done.stdout
    acknowledged = int(done.stdout.split(" acknowledged")[0].rsplit(" ", 1)[1].replace(",", ""))
    assert acknowledged > 50, "they were killed at work, not before it"


# ------------------------------------------------------------------------------ the harness can see


@pytest.fixture
def told(world: TestWorld, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> list[object]:
    """What a writer tells of two acts, both done."""
    monkeypatch.setattr(crash, "world", lambda: world)
    work, messages = crash.asks(str(uuid4())), []
    world.moment = world.moment.replace(month=2, day=5)
    ask = next(work)
    for _ in range(2):
        done = perform(ask, world)
        assert done, done
        messages += [("asked", ask), ("done", ask.key, done.case, done.seq)]  # type: ignore[union-attr]
        ask = work.send(done)
    return messages


def test_sound_acts_are_sound(told: list[object]) -> None:
    found = crash._looked(told)
    assert (found.asked, found.acknowledged, found.sound) == (2, 2, True)


def test_an_act_asked_for_and_not_done_is_done_by_asking_again(told: list[object], world: TestWorld) -> None:
    work = crash.asks("more")
    found = crash._looked([*told, ("asked", next(work))])
    assert (found.asked, found.acknowledged, found.sound) == (3, 2, True)
    assert EventRow.objects.filter(request__key="more/0").count() == 1


def test_a_lost_act_is_seen(told: list[object]) -> None:
    EventRow.objects.filter(seq=1).delete()
    assert crash._looked(told).lost == 1


def test_an_act_told_with_another_number_is_seen(told: list[object]) -> None:
    kind, key, case, seq = told[-1]  # type: ignore[misc]
    assert crash._looked([*told[:-1], (kind, key, case, seq + 1)]).lost == 1


def test_a_doubled_act_is_seen(told: list[object]) -> None:
    row = EventRow.objects.get(seq=1)
    row.pk, row.seq = None, 2
    row.save()
    found = crash._looked(told)
    assert found.doubled == 1
    assert not found.sound


def test_a_gap_in_the_numbers_is_seen(told: list[object]) -> None:
    crash_free = crash._gaps()
    from yifa.casework.models import NumberSeries

    NumberSeries.objects.update(last=9)
    assert (crash_free, crash._gaps()) == (0, 1)


def test_what_a_child_had_told_is_read_up_to_the_word_it_was_killed_in() -> None:
    read, write = os.pipe()
    crash._tell(write, ("asked", 1))
    os.write(write, (99).to_bytes(4) + b"half")
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert list(crash._messages(pipe)) == [("asked", 1)]


def test_what_a_writer_tells_goes_through_a_pipe(told: list[object], world: TestWorld) -> None:
    read, write = os.pipe()

    def tell(message: object) -> None:
        crash._tell(write, message)
        if message[0] == "done":  # type: ignore[index]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash.write(str(uuid4()), tell)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        asked, done = crash._messages(pipe)
    assert asked[1].key == done[1]


def test_a_writer_that_fails_for_another_reason_is_not_passed_over(told: list[object]) -> None:
    with pytest.raises(RuntimeError, match="TypeError"):
        crash._looked([*told, ("failed", "TypeError: no")])
    assert crash._looked([*told, ("failed", "OperationalError: gone")]).sound


def test_only_the_servers_own_processes_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr("yifa.platform.embedded.status", lambda: SimpleNamespace(pid=os.getpid()))
    monkeypatch.setattr(os, "kill", lambda pid, _: killed.append(pid))
    crash.kill_database()
    monkeypatch.undo()
    child.kill()
    child.wait()
    assert killed[0] == os.getpid()
    assert child.pid in killed
