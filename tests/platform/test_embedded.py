"""The embedded server: started on demand, joined, killed, started again. Every test has a cluster of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yifa.platform import embedded
from yifa.platform.embedded import EmbeddedError

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="yifa-test-"))
    data = root / "pg"
    embedded.ensure_running(data)
    yield data
    embedded.stop(data)
    shutil.rmtree(root)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: other runs of pytest keep closing that one to the server's user."""
    root = Path(tempfile.mkdtemp(prefix="yifa-test-"))
    yield root
    embedded.stop(root / "pg")
    shutil.rmtree(root)


def ask(dsn: str, query: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def in_another_process(data: Path, code: str) -> subprocess.Popen[str]:
    source = (
        f"from pathlib import Path\nfrom yifa.platform import embedded\ndata = Path({str(data)!r})\n{code}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", source], stdout=subprocess.PIPE, text=True, env=environment()
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def wait_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except FileNotFoundError:
            return
        time.sleep(0.02)
    raise AssertionError(f"process {pid} lives on")


def test_it_answers_and_says_so(cluster: Path) -> None:
    dsn = embedded.ensure_running(cluster)
    now = embedded.status(cluster)
    assert now.running
    assert now.initialised
    assert ask(dsn, "SELECT current_database()") == "yifa"
    assert ask(dsn, "SHOW data_directory") == str(cluster)
    assert str(ask(dsn, "SHOW server_version")).startswith("18")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data_checksums", "on"), ("server_encoding", "UTF8"),
        ("listen_addresses", ""), ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"),
    ],
)  # fmt: skip
def test_how_it_is_run(cluster: Path, name: str, value: str) -> None:
    assert ask(embedded.ensure_running(cluster), f"SHOW {name}") == value


def test_chinese_is_known_to_the_locale(cluster: Path) -> None:
    dsn = embedded.ensure_running(cluster)
    assert ask(dsn, "SELECT '公证' ~ '^[[:alpha:]]+$'") is True


