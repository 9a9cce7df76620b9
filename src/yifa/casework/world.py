"""The door's outside: system clock, system randomness, keys from the settings, the city's numbering and routes."""

import dataclasses
import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from yifa.city.model import City
from yifa.language.acts import Env
from yifa.language.ports import Port
from yifa.platform import clock
from yifa.platform.crypto import vault
from yifa.registry import city_env, city_of


class SystemWorld:
    """A World for real work. `prefixes` stand before the numbers of organs the city's data do not name (穗府)."""

    def __init__(
        self, env: Env | None = None, prefixes: Mapping[str, str] | None = None, city: City | None = None
    ) -> None:
        self.env = env or city_env()
        found = city or city_of()
        self.city = dataclasses.replace(found, prefixes={**found.prefixes, **(prefixes or {})})
        self.ports: Mapping[str, Port] = {
            name: import_string(path)() for name, path in settings.NEED_PORTS.items()
        }
        self._vault = vault()

    def now(self) -> datetime:
        return clock.now()

    def salts(self, count: int) -> bytes:
        return os.urandom(16 * count)

    def new_id(self) -> UUID:
        return uuid4()

    def seal(self, clear: bytes, aad: bytes) -> bytes:
        return self._vault.seal(clear, aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        return self._vault.open(sealed, aad)

    def alias(self, identity: str) -> str:
        return self._vault.alias(identity)

    def unalias(self, alias: str) -> str:
        return self._vault.unalias(alias)

    def blind(self, kind: str, key: Any) -> bytes:
        return self._vault.blind(kind, key)

    def number(self, line: str, organ: str, kind: str, year: int, serial: int) -> str:
        return self.city.number(f"{line}.{kind}", organ, year, serial)

    def serial(self, line: str, organ: str, kind: str, number: str) -> tuple[int, int] | None:
        return self.city.serial(f"{line}.{kind}", organ, number)

    def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
        return self.city.reviewers(line, action, organ)
