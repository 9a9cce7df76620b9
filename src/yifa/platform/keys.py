"""Development keys: made once under var/keys, readable by their owner alone. Production gets its keys from outside."""

import os
import secrets
from pathlib import Path

FILE_MODE = 0o600


def path_of(var: Path, name: str) -> Path:
    """Where the development key of this setting lies."""
    return var / "keys" / name.lower()


def development_key(var: Path, name: str) -> str:
    """64 hexadecimal characters (32 bytes), the same at every call."""
    path = path_of(var, name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _write(path, secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def _write(path: Path, text: str) -> None:
    """Write beside, then link: nobody ever reads half a key, and whoever comes second keeps the first one's."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