def test_its_log_holds_no_values(cluster: Path) -> None:
    dsn = embedded.ensure_running(cluster)
    with psycopg.connect(dsn, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS secret (name text PRIMARY KEY)")
        connection.execute("INSERT INTO secret VALUES (%s)", ("测试甲",))
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO secret VALUES (%s)", ("测试甲",))
    log = (cluster / "server.log").read_text(encoding="utf-8")
    assert "secret_pkey" in log
    assert "测试甲" not in log


def test_the_socket_is_private(cluster: Path) -> None:
    socket = embedded.status(cluster).socket
    assert socket is not None
    assert socket.stat().st_mode & 0o077 == 0
    assert (socket / embedded.SOCKET_NAME).stat().st_mode & 0o077 == 0


def test_a_second_process_joins_and_leaves_it_running(cluster: Path) -> None:
    first = embedded.status(cluster).pid
    process = in_another_process(cluster, "embedded.ensure_running(data); print(embedded.status(data).pid)")
    assert process.communicate(timeout=30)[0].strip() == str(first)
    assert process.returncode == 0
    assert embedded.status(cluster).pid == first


def test_processes_starting_at_once_share_one_new_durable_cluster(folder: Path) -> None:
    data = folder / "pg"
    code = "dsn = embedded.ensure_running(data); print(embedded.status(data).pid, dsn)"
    processes = [in_another_process(data, code) for _ in range(2)]
    answers = {process.communicate(timeout=60)[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0]
    (answer,) = answers
    pid, dsn = answer.split()
    assert pid == str(embedded.status(data).pid)
    # This process's own servers go without, to be quick (tests.pg); these were started by processes like the users'.
    assert [ask(dsn, "SHOW fsync"), ask(dsn, "SHOW full_page_writes")] == ["on", "on"]


def test_killed_hard_it_starts_again_with_what_was_committed(cluster: Path) -> None:
    dsn = embedded.ensure_running(cluster)
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    old = embedded.status(cluster).pid
    assert old is not None
    os.kill(old, signal.SIGKILL)
    wait_gone(old)
    assert (cluster / "postmaster.pid").exists()
    assert not embedded.status(cluster).running
    assert ask(embedded.ensure_running(cluster), "SELECT one FROM kept") == 1
    assert embedded.status(cluster).pid != old


def test_a_stale_pid_file_naming_a_living_stranger(cluster: Path) -> None:
    """The number of the dead server may since belong to another program: here, this very test."""
    embedded.ensure_running(cluster)
    lines = (cluster / "postmaster.pid").read_text().splitlines()
    embedded.stop(cluster)
    (cluster / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert not embedded.status(cluster).running
    assert ask(embedded.ensure_running(cluster), "SELECT 1") == 1


@pytest.mark.parametrize("text", ["", "123", "garbage\nof\nany\nkind\n\n\n\n\n"])
def test_a_damaged_pid_file(cluster: Path, text: str) -> None:
    embedded.ensure_running(cluster)
    embedded.stop(cluster)
    (cluster / "postmaster.pid").write_text(text)
    assert not embedded.status(cluster).running
    assert ask(embedded.ensure_running(cluster), "SELECT 1") == 1


def test_stop(folder: Path) -> None:
    data = folder / "pg"
    assert not embedded.stop(data)
    assert embedded.status(data) == embedded.Status(data, False)
    embedded.ensure_running(data)
    assert embedded.stop(data)
    assert embedded.status(data) == embedded.Status(data, True)
    assert not (data / "postmaster.pid").exists()
    assert not embedded.stop(data)


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    data = folder / ("很长的目录名" * 8) / "pg"
    assert ask(embedded.ensure_running(data), "SELECT 1") == 1
    socket = embedded.status(data).socket
    assert embedded.stop(data)
    assert socket is not None
    assert socket != data
    assert socket.stat().st_mode & 0o077 == 0
    shutil.rmtree(socket)


def test_a_missing_database_is_made(cluster: Path) -> None:
    assert ask(embedded.ensure_running(cluster, "second"), "SELECT current_database()") == "second"


def test_a_strangers_folder_is_left_alone(folder: Path) -> None:
    data = folder / "pg"
    data.mkdir()
    (data / "letter.txt").write_text("x")
    with pytest.raises(EmbeddedError, match="不是数据库目录"):
        embedded.ensure_running(data)
    assert (data / "letter.txt").read_text() == "x"


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    (folder / "pg.new").mkdir()
    (folder / "pg.new" / "PG_VERSION").write_text("18")
    data = folder / "pg"
    assert ask(embedded.ensure_running(data), "SELECT 1") == 1


def test_without_the_wheel_it_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda name: None)
    with pytest.raises(EmbeddedError, match="make setup"):
        embedded.ensure_running(folder / "pg")


NOBODY = 65534


def as_nobody(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run with the first Python of our version that other users can reach too; skips if there is none."""
    given = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/", "env": environment()}
    code = f"import sys, pathlib\nfrom yifa.platform import embedded\n{code}"
    for python in (sys.executable, "/usr/bin/python3"):
        probe = "import sys, psycopg; sys.exit(sys.version_info[:2] != (3, 11))"
        try:
            if not subprocess.run([python, "-c", probe], capture_output=True, **given).returncode:  # type: ignore[call-overload]
                return subprocess.run(
                    [python, "-c", code, *arguments], capture_output=True, text=True, **given
                )  # type: ignore[call-overload,no-any-return]
        except (PermissionError, FileNotFoundError):
            continue
    pytest.skip("no Python of this version is open to other users")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_as_a_normal_user(folder: Path) -> None:
    """A folder of their own works and belongs to them."""
    folder.chmod(0o755)
    theirs = folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, NOBODY, NOBODY)
    code = (
        "data = pathlib.Path(sys.argv[1])\nprint(embedded.ensure_running(data)); print(embedded.stop(data))"
    )
    done = as_nobody(code, str(theirs / "pg"))
    assert done.stdout.endswith("True\n"), done.stderr
    assert (theirs / "pg").stat().st_uid == NOBODY


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_users_cluster_is_refused_with_a_reason(cluster: Path) -> None:
    done = as_nobody("embedded.ensure_running(pathlib.Path(sys.argv[1]))", str(cluster))
    assert done.returncode == 1
    assert "EmbeddedError" in done.stderr
    assert "属于另一个用户" in done.stderr


def test_killed_with_a_query_running_it_waits_for_the_orphan(cluster: Path) -> None:
    """The dead server's backends hold its shared memory until they notice; no second server may start before."""
    dsn = embedded.ensure_running(cluster)
    old = embedded.status(cluster).pid
    assert old is not None
    busy = psycopg.connect(dsn, autocommit=True)
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 30000000)")
    os.kill(old, signal.SIGKILL)
    wait_gone(old)
    assert ask(embedded.ensure_running(cluster), "SELECT 1") == 1
    assert embedded.status(cluster).pid != old
    busy.close()
