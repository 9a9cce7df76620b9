"""Casework on PostgreSQL: acts one commit each, bulk acts through COPY, the sequencer, receipts, verification, kills.

Beside each figure stands the raw ceiling of the same rows: PostgreSQL given finished rows by plain SQL in as many commits.
Everything runs in a database of its own with fsync on. Run: python -m bench casework
"""

import cProfile
import io
import os
import pstats
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import bench_ledger, crash
from bench.measure import number, table

WORKERS = 4
SECONDS = 8.0
CASES = 1_500  # of the bulk load, about a dozen acts each
KILLS = 200
Row = tuple[str, str, str, str]


def script(received: date, label: str) -> list[tuple[str, int, str | None, dict[str, Any]]]:
    """An ordinary case of reconsideration: act, days after receipt, party, data."""
    day = lambda n: received + timedelta(days=n)  # noqa: E731
    data = crash.application(label) | {
        "filed_on": received, "received_on": received, "known_on": day(-15),
        "act": {"type": "penalty", "doc_no": f"某罚〔2024〕{label}号", "made_on": day(-20)},
    }  # fmt: skip
    access = [("grant_file_access", 21, None, {"who": "测试甲", "what": [str(n)]}) for n in range(3)]
    return [
        ("receive_application", 0, None, data),
        ("accept", 3, None, {"accepted_on": day(3), "conditions_met": [1, 2, 3, 4, 5, 6, 7]}),
        ("assign_handler", 4, None, {"handlers": ["甲", "乙"]}),
        ("send_copy", 5, "某局", {"served_on": day(5)}),
        ("receive_reply", 14, "某局", {"received_on": day(14)}),
        ("hear_opinions", 20, None, {"mode": "phone", "record": "记录"}),
        *access,
        ("decide", 40, None, {"decision_type": "revoke"}),
        ("serve_decision", 44, "某局", {"served_on": day(44)}),
        ("close", 90, None, {}),
    ]  # fmt: skip


def asks(label: str, organ: str) -> Iterator[Any]:
    """Acts of case after case without end; the case of the last answer is sent in."""
    from yifa.casework.requests import Ask
    from yifa.language.acts import Actor, Command

    staff = Actor(
        "甲", frozenset({"window_clerk", "handler", "section_head", "body_head", "organ_head"}), organ
    )
    turn = 0
    while True:
        received, case = date(2024, 1, 2) + timedelta(days=turn % 200), None
        for step, (action, after, party, data) in enumerate(script(received, f"{label}/{turn}")[:-1]):
            command = Command(action, received + timedelta(days=after), data, party)
            case = yield Ask(command, staff, f"{label}/{turn}/{step}", "reconsideration", case, organ)
        turn += 1


def later_world() -> Any:
    """A world a year after, in which every act lies in the past."""
    from django.utils import timezone

    found = type(crash.world())(prefixes={"gz": "穗府", "th": "穗天府"})
    moment = timezone.make_aware(datetime(2025, 6, 2, 10))
    found.now = lambda: moment  # type: ignore[method-assign]
    return found


# ------------------------------------------------------------------------------ one commit each


def parallel(work: Callable[[int], int]) -> float:
    """Units a second over WORKERS forked processes, each working SECONDS."""
    from django.db import connections

    connections.close_all()
    pipes = []
    for worker in range(WORKERS):
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.write(writing, work(worker).to_bytes(8))
            except Exception:  # noqa: BLE001  the parent sees that nothing came
                traceback.print_exc()
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append((pid, reading))
    total = 0
    for pid, reading in pipes:
        told = os.read(reading, 8)
        os.close(reading)
        os.waitpid(pid, 0)
        assert told, "a worker failed"
        total += int.from_bytes(told)
    return total / SECONDS


def acting(worker: int, seconds: float = SECONDS) -> int:
    """Acts done through the door."""
    from yifa.casework.services import perform

    world, work = later_world(), asks(f"w{worker}/{time.time_ns()}", "gz")
    ask, count = next(work), 0
    perform_ = perform
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        done = perform_(ask, world)
        assert done, (ask.command.action, done)
        ask, count = work.send(done.case), count + 1  # type: ignore[union-attr, attr-defined]
    return count


