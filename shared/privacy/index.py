"""Finding an encrypted value by equality, without storing anything that can be guessed offline.

Eleven digits are quickly tried out, so the index is a keyed hash whose key is not in the database.
It shows which rows hold equal values; it shows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.privacy.keys import KEY_BYTES, KeyRing

INDEX_BYTES = 16


class BlindIndex:
    """HMAC-SHA256, cut to 16 bytes, with a key of its own for each (table, column)."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def of(self, value: str, *, table: str, column: str) -> str:
        """What to store: `<key id>.<hash>`. Normalise the value first; equal means equal text."""
        return self._hash(self._ring.active, value, table, column)

    def candidates(self, value: str, *, table: str, column: str) -> list[str]:
        """What to look for, `= ANY(...)`: one hash per key, so that a rotation hides nobody."""
        return [self._hash(key_id, value, table, column) for key_id in self._ring.keys]

    @property
    def current_prefix(self) -> str:
        return f"{self._ring.active}."

    def _hash(self, key_id: str, value: str, table: str, column: str) -> str:
        key = _column_key(self._ring.keys[key_id], table, column)
        digest = hmac.digest(key, value.encode(), hashlib.sha256)[:INDEX_BYTES]
        return f"{key_id}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


@lru_cache(maxsize=256)
def _column_key(master: bytes, table: str, column: str) -> bytes:
    purpose = f"liuduan blind index 1\0{table}\0{column}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(master)
