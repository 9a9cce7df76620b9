"""Make `.venv` from the lock file, with nothing but Python 3.11 and its standard library.

A bare Debian 12 has no ensurepip, no pip and forbids installing outside an environment (PEP 668). So the
environment is made without pip, and pip is then found in one of three places, in this order: the wheels of
ensurepip; a pip that is already there, pointed at the new environment; Debian's package of the pip wheel,
unpacked without root. Nothing is installed outside the project folder.

An environment that was once complete is brought up to date in place, so that programs running in it go on;
one whose making was cut short is made anew.

Usage: python3.11 tools/bootstrap.py [GROUP]     GROUP: dev (default), base, bench
"""

import fcntl
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = (3, 11)
GROUPS = ("base", "dev", "bench")
KEPT = frozenset({"pip", "yifa"})  # in the environment, yet in no lock
Pip = list[str]


class BootstrapError(RuntimeError):
    """The environment cannot be made; the message says why and what to do, in Chinese and English."""


def run(command: Sequence[str], cwd: Path | None = None) -> bool:
    """Whether the command is there and succeeds; its output is kept back."""
    try:
        return subprocess.run(command, cwd=cwd or ROOT, capture_output=True).returncode == 0
    except OSError:  # the program is not on this machine
        return False


def require_python(version: tuple[int, ...]) -> None:
    """Refuse any other Python than 3.11, for which the lock files were made."""
    if version[:2] != WANTED:
        found = ".".join(str(part) for part in version[:2])
        raise BootstrapError(f"需要 Python 3.11，现为 {found}。Python 3.11 is needed, found {found}.")


def require_group(group: str) -> None:
    """Refuse a group that has no lock file."""
    if group not in GROUPS:
        known = "、".join(GROUPS)
        raise BootstrapError(f"没有“{group}”这一组依赖，可用：{known}。No group {group!r}.")


def environment(group: str) -> Path:
    """Where the group's environment lives; the benchmarks' peers have one of their own."""
    return ROOT / (".venv-bench" if group == "bench" else ".venv")


def lock_file(group: str) -> Path:
    """The resolved set of the group."""
    return ROOT / "requirements" / f"{group}.lock"


def fingerprint(group: str) -> str:
    """Changes with the lock, the project's metadata, this script and the folder (scripts hold its path)."""
    files = (lock_file(group), ROOT / "requirements" / "base.in", ROOT / "pyproject.toml", Path(__file__))
    return hashlib.sha256(b"\0".join([bytes(ROOT), *(file.read_bytes() for file in files)])).hexdigest()


def pip_of_ensurepip(python: Path) -> Pip | None:
    """pip put into the environment by ensurepip, where Python carries its wheels."""
    return [str(python), "-m", "pip"] if run([str(python), "-m", "ensurepip", "--upgrade"]) else None


def pip_of_system(python: Path) -> Pip | None:
    """A pip that is already on this machine, made to work on our environment."""
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    return pip if run([*pip, "--version"]) else None


def pip_of_debian(python: Path) -> Pip | None:
    """The pip wheel of Debian's package python3-pip-whl, unpacked under var/ without root."""
    folder = ROOT / "var" / "bootstrap"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        if not _download("python3-pip-whl", Path(scratch)):
            return None
        for package in Path(scratch).glob("*.deb"):
            run(["dpkg", "-x", str(package), str(folder)])
    wheels = sorted(folder.glob("usr/share/python-wheels/pip-*.whl"))
    return [str(python), str(wheels[-1] / "pip")] if wheels else None


def _download(package: str, folder: Path) -> bool:
    """Fetch a Debian package; on an image without package lists, fetch the lists first."""
    fetch = ["apt-get", "-o", "APT::Sandbox::User=root", "download", package]
    return run(fetch, folder) or (run(["apt-get", "update"]) and run(fetch, folder))


SOURCES: tuple[Callable[[Path], Pip | None], ...] = (pip_of_ensurepip, pip_of_system, pip_of_debian)


def find_pip(python: Path, sources: Sequence[Callable[[Path], Pip | None]] = SOURCES) -> Pip:
    """The first pip that works."""
    for source in sources:
        pip = source(python)
        if pip is not None:
            return pip
    raise BootstrapError(
        "找不到可用的 pip：请安装 python3-venv 或 python3-pip 后重试。"
        "No usable pip: install python3-venv or python3-pip and try again."
    )


def normal(name: str) -> str:
    """A distribution's name as the packaging specification compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def surplus(folder: Path, group: str) -> list[str]:
    """Distributions in the environment that the lock does not name."""
    locked = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", lock_file(group).read_text(encoding="utf-8"), re.M)
    found = {normal(d.name.split("-")[0]) for d in folder.glob("lib/python3.*/site-packages/*.dist-info")}
    return sorted(found - {normal(name) for name in locked} - KEPT)


def stamp(group: str) -> Path:
    """The mark of a complete environment: the fingerprint it was made from."""
    return environment(group) / "fingerprint"


def alive(group: str) -> bool:
    """Whether the environment was once complete and its Python still runs."""
    return stamp(group).exists() and run([str(environment(group) / "bin" / "python"), "-c", ""])


def install(group: str) -> None:
    """Make or update the environment: what the lock names, nothing else, then the project itself."""
    folder = environment(group)
    python = folder / "bin" / "python"
    if not alive(group):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", str(folder)], check=True)
    stamp(group).unlink(missing_ok=True)
    pip = find_pip(python)
    quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    into = [*pip, "install", *quiet, "--no-deps"]
    subprocess.run([*into, "--require-hashes", "-r", str(lock_file(group))], check=True)
    subprocess.run([*into, "--no-build-isolation", "--editable", str(ROOT)], check=True)
    if extra := surplus(folder, group):
        subprocess.run([*pip, "uninstall", *quiet, "--yes", *extra], check=True)
    stamp(group).write_text(fingerprint(group), encoding="utf-8")


def up_to_date(group: str) -> bool:
    """Whether the environment was made here from the present lock; a dangling Python does not count."""
    python, mark = environment(group) / "bin" / "python", stamp(group)
    return python.exists() and mark.exists() and mark.read_text(encoding="utf-8") == fingerprint(group)


@contextmanager
def alone() -> Iterator[None]:
    """One installation at a time: two runs of make may share this folder."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "bootstrap.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def ensure(group: str) -> None:
    """Install unless the environment is up to date; whoever waited for another looks again."""
    if up_to_date(group):
        return
    with alone():
        if not up_to_date(group):
            print(f"正在安装运行环境 {environment(group).name}（首次需几分钟）……", flush=True)
            install(group)


def main(arguments: Sequence[str]) -> int:
    """Entry point; returns the exit code."""
    group = arguments[0] if arguments else "dev"
    try:
        require_python(sys.version_info[:2])
        require_group(group)
        ensure(group)
    except (BootstrapError, subprocess.CalledProcessError) as error:
        print(f"安装失败 installation failed：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
