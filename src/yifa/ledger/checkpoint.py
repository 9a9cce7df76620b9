"""Checkpoints after C2SP tlog-checkpoint: a signed note over origin, tree size and root hash."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yifa.ledger.commitments import HASH_BYTES
from yifa.ledger.errors import MalformedError
from yifa.ledger.note import Key, Verify, decode_base64, is_signed, parse_note, sign_note

MAX_SIZE = 2**53 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """State of a log: its name, number of leaves, root hash; ``extensions`` are opaque lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def body(self) -> str:
        """The note text."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_body(text: str) -> Checkpoint:
    """Parse a note text strictly as a checkpoint."""
    origin, *rest = text.split("\n")
    if len(rest) < 3 or rest.pop() or not origin or not all(rest):
        raise MalformedError("checkpoint_lines")
    size, root, *extensions = rest
    if not _SIZE.fullmatch(size) or int(size) > MAX_SIZE:
        raise MalformedError("checkpoint_size")
    digest = decode_base64(root)
    if len(digest) != HASH_BYTES:
        raise MalformedError("checkpoint_root")
    return Checkpoint(origin, int(size), digest, tuple(extensions))


def sign_checkpoint(checkpoint: Checkpoint, key: Key, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the signed checkpoint; the body is parsed back so that nothing malformed is ever signed."""
    body = checkpoint.body()
    if parse_body(body) != checkpoint:
        raise MalformedError("checkpoint_lines")
    return sign_note(body, key, sign).encode()


def parse_checkpoint(data: bytes) -> Checkpoint:
    """Parse a signed checkpoint without judging its signatures."""
    return parse_body(parse_note(data).text)


def open_checkpoint(data: bytes, keys: Iterable[Key], verify: Verify) -> Checkpoint | None:
    """Return the checkpoint if a known key signed it, else None; raises MalformedError on a bad form."""
    note = parse_note(data)
    return parse_body(note.text) if is_signed(note, keys, verify) else None
