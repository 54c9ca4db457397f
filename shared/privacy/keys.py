"""Rings of 32-byte keys: one is active, the older ones still open what they once locked."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class BadKeyRing(ValueError):
    """The text is not a key ring; the message never repeats the text."""


class KeyRing:
    """Keys by id. Raises BadKeyRing for a wrong length, a wrong id or a missing active key."""

    def __init__(self, active: str, keys: Mapping[str, bytes]) -> None:
        if active not in keys:
            raise BadKeyRing("the active key is not in the ring")
        if not all(_KEY_ID.fullmatch(key_id) for key_id in keys):
            raise BadKeyRing("a key id is 1 to 32 letters, digits, '-' or '_'")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise BadKeyRing(f"a key has {KEY_BYTES} bytes")
        self.active = active
        self.keys = MappingProxyType(dict(keys))

    def __repr__(self) -> str:
        return f"KeyRing(active={self.active!r}, ids={sorted(self.keys)})"

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Reads `{"active": "k1", "keys": {"k1": "<base64 of 32 bytes>"}}`."""
        try:
            ring = json.loads(text)
            keys = {key_id: _decoded(key) for key_id, key in ring["keys"].items()}
            return cls(ring["active"], keys)
        except BadKeyRing:
            raise
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadKeyRing('expected {"active": "k1", "keys": {"k1": "<base64>"}}') from None

    @classmethod
    def generate(cls, key_id: str = "k1") -> KeyRing:
        return cls(key_id, {key_id: os.urandom(KEY_BYTES)})

    def rotated(self, key_id: str) -> KeyRing:
        """A ring with a new active key beside the present ones. An id is never used twice."""
        if key_id in self.keys:
            raise BadKeyRing("this key id is already in the ring")
        return KeyRing(key_id, {**self.keys, key_id: os.urandom(KEY_BYTES)})

    def to_json(self) -> str:
        keys = {key_id: base64.b64encode(key).decode() for key_id, key in self.keys.items()}
        return json.dumps({"active": self.active, "keys": keys})


def _decoded(key: Any) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except binascii.Error:
        raise BadKeyRing("a key is not base64") from None
