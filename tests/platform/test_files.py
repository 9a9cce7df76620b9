"""The store of files: one copy of each content, sealed, durable, checked when read, whole or absent after a crash."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from yifa.platform import files
from yifa.platform.crypto import Vault
from yifa.platform.files import FileDamagedError, FileLostError, Files, sha256

KEY, NEXT, BLIND = b"k" * 32, b"n" * 32, b"b" * 32
CONTENT = "申请人张示例的材料".encode() * 100


@pytest.fixture
def store(tmp_path: Path) -> Files:
    return Files(tmp_path / "files", Vault([KEY], BLIND))


def on_disk(root: Path) -> list[Path]:
    return [path for path in (root / "files").rglob("*") if path.is_file()]


def test_what_is_put_is_got(store: Files) -> None:
    address = store.put(CONTENT)
    assert address == sha256(CONTENT)
    assert store.get(address) == CONTENT
    assert store.has(address)


def test_the_same_content_lies_once(store: Files, tmp_path: Path) -> None:
    store.put(CONTENT)
    before = on_disk(tmp_path)[0].stat()
    os.utime(on_disk(tmp_path)[0], (0, 0))
    assert store.put(CONTENT) == sha256(CONTENT)
    assert [p.stat().st_ino for p in on_disk(tmp_path)] == [before.st_ino]
    assert store.age(sha256(CONTENT), before.st_mtime + 60) < 120, "put again, it is young again"


def test_nothing_readable_lies_on_the_disk(store: Files, tmp_path: Path) -> None:
    store.put(CONTENT)
    (path,) = on_disk(tmp_path)
    assert "张示例".encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_an_unknown_or_impossible_address_is_lost(store: Files) -> None:
    for address in ("0" * 64, "../../etc/passwd", "", "Z" * 64):
        with pytest.raises(FileLostError):
            store.get(address)
    assert not store.has("0" * 64)


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_byte_is_seen(store: Files, tmp_path: Path, place: int) -> None:
    address = store.put(CONTENT)
    (path,) = on_disk(tmp_path)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(FileDamagedError):
        store.get(address)


def test_a_file_under_another_name_does_not_open(store: Files, tmp_path: Path) -> None:
    one, other = store.put(CONTENT), store.put(b"another")
    place = tmp_path / "files"
    (place / other[:2] / other[2:]).write_bytes((place / one[:2] / one[2:]).read_bytes())
    with pytest.raises(FileDamagedError):
        store.get(other)


def test_a_truncated_file_is_seen(store: Files, tmp_path: Path) -> None:
    address = store.put(CONTENT)
    (path,) = on_disk(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(FileDamagedError):
        store.get(address)


def test_rotation_seals_anew_and_can_be_done_again(store: Files, tmp_path: Path) -> None:
    address, other = store.put(CONTENT), store.put(b"another")
    turning = Files(tmp_path / "files", Vault([NEXT, KEY], BLIND))
    assert turning.stale() == 2
    assert turning.rotate() == 2
    assert (turning.stale(), turning.rotate()) == (0, 0)
    only_new = Files(tmp_path / "files", Vault([NEXT], BLIND))
    assert (only_new.get(address), only_new.get(other)) == (CONTENT, b"another")
    with pytest.raises(FileDamagedError):
        store.get(address)


def test_addresses_are_listed_without_drafts(store: Files, tmp_path: Path) -> None:
    found = sorted([store.put(CONTENT), store.put(b"another")])
    (tmp_path / "files" / found[0][:2] / ".half").write_bytes(b"x")
    assert list(store.addresses()) == found


def test_a_write_that_fails_leaves_nothing(
    store: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        store.put(CONTENT)
    assert on_disk(tmp_path) == []


def test_content_and_folder_are_flushed_before_put_returns(
    store: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = os.fsync

    def watching(handle: int) -> None:
        flushed.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        real(handle)

    monkeypatch.setattr(files.os, "fsync", watching)
    store.put(CONTENT)
    assert flushed == ["file", "folder", "folder"]


def test_many_writers_of_one_content(store: Files, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(store.put, [CONTENT] * 40))
    assert found == {sha256(CONTENT)}
    assert len(on_disk(tmp_path)) == 1
    assert store.get(found.pop()) == CONTENT


_WRITER = """
import sys
from pathlib import Path
from yifa.platform.crypto import Vault
from yifa.platform.files import Files
store = Files(Path(sys.argv[1]), Vault([b"k" * 32], b"b" * 32))
for number in range(100_000):
    print(store.put(b"%d" % number * 5_000), flush=True)
"""


def test_a_killed_writer_loses_nothing_it_said_it_kept(store: Files, tmp_path: Path) -> None:
    """SIGKILL at some moment, several times: all that was acknowledged is there and whole, no half file has a name."""
    for pause in (0.05, 0.12, 0.2):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path / "files")], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip()]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
        told += [line for line in rest if len(line) == 64]
        for address in told:
            assert sha256(store.get(address)) == address
        assert all(sha256(store.get(address)) == address for address in store.addresses())
