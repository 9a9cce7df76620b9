"""A simulated city-year: wall time, processor time, peak memory, events, rows and bytes, at the scale in SCALE (0.02).

It is built in a data folder of its own, which goes away. `JOBS` processes (2). The goal is for scale 1 on two idle cores.
Processor time and memory are those of all processes together, the database's among them; memory is what the kernel
counts as theirs (proportional set size), looked at twice a second.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from yifa.platform import embedded

GOAL = "目标（规模1、2核）：办理与入账 < 5分钟，峰值内存 < 4 GiB"
COUNT = """
import django; django.setup()
from django.db import connection
from yifa.casework.models import Case, EventRow
with connection.cursor() as cursor:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    rows = 0
    for (name,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        rows += cursor.fetchone()[0]
    cursor.execute("SELECT pg_database_size(current_database())")
    size = cursor.fetchone()[0]
print(Case.objects.count(), EventRow.objects.count(), rows, size)
"""


class Watch(threading.Thread):
    """Looks at our descendants and the database's processes until told to stop."""

    def __init__(self, data: Path) -> None:
        super().__init__(daemon=True)
        self._data, self._over = data, threading.Event()
        self.peak = {"ours": 0, "database": 0, "together": 0}  # KiB
        self.database_cpu = 0.0  # seconds

    def run(self) -> None:
        while not self._over.wait(0.5):
            server = embedded.status(self._data).pid
            own = sum(_memory(pid) for pid in _below(os.getpid()))
            tree = [] if server is None else [server, *_below(server)]
            others = sum(_memory(pid) for pid in tree)
            now = {"ours": own, "database": others, "together": own + others}
            self.peak = {name: max(now[name], self.peak[name]) for name in now}
            self.database_cpu = max(self.database_cpu, sum(_cpu(pid, pid == server) for pid in tree))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _below(pid: int) -> Iterator[int]:
    """All descendants that live."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from _below(child)


def _memory(pid: int) -> int:
    """Proportional set size in KiB; nothing of a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _cpu(pid: int, with_children: bool) -> float:
    """Seconds of processor time of a process, with those of its children that are gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11 : 15 if with_children else 13])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Build it, and print what it took."""
    scale, jobs = os.environ.get("SCALE") or "0.02", os.environ.get("JOBS") or "2"
    folder = Path(tempfile.mkdtemp(prefix="yifa-year-"))
    env = {
        **os.environ,
        "YIFA_VAR": str(folder),
        "YIFA_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "yifa.site.settings",
    }
    yifa = str(Path(sys.executable).with_name("yifa"))
    watch = Watch(folder / "pg")
    watch.start()
    try:
        start = time.monotonic()
        subprocess.run(
            [
                yifa,
                "simulate",
                "--no-last-year",
                "--scale",
                scale,
                "--jobs",
                jobs,
                "--out",
                str(folder / "tally.json"),
            ],
            env=env,
            check=True,
        )
        wall, used = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        watch.stop()
        found = subprocess.run(
            [sys.executable, "-c", COUNT], env=env, check=True, capture_output=True, text=True
        ).stdout.split()
        cases, events, rows, size = map(int, found)
        cpu, peak = used.ru_utime + used.ru_stime, {name: kib / 1024 for name, kib in watch.peak.items()}
        print(
            f"\n  规模 {scale}，{jobs}个进程：{wall:.1f}秒，处理器{cpu:.1f}秒，数据库另用{watch.database_cpu:.1f}秒；"
            f"最大单个进程内存{used.ru_maxrss / 1024:.0f} MiB"
        )
        print(
            f"  内存峰值：全部进程{peak['together']:.0f} MiB（程序{peak['ours']:.0f}，数据库{peak['database']:.0f}）"
        )
        print(
            f"  案件{cases:,}，办理记录{events:,}（每条处理器{cpu / events * 1e6:.0f}微秒），全库{rows:,}行，{size / 2**20:,.0f} MiB"
        )
        print(f"  {GOAL}")
    finally:
        embedded.stop(folder / "pg")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
