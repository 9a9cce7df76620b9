"""`make demo`: a city-year built from records, its annual report, and the site on which it can be worked with.

SCALE   share of a real year (0.02); SEED; PORT (8000); SERVE=0 builds and does not serve. The data lie in the usual data
folder (YIFA_VAR, var/): deleting it starts anew. What is there already is kept and only served.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
OUT = ROOT / "out"
LOGINS = OUT / "logins.txt"
YEAR, DAY = "2023", "2024-01-15"


def setting(name: str, default: str) -> str:
    """A value of the environment."""
    return os.environ.get(name) or default


ENV = {**os.environ, "YIFA_DEMO_DAY": DAY, "YIFA_LOG_LEVEL": setting("YIFA_LOG_LEVEL", "WARNING")}


def yifa(*arguments: str) -> None:
    """One yifa command, its words shown as they come; the demonstration stops if it fails."""
    done = subprocess.run([str(BIN / "yifa"), *arguments], cwd=ROOT, env=ENV)
    if done.returncode:
        sys.exit(f"yifa {' '.join(arguments)} 失败（{done.returncode}）")


def step(title: str, work: Callable[[], object]) -> None:
    """A step with its time."""
    print(f"\n▶ {title} ……", flush=True)
    start = time.monotonic()
    work()
    print(f"  用时 {time.monotonic() - start:.1f} 秒", flush=True)


def built() -> bool:
    """Whether a year is there already."""
    code = (
        "import os,django; os.environ.setdefault('DJANGO_SETTINGS_MODULE','yifa.site.settings'); django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from yifa.casework.models import Case; raise SystemExit(0 if Case.objects.exists() else 3)"
    )
    return subprocess.run([str(BIN / "python"), "-c", code], cwd=ROOT, env=ENV).returncode == 0


def build() -> None:
    """The year with its people (whose log-ins `yifa simulate` keeps beside its tally), and the report."""
    scale, seed, tally = setting("SCALE", "0.02"), setting("SEED", "1"), str(OUT / "tally.json")
    step(f"模拟广州{YEAR}年（规模 {scale}，种子 {seed}），逐件经办案入口办理",
         lambda: yifa("simulate", "--year", YEAR, "--scale", scale, "--seed", seed, "--out", tally))  # fmt: skip
    step(
        f"生成{YEAR}年年度报告",
        lambda: yifa("report", "build", "--year", YEAR, "--known-at", DAY, "--out", str(OUT)),
    )


def serve() -> None:
    """The site, until it is interrupted."""
    port = setting("PORT", "8000")
    print(
        f"\n网站：http://127.0.0.1:{port}/   报告：{OUT / f'report-{YEAR}.html'}   按 Ctrl+C 结束。",
        flush=True,
    )
    if LOGINS.exists():
        print(LOGINS.read_text(encoding="utf-8"), flush=True)
    print("核对全部记录：.venv/bin/yifa ledger verify", flush=True)
    command = [str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "2",
               "--log-level", "warning", "yifa.site.wsgi:application"]  # fmt: skip
    os.chdir(ROOT)
    os.execve(command[0], command, ENV)  # noqa: S606 our own server, no shell wanted


def main() -> int:
    """Build what is not there, then serve."""
    start = time.monotonic()
    OUT.mkdir(exist_ok=True)
    if built():
        print("数据目录里已有案件，直接使用；要重新生成，请先删除数据目录（默认 var/）。")
    else:
        build()
        print(f"\n建成，共用时 {time.monotonic() - start:.0f} 秒。", flush=True)
    if setting("SERVE", "1") != "0":
        serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
