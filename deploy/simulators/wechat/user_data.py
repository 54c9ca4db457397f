"""What `getPhoneNumber` gives older mini-programs: the number under the session key."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 128


def encrypted(session_key: str, data: dict[str, Any]) -> dict[str, str]:
    """`encrypted_data` and `iv` as base64 (AES-128-CBC)."""
    iv = secrets.token_bytes(BLOCK_BITS // 8)
    padder = PKCS7(BLOCK_BITS).padder()
    padded = padder.update(json.dumps(data).encode()) + padder.finalize()
    encryptor = Cipher(algorithms.AES128(base64.b64decode(session_key)), modes.CBC(iv)).encryptor()
    content = encryptor.update(padded) + encryptor.finalize()
    return {"encrypted_data": _text(content), "iv": _text(iv)}


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
