"""Files by the hash of their content: written once, durable before anybody refers to them, encrypted at rest.

Address: SHA-256 of the clear content, under `files/ab/cdef…`. What lies on the disk is sealed with the data keys and
bound to its address, so a file moved to another name does not open. Everything is encrypted: whether a material or a
document is personal cannot be told by a program, and nearly all are.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag

from yifa.platform.crypto import KEY_ID, Vault

_MODE: Final = 0o600
_HEX: Final = 64


class FileLostError(LookupError):
    """There is no file of this hash."""


class FileDamagedError(ValueError):
    """What lies under this hash is not what was put there."""


def sha256(content: bytes) -> str:
    """The address of a content: 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class Files:
    """A folder of sealed files. Several processes may put and get at once."""

    def __init__(self, root: Path, vault: Vault) -> None:
        self._root, self._vault = root, vault

    def put(self, content: bytes) -> str:
        """Keep a content; its address. When this returns, a power cut no longer loses it; putting it again is cheap."""
        address = sha256(content)
        place = self._place(address)
        try:
            os.utime(place)  # whoever looks for files nobody names sees that somebody is about to
        except FileNotFoundError:
            _write(place, self._vault.seal(content, _context(address)))
        return address

    def get(self, address: str) -> bytes:
        """The content, checked against its address. FileLostError, FileDamagedError."""
        try:
            sealed = self._place(address).read_bytes()
        except FileNotFoundError:
            raise FileLostError(address) from None
        try:
            content = self._vault.open(sealed, _context(address))
        except (InvalidTag, KeyError) as error:
            raise FileDamagedError(f"{address}: {type(error).__name__}") from None
        if sha256(content) != address:
            raise FileDamagedError(address)
        return content

    def remove(self, address: str) -> None:
        """Take a file away for good; when this returns, a power cut does not bring it back. Twice is as once."""
        place = self._place(address)
        place.unlink(missing_ok=True)
        if place.parent.exists():
            _sync(place.parent)

    def age(self, address: str, now: float) -> float:
        """Seconds since a file was last put. FileLostError."""
        try:
            return now - self._place(address).stat().st_mtime
        except FileNotFoundError:
            raise FileLostError(address) from None

    def leftovers(self, now: float, seconds: float) -> Iterator[Path]:
        """Half-written files of a process that died, older than this."""
        for path in self._root.glob("??/.*"):
            if now - path.stat().st_mtime > seconds:
                yield path

    def has(self, address: str) -> bool:
        """Whether a file of this address is kept."""
        return self._place(address).exists()

    def addresses(self) -> Iterator[str]:
        """Every address that is kept, in order."""
        for folder in sorted(self._root.glob("??")):
            yield from (folder.name + file.name for file in sorted(folder.glob("?" * (_HEX - 2))))

    def rotate(self) -> int:
        """Seal anew, with the current key, what an earlier one sealed; how many files. May stop and go on at any moment."""
        done = 0
        for address in self._old():
            _write(self._place(address), self._vault.seal(self.get(address), _context(address)))
            done += 1
        return done

    def stale(self) -> int:
        """How many files are still under an earlier key."""
        return sum(1 for _ in self._old())

    def _old(self) -> Iterator[str]:
        for address in self.addresses():
            with self._place(address).open("rb") as file:
                if not self._vault.is_current(file.read(KEY_ID)):
                    yield address

    def _place(self, address: str) -> Path:
        if len(address) != _HEX or not set(address) <= set("0123456789abcdef"):
            raise FileLostError(address)
        return self._root / address[:2] / address[2:]


def _context(address: str) -> bytes:
    return b"file/" + address.encode()


def _write(place: Path, content: bytes) -> None:
    """Write beside, flush, rename, flush the folder: under the name there is nothing or the whole, and it stays."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f".{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
