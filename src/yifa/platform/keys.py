"""Keys come from the environment; in development they are made once under var/keys, readable by the owner alone."""

import os
import secrets
from pathlib import Path


class KeyMissingError(RuntimeError):
    """A key that production must be given."""


def secret(var: Path, name: str, *, production: bool) -> str:
    """The key as 64 hex characters (32 bytes)."""
    given = os.environ.get(name)
    if given:
        return given
    if production:
        raise KeyMissingError(f"生产环境必须设置 {name}（64位十六进制）")
    folder = var / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name.lower()
    if not path.exists():
        _write(path, secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def _write(path: Path, text: str) -> None:
    """Make the file with its final permissions; whoever comes second keeps the first one's key."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text)
