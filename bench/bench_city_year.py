"""A simulated city-year: wall time, processor time, peak memory, events, rows and bytes, at the scale in SCALE (0.02).

It is built in a data folder of its own, which goes away. `JOBS` processes (2). The goal is for scale 1 on two idle cores.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
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
    try:
        start = time.monotonic()
        subprocess.run(
            [yifa, "simulate", "--scale", scale, "--jobs", jobs, "--out", str(folder / "tally.json")],
            env=env,
            check=True,
        )
        wall, used = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        found = subprocess.run(
            [sys.executable, "-c", COUNT], env=env, check=True, capture_output=True, text=True
        ).stdout.split()
        cases, events, rows, size = map(int, found)
        cpu = used.ru_utime + used.ru_stime
        print(
            f"\n  规模 {scale}，{jobs}个进程：{wall:.1f}秒，处理器{cpu:.1f}秒；最大单个进程内存{used.ru_maxrss / 1024:.0f} MiB"
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
