"""Crash test: writers, the sequencer and the database are killed (SIGKILL) at random points; nothing may be lost or doubled.

Run: python -m bench.crash [rounds] [seed]. Starts an embedded server of its own in a temporary folder, with fsync on.
A round: three writers act through the door and a fourth process appends to the log; after a random moment all of them are
killed, in every fourth round the database too. Then, on the database as it came up again: every act that was
acknowledged is there once, with the number it was told; every act that was asked for and not acknowledged is there once or not,
and asking again with the same key leaves it there once; numbers have no gap; the log verifies.
"""

import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

WRITERS = 3
DAY = date(2024, 1, 31)


class Tally(NamedTuple):
    """What was seen over all rounds."""

    rounds: int = 0
    asked: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    log_faults: int = 0
    restarts: int = 0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.log_faults)


def prepare(folder: Path) -> None:
    """A database of our own, migrated."""
    os.environ.update(
        YIFA_VAR=str(folder), DJANGO_SETTINGS_MODULE="yifa.site.settings", YIFA_LOG_LEVEL="ERROR"
    )
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from yifa.registry import line

    line("reconsideration")  # loaded once, before the forks


def application(key: str) -> dict[str, Any]:
    """A complete application by nobody."""
    return {
        "filed_on": DAY, "received_on": DAY, "channel": "in_person", "applicants": [{"id": f"a-{key}", "name": "测试甲"}],
        "respondents": ["某局"], "act": {"type": "penalty", "doc_no": f"某罚〔2024〕{key}号", "made_on": DAY - timedelta(days=20)},
        "act_category": 1, "known_on": DAY - timedelta(days=15), "remedy_told": "all", "requests": ["revoke"],
        "facts_reasons": "认为处罚认定事实不清、证据不足", "service_address": "测试路1号", "e_service_consent": True,
    }  # fmt: skip


@cache
def world() -> Any:
    from django.utils import timezone

    from yifa.casework.world import SystemWorld

    class Then(SystemWorld):
        """The system's world on a day in 2024, without the city's reviewers."""

        def now(self) -> datetime:
            return timezone.make_aware(datetime(2024, 2, 5, 10))

        def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
            return ()

    return Then(prefixes={"gz": "穗府"})


def asks(label: str) -> Any:
    """Acts of one writer without end; what was answered is sent in. Every fifth opens a case."""
    from yifa.casework.requests import Ask
    from yifa.language.acts import Actor, Command

    staff = Actor("甲", frozenset({"window_clerk", "handler", "section_head"}), "gz")
    case, number = None, 0
    while True:
        if number % 5 == 0:
            case, command = None, Command("receive_application", DAY, application(f"{label}/{number}"))
        elif number % 5 == 1:
            data = {"accepted_on": DAY, "conditions_met": [1, 2, 3, 4, 5, 6, 7]}
            command = Command("accept", DAY, data)
        else:
            command = Command("grant_file_access", DAY, {"who": "测试甲", "what": [str(number)]})
        done = yield Ask(command, staff, f"{label}/{number}", "reconsideration", case, "gz")
        case, number = done.case, number + 1


def write(label: str, tell: Callable[[Any], None]) -> None:
    """Act until killed; tell of every ask before it is made and of every answer after."""
    from yifa.casework.services import perform

    here, work = world(), asks(label)
    ask = next(work)
    while True:
        ask = ask._replace(attached=dict(ask.attached))  # read-only mappings do not travel through a pipe
        tell(("asked", ask))
        done = perform(ask, here)
        assert done, done
        tell(("done", ask.key, done.case, done.seq))
        ask = work.send(done)


def append(label: str, tell: Callable[[Any], None]) -> None:
    """Sequence until killed."""
    from yifa.casework import log

    while True:
        log.sequence(limit=7)
        time.sleep(0.01)


class Child:
    """A forked process whose messages come through a pipe."""

    def __init__(self, work: Callable[[str, Callable[[Any], None]], None], label: str) -> None:
        self.reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.reading)
            _run(work, label, writing)
        os.close(writing)

    def end(self) -> list[Any]:
        """Kill it; what it had told."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        with os.fdopen(self.reading, "rb") as pipe:
            return list(_messages(pipe))


def _run(work: Callable[[str, Callable[[Any], None]], None], label: str, pipe: int) -> None:
    """The life of a child; it never returns into the parent's code."""
    try:
        work(label, lambda message: _tell(pipe, message))
    except BaseException as error:  # noqa: BLE001  the database was killed under it, or something is wrong
        _tell(pipe, ("failed", f"{type(error).__name__}: {error}"))
        os._exit(1)
    os._exit(0)


