"""The door's outside: system clock, system randomness, keys from the settings, the city's numbering."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from yifa.language.acts import Env
from yifa.platform.crypto import vault
from yifa.registry import city_env

NUMBERS = {
    "reconsideration.case": "{organ}行复〔{year}〕{serial}号",
    "reconsideration.decision": "{organ}行复决〔{year}〕{serial}号",
    "reconsideration.opinion": "{organ}行复意〔{year}〕{serial}号",
    "reconsideration.suggestion": "{organ}行复建〔{year}〕{serial}号",
}


class SystemWorld:
    """A World for real work. `prefixes` maps organ codes to what stands before the number (穗府)."""

    def __init__(self, env: Env | None = None, prefixes: Mapping[str, str] | None = None) -> None:
        self.env = env or city_env()
        self._prefixes = prefixes or {}
        self._vault = vault()

    def now(self) -> datetime:
        return timezone.localtime()

    def salt(self) -> bytes:
        return os.urandom(16)

    def new_id(self) -> UUID:
        return uuid4()

    def seal(self, clear: bytes, aad: bytes) -> bytes:
        return self._vault.seal(clear, aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        return self._vault.open(sealed, aad)

    def blind(self, kind: str, key: Any) -> bytes:
        return self._vault.blind(kind, key)

    def number(self, line: str, organ: str, kind: str, year: int, serial: int) -> str:
        pattern = NUMBERS.get(f"{line}.{kind}", "{organ}" + kind + "〔{year}〕{serial}号")
        return pattern.format(organ=self._prefixes.get(organ, organ), year=year, serial=serial)
