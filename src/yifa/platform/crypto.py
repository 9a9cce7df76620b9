"""Personal data at rest: AES-256-GCM with bound context, and keyed blind indexes for looking things up.

Sources: 个人信息保护法 第五十一条第三项 (encryption, de-identification); NIST SP 800-38D (GCM, 96-bit nonces);
RFC 2104 (HMAC); RFC 5297 (SIV, for identities that must be compared as they stand).
"""

import hashlib
import hmac
import json
import os
import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

from yifa.platform import config

_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
NONCE = 12
KEY_ID = 4


class Vault:
    """Encrypts with the first key; opens with whichever key made the ciphertext (its id stands in front)."""

    def __init__(self, keys: list[bytes], blind_key: bytes) -> None:
        self._keys = {_key_id(key): AESGCM(key) for key in keys}
        self.current = _key_id(keys[0])
        self._blind_key = blind_key
        self._mac = hmac.new(blind_key, digestmod=hashlib.sha256)
        self._names = AESSIV(hmac.new(blind_key, b"yifa/identity/v1", hashlib.sha512).digest())
        self.alias = lru_cache(1 << 16)(self._alias)
        self.unalias = lru_cache(1 << 16)(self._unalias)

    def seal(self, clear: bytes, aad: bytes) -> bytes:
        """Key id (4 bytes) ‖ nonce (12) ‖ ciphertext and tag."""
        nonce = os.urandom(NONCE)
        return self.current + nonce + self._keys[self.current].encrypt(nonce, clear, aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        """The clear text; raises InvalidTag if it was changed or moved, KeyError if its key is gone."""
        key, nonce, body = sealed[:KEY_ID], sealed[KEY_ID : KEY_ID + NONCE], sealed[KEY_ID + NONCE :]
        return self._keys[key].decrypt(nonce, body, aad)

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was made with the current key."""
        return sealed[:KEY_ID] == self.current

    def _alias(self, identity: str) -> str:
        """How a party's identity stands in columns: the same for the same identity, so that cases can be compared."""
        return urlsafe_b64encode(self._names.encrypt(identity.encode(), None)).decode().rstrip("=")

    def _unalias(self, alias: str) -> str:
        """The identity; raises InvalidTag if the alias was changed."""
        try:
            sealed = urlsafe_b64decode(alias + "=" * (-len(alias) % 4))
        except ValueError:
            raise InvalidTag from None
        return self._names.decrypt(sealed, None).decode()

    def blind(self, kind: str, key: Any) -> bytes:
        """HMAC-SHA256 over kind and canonical key: equal keys are found without being stored."""
        mac = self._mac.copy()
        mac.update(_dump([kind, key]).encode())
        return mac.digest()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"yifa/key/v1\n" + key).digest()[:KEY_ID]


@cache
def vault() -> Vault:
    """The vault of this process, with the keys of its environment. `vault.cache_clear()` reads them again."""
    settings = config.Config(os.environ)
    return Vault(settings[config.DATA_KEYS], settings[config.BLIND_KEY])


def encrypt(text: str, aad: bytes) -> bytes:
    """Seal a text; `aad` names its place, so that a ciphertext moved elsewhere does not open."""
    return vault().seal(text.encode(), aad)


def decrypt(sealed: bytes, aad: bytes) -> str:
    """The text; raises InvalidTag or KeyError as `Vault.open` does."""
    return vault().open(sealed, aad).decode()


def blind_index(kind: str, value: str) -> bytes:
    """32 bytes to search by: the same for every usual way of writing the value."""
    return vault().blind(kind, normalise(kind, value))


def _compact(text: str) -> str:
    return re.sub(r"[\s·・•.\-‐–—]", "", text)


def _mobile(text: str) -> str:
    return re.sub(r"^(\+|00)86", "", re.sub(r"[\s\-()]", "", text))


NORMALISERS: dict[str, Callable[[str], str]] = {
    "id_number": lambda text: _compact(text).upper(),
    "uscc": lambda text: _compact(text).upper(),
    "name": lambda text: _compact(text).casefold(),
    "phone": _mobile,
}


def normalise(kind: str, value: str) -> str:
    """One spelling: width folded (NFKC), then what the kind asks for; kinds unknown are only trimmed."""
    text = unicodedata.normalize("NFKC", value).strip()
    return NORMALISERS.get(kind, str)(text)