def _tell(pipe: int, message: Any) -> None:
    data = pickle.dumps(message)
    os.write(pipe, len(data).to_bytes(4) + data)


def _messages(pipe: Any) -> Any:
    while head := pipe.read(4):
        data = pipe.read(int.from_bytes(head))
        if len(head) == 4 and len(data) == int.from_bytes(head):
            yield pickle.loads(data)  # noqa: S301  our own child's words


def kill_database() -> None:
    """The server and all its processes at once, as when the power fails."""
    from yifa.platform import embedded

    pid = embedded.status().pid
    assert pid is not None
    for victim in [pid, *_children(pid)]:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def one_round(number: int, chance: random.Random) -> Tally:
    """Let them work, kill them, look."""
    from django.db import connections

    connections.close_all()  # a connection must not be shared with a fork
    children = [Child(write, f"{number}/{n}") for n in range(WRITERS)] + [Child(append, "log")]
    time.sleep(chance.uniform(0.05, 0.6))
    with_database = number % 4 == 3
    if with_database:
        kill_database()
    told = [message for child in children for message in child.end()]
    return _looked(told)._replace(rounds=1, restarts=int(with_database))


def _looked(told: list[Any]) -> Tally:
    from yifa.casework import log
    from yifa.casework.logcheck import log_faults
    from yifa.casework.services import perform

    odd = [
        message[1]
        for message in told
        if message[0] == "failed" and not message[1].startswith("OperationalError")
    ]
    if odd:
        raise RuntimeError(odd[0])
    asked = {message[1].key: message[1] for message in told if message[0] == "asked"}
    done = {message[1]: message[2:] for message in told if message[0] == "done"}
    lost = sum(_events(key) != [place] for key, place in done.items())
    doubled = sum(len(_events(key)) > 1 for key in asked)
    here = world()
    for key in asked.keys() - done.keys():
        again = perform(asked[key], here)
        lost += not again or len(_events(key)) != 1
    log.sequence_all()
    return Tally(0, len(asked), len(done), lost, doubled, len(log_faults()) + _gaps())


def _events(key: str) -> list[tuple[Any, int]]:
    from yifa.casework.models import EventRow

    return list(EventRow.objects.filter(request__key=key).values_list("case_id", "seq"))


def _gaps() -> int:
    """Numbers that were given must be 1, 2, … n."""
    from yifa.casework.models import NumberGiven, NumberSeries

    texts = NumberGiven.objects.filter(kind="case").values_list("text", flat=True)
    given = sorted(int(text.split("〕")[1][:-1]) for text in texts)
    last = (
        NumberSeries.objects.filter(kind="reconsideration.case").values_list("last", flat=True).first() or 0
    )
    return int(given != list(range(1, last + 1)))


def crash(rounds: int, seed: int, tell: Callable[[str], None] = print) -> Tally:
    """All rounds in one database of their own; at the end every case is verified as a whole."""
    folder = Path(tempfile.mkdtemp(prefix="yifa-crash-"))
    try:
        prepare(folder)
        from yifa.casework.audit import faults
        from yifa.platform import embedded

        chance, total = random.Random(seed), Tally()
        for number in range(rounds):
            total = total.plus(one_round(number, chance))
            if not total.sound:
                tell(f"round {number} with seed {seed}: {total}")
                break
        wrong = list(faults(world()))
        embedded.stop()
        return total._replace(log_faults=total.log_faults + len(wrong))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(rounds: int = 20, seed: int = 1) -> int:
    """Print what was seen; 0 if nothing was lost."""
    found = crash(rounds, seed)
    print(
        f"{found.rounds} kills, {found.restarts} of them with the database: {found.asked:,} acts asked, "
        f"{found.acknowledged:,} acknowledged, {found.lost} lost, {found.doubled} doubled, {found.log_faults} faults in the ledger"
    )
    return 0 if found.sound else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
