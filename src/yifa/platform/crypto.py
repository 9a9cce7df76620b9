"""Personal data at rest: AES-256-GCM with bound context, and keyed blind indexes for looking things up."""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Vault:
    """Encrypts with the first key; opens with whichever key made the ciphertext (its id stands in front)."""

    def __init__(self, keys: list[bytes], blind_key: bytes) -> None:
        self._keys = {_key_id(key): AESGCM(key) for key in keys}
        self._current = _key_id(keys[0])
        self._blind_key = blind_key

    def seal(self, clear: bytes, aad: bytes) -> bytes:
        """Key id (4 bytes) ‖ nonce (12) ‖ ciphertext and tag."""
        nonce = os.urandom(NONCE)
        return self._current + nonce + self._keys[self._current].encrypt(nonce, clear, aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        """The clear text; raises InvalidTag if it was changed or moved, KeyError if its key is gone."""
        key, nonce, body = sealed[:4], sealed[4 : 4 + NONCE], sealed[4 + NONCE :]
        return self._keys[key].decrypt(nonce, body, aad)

    def blind(self, kind: str, key: Any) -> bytes:
        """HMAC-SHA256 over kind and canonical key: equal keys are found without being stored."""
        text = json.dumps([kind, key], ensure_ascii=False, sort_keys=True)
        return hmac.new(self._blind_key, text.encode(), hashlib.sha256).digest()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"yifa/key/v1\n" + key).digest()[:4]
