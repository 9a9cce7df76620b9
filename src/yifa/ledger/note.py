"""Signed notes after C2SP signed-note, with Ed25519 keys (signature type 0x01)."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from yifa.ledger.errors import MalformedError

ED25519 = 0x01
KEY_BYTES = 32
SIGNATURE_BYTES = 64
MAX_NOTE_BYTES = 65536
MAX_SIGNATURES = 64
_DASH = "\u2014 "
_ID_BYTES = 4

Verify: TypeAlias = Callable[[bytes, bytes, bytes], bool]
"""(public key, message, signature) -> valid."""


@dataclass(frozen=True, slots=True)
class Key:
    """A named Ed25519 public key; name and key ID together identify it."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _is_key_name(self.name) or len(self.public) != KEY_BYTES:
            raise MalformedError("key")

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256(name || 0x0A || 0x01 || public key)."""
        return sha256(self.name.encode() + bytes((0x0A, ED25519)) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes((ED25519,)) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """The line as written under the note, with its newline."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """Text (ending in a newline) and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """Bytes of the signed note."""
        return (self.text + "\n" + "".join(signature.line() for signature in self.signatures)).encode()


def parse_key(text: str) -> Key:
    """Parse ``name+key ID+base64``; refuses other algorithms, a wrong ID and any other spelling."""
    name, _, rest = text.partition("+")
    data = decode_base64(rest.partition("+")[2])
    if data[:1] != bytes((ED25519,)):
        raise MalformedError("key_algorithm")
    key = Key(name, data[1:])
    if str(key) != text:
        raise MalformedError("key")
    return key


def sign_note(text: str, key: Key, sign: Callable[[bytes], bytes]) -> Note:
    """Sign ``text`` (must end in a newline) with the private half of ``key`` held by ``sign``."""
    _check_text(text)
    return Note(text, (Signature(key.name, key.key_id, sign(text.encode())),))


def parse_note(data: bytes) -> Note:
    """Parse a signed note strictly; says nothing about its signatures being valid."""
    if len(data) > MAX_NOTE_BYTES:
        raise MalformedError("note_length")
    try:
        decoded = data.decode()
    except UnicodeDecodeError:
        raise MalformedError("note_utf8") from None
    text, blank, tail = decoded.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise MalformedError("note_form")
    _check_text(text + "\n")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedError("note_signatures")
    return Note(text + "\n", tuple(map(_parse_signature, lines)))


def is_signed(note: Note, keys: Iterable[Key], verify: Verify) -> bool:
    """True when some known key signed and no signature of a known key is false (C2SP signed-note)."""
    known = {(key.name, key.key_id): key for key in keys}
    message = note.text.encode()
    results = [
        verify(known[line.name, line.key_id].public, message, line.value)
        for line in note.signatures
        if (line.name, line.key_id) in known
    ]
    return bool(results) and all(results)


def decode_base64(text: str) -> bytes:
    """Decode standard base64, accepting only the one canonical spelling."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedError("base64") from None
    if b64encode(data).decode() != text:
        raise MalformedError("base64")
    return data


def _parse_signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise MalformedError("signature_line")
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    data = decode_base64(encoded)
    if not _is_key_name(name) or len(data) <= _ID_BYTES:
        raise MalformedError("signature_line")
    return Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(char < " " and char != "\n" for char in text):
        raise MalformedError("note_text")


def _is_key_name(name: str) -> bool:
    # Every Unicode space but U+0020 counts as unprintable.
    return bool(name) and name.isprintable() and not set(" +") & set(name)