# What the door writes for an act, as plain statements with finished values.
RAW = (
    "INSERT INTO casework_request (actor, key, body, case_id, at) VALUES ('甲', %(key)s, %(hash)s, %(case)s, now())",
    "SELECT id FROM casework_case WHERE id = %(case)s FOR UPDATE",
    "INSERT INTO casework_event (case_id, seq, action, effective_on, recorded_at, actor, payload, commitments, commitment, head) "
    "VALUES (%(case)s, %(seq)s, 'grant_file_access', '2024-01-31', now(), '甲', %(payload)s, %(commitments)s, %(hash)s, %(hash)s)",
    "INSERT INTO casework_waiting (event_id) VALUES (currval('casework_event_id_seq'))",
    "UPDATE casework_case SET next_seq = %(seq)s, head = %(hash)s WHERE id = %(case)s",
)  # fmt: skip


def writing(worker: int, seconds: float = SECONDS) -> int:
    """The same rows by plain SQL: connection, statements and commits are what PostgreSQL asks at least."""
    from uuid import uuid4

    from django.db import connection, transaction

    values: dict[str, Any] = {
        "case": uuid4(), "hash": bytes(32), "payload": os.urandom(900),
        "commitments": os.urandom(12 * (32 + 14)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_case (id, line, organ, origin, head, number, stage, version, version_final, closed, sensitive, "
            "facts, next_seq) VALUES (%(case)s, 'reconsideration', 'gz', 'gz', %(hash)s, '', '', '', false, false, false, '{}', 0)",
            values,
        )
        until, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < until:
            with transaction.atomic():
                for statement in RAW:
                    cursor.execute(statement, values | {"key": f"{worker}/{time.time_ns()}", "seq": count})
            count += 1
    return count


def online() -> Iterator[Row]:
    ours, raw = parallel(acting), parallel(writing)
    yield (
        f"acts, one commit each, {WORKERS} workers",
        f"{number(ours)}/s",
        beside(ours, raw),
        "goal 600/s, aim 1,000/s",
    )


def beside(ours: float, raw: float) -> str:
    return f"raw rows {number(raw)}/s ({ours / raw:.2f})"


def profile() -> str:
    """Where the time of an act goes, in one process: the dearest functions by their own time."""
    watch = cProfile.Profile()
    watch.enable()
    acting(99, 4.0)
    watch.disable()
    out = io.StringIO()
    pstats.Stats(watch, stream=out).sort_stats("tottime").print_stats(18)
    lines = out.getvalue().splitlines()
    return "\n".join(
        line.replace(sys.prefix, "").replace(os.getcwd(), "")[:150] for line in lines if line.strip()
    )


# ------------------------------------------------------------------------------ bulk


def load(organ: str, cases: int, label: str) -> int:
    """A load of whole cases; acts done."""
    from yifa.casework.bulk import BulkDriver

    world, work = later_world(), asks(label, organ)
    steps, count = len(script(date(2024, 1, 2), "")) - 1, 0
    with BulkDriver(world) as door:
        ask = next(work)
        for _ in range(cases):
            for _ in range(steps):
                done = door.perform(ask)
                assert done, (ask.command.action, done)
                ask, count = work.send(done.case), count + 1  # type: ignore[union-attr, attr-defined]
            door.release(done.case)  # type: ignore[union-attr]
    return count


def bulk() -> Iterator[Row]:
    """Two processes, one for each shard of organs: number series never cross shards."""
    from django.db import connections

    connections.close_all()
    start, children, acts = time.perf_counter(), [], 0
    for organ in ("gz", "th"):
        pid = os.fork()
        if pid == 0:
            try:
                load(organ, CASES, f"bulk/{organ}/{time.time_ns()}")
            finally:
                os._exit(0)
        children.append(pid)
    for pid in children:
        assert os.waitpid(pid, 0)[1] == 0
        acts += CASES * (len(script(date(2024, 1, 2), "")) - 1)
    ours = acts / (time.perf_counter() - start)
    yield "bulk acts through COPY, 2 processes", f"{number(ours)}/s", beside(ours, copying()), "goal 15,000/s"


def copying() -> float:
    """The same tables copied out and in again as finished rows, in one process."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_event")
        rows = int(cursor.fetchone()[0])
        buffers = {}
        for name in (
            "casework_event",
            "casework_waiting",
            "casework_clock",
            "casework_request",
            "casework_case",
        ):
            with cursor.copy(f"COPY {name} TO STDOUT (FORMAT BINARY)") as out:
                buffers[name] = b"".join(bytes(block) for block in out)
        for name in buffers:
            cursor.execute(f"CREATE TABLE raw_{name} (LIKE {name} INCLUDING INDEXES)")
        start = time.perf_counter()
        for name, data in buffers.items():
            with cursor.copy(f"COPY raw_{name} FROM STDIN (FORMAT BINARY)") as into:
                into.write(data)
        spent = time.perf_counter() - start
        for name in buffers:
            cursor.execute(f"DROP TABLE raw_{name}")
    return rows / spent


# ------------------------------------------------------------------------------ the log


def ledger() -> Iterator[Row]:
    """Leaves appended in memory beside pymerkle, then the sequencer with tiles, entries and marks in PostgreSQL."""
    entries = [n.to_bytes(8) * 9 for n in range(200_000)]
    memory = bench_ledger.rate(len(entries), lambda: bench_ledger.append_tiles(entries))
    peers = dict(bench_ledger.peer(entries[:50_000]))
    pymerkle = peers.get("pymerkle: append, in memory")
    yield "ledger appends, tiles in memory", f"{number(memory)}/s", _peer(memory, pymerkle), "goal 150,000/s"
    yield from sequencing()
    yield from receipts(peers.get("pymerkle: inclusion proofs"))


def _peer(ours: float, theirs: float | None) -> str:
    return f"pymerkle {number(theirs)}/s (×{ours / theirs:.1f})" if theirs else "pymerkle not installed"


def sequencing() -> Iterator[Row]:
    from django.db import connection

    from yifa.casework import log

    waiting, start = log.waiting(), time.perf_counter()
    log.sequence_all()
    ours = waiting / (time.perf_counter() - start)
    with connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute("CREATE TABLE raw_leaf (LIKE casework_leaf INCLUDING INDEXES)")
        cursor.execute("INSERT INTO raw_leaf SELECT * FROM casework_leaf")
        raw = cursor.rowcount / (time.perf_counter() - start)
        cursor.execute("DROP TABLE raw_leaf")
    yield "sequencer, kept in PostgreSQL and signed", f"{number(ours)}/s", beside(ours, raw), ""


def receipts(peer: float | None) -> Iterator[Row]:
    from yifa.casework import log
    from yifa.casework.models import EventRow

    places = list(EventRow.objects.order_by("place__leaf").values_list("case_id", "seq")[:20_000:40])
    start = time.perf_counter()
    for case, seq in places:
        assert log.receipt(case, seq) is not None
    ours = len(places) / (time.perf_counter() - start)
    yield (
        "receipts out of the database",
        f"{number(ours)}/s",
        _peer(ours, peer) + " proof alone, in memory",
        "",
    )


def verifying() -> Iterator[Row]:
    """The whole database by `yifa casework verify`'s functions; an export by the stand-alone verifier."""
    from yifa.casework import log
    from yifa.casework.audit import faults
    from yifa.casework.logcheck import log_faults
    from yifa.casework.models import Case, EventRow

    size = log.log_size()
    chosen = Case.objects.filter(line="reconsideration").exclude(number="").order_by("id")[:400]
    from yifa.casework.audit import case_faults, with_rows

    start, world = time.perf_counter(), later_world()
    events = 0
    for case in with_rows(chosen):
        assert not list(case_faults(case, world))
        events += case.next_seq
    per = (time.perf_counter() - start) / events
    yield (
        "every field and projection verified",
        f"{number(1 / per)} events/s",
        f"{per * 1e6:,.0f} s a million",
        "",
    )
    start = time.perf_counter()
    assert not [f for f in log_faults() if f.case is None]
    spent = time.perf_counter() - start
    yield (
        "the log against the database",
        f"{number(size / spent)} events/s",
        f"{spent / size * 1e6:,.1f} s a million",
        "",
    )
    with tempfile.TemporaryDirectory() as folder:
        log.export(Path(folder))
        command = [sys.executable, "-I", "-S", f"{folder}/verifier.py", folder, "--key", str(log.key())]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        spent = time.perf_counter() - start
        assert done.returncode == 0, done.stdout[:500]
    assert faults is not None
    assert EventRow.objects.count() == size
    yield (
        "an export by the stand-alone verifier",
        f"{number(size / spent)} events/s",
        f"{spent / size * 1e6:,.1f} s a million",
        "",
    )


def main() -> None:
    """Print the table, the profile of an act, and what the kills left."""
    folder = Path(tempfile.mkdtemp(prefix="yifa-bench-"))
    try:
        crash.prepare(folder)
        from yifa.platform import embedded

        rows: list[Row] = []
        for part in (bulk, ledger, verifying, online):
            rows += part()
        table(rows)
        print("\nprofile of acts, one process:\n" + profile())
        embedded.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "bench.crash", str(KILLS)], check=True)


if __name__ == "__main__":
    main()
