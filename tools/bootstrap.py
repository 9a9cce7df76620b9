"""Make `.venv` from the lock file, with nothing but Python 3.11 and its standard library.

A bare Debian 12 has no ensurepip, no pip and forbids installing outside an environment (PEP 668). So the
environment is made without pip, and pip is then found in one of three places, in this order: the wheels of
ensurepip; a pip that is already there, pointed at the new environment; Debian's package of the pip wheel,
unpacked without root. Nothing is installed outside the project folder.

Usage: python3.11 tools/bootstrap.py [GROUP]     GROUP: dev (default), base, bench
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = (3, 11)
Pip = list[str]


class BootstrapError(RuntimeError):
    """The environment cannot be made; the message says why and what to do, in Chinese and English."""


def run(command: Sequence[str], cwd: Path = ROOT) -> bool:
    """Whether the command succeeds; its output is kept back unless it is the installation itself."""
    return (
        subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    )


def require_python(version: Sequence[int]) -> None:
    """Refuse any other Python than 3.11, for which the lock files were made."""
    if tuple(version[:2]) != WANTED:
        found = ".".join(str(part) for part in version[:2])
        raise BootstrapError(f"需要 Python 3.11，现为 {found}。Python 3.11 is needed, found {found}.")


def environment(group: str) -> Path:
    """Where the group's environment lives; the benchmarks' peers have one of their own."""
    return ROOT / (".venv-bench" if group == "bench" else ".venv")


def fingerprint(group: str) -> str:
    """Changes when the lock, the project file or this script change."""
    parts = (ROOT / "requirements" / f"{group}.lock", ROOT / "pyproject.toml", Path(__file__))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


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


def install(group: str) -> None:
    """Make the environment and install what the lock names, then the project itself."""
    folder = environment(group)
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", str(folder)], check=True)
    pip = find_pip(python)
    quiet = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    lock = ROOT / "requirements" / f"{group}.lock"
    subprocess.run([*pip, "install", *quiet, "--require-hashes", "--no-deps", "-r", str(lock)], check=True)
    link = next(folder.glob("lib/python3.*/site-packages")) / "yifa.pth"
    link.write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = folder / "bin" / "yifa"
    command.write_text(f"#!{python}\nfrom yifa.cli import main\n\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    (folder / "fingerprint").write_text(fingerprint(group), encoding="utf-8")


def up_to_date(group: str) -> bool:
    """Whether the environment was made from the present lock."""
    stamp = environment(group) / "fingerprint"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint(group)


def main(arguments: Sequence[str]) -> int:
    """Entry point; returns the exit code."""
    group = arguments[0] if arguments else "dev"
    try:
        require_python(sys.version_info)
        if not up_to_date(group):
            print(f"正在安装运行环境 {environment(group).name}（首次需几分钟）……", flush=True)
            install(group)
    except (BootstrapError, subprocess.CalledProcessError) as error:
        print(f"安装失败：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
