"""The older, session_key based ways of the vendor: encrypted user data and its signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 128


class UserDataRejected(ValueError):
    """The data was not encrypted with this session_key, or is meant for another appid."""


def open_user_data(session_key: str, iv: str, encrypted: str, appid: str) -> dict[str, Any]:
    """Decrypts `encryptedData` (AES-128-CBC) and checks its watermark (wechat.md 3, old way).

    The caller judges whether `watermark.timestamp` is fresh. Raises UserDataRejected.
    """
    try:
        data = json.loads(
            _decrypt(*(base64.b64decode(each) for each in (session_key, iv, encrypted)))
        )
        watermark = data["watermark"]["appid"]
    except (ValueError, KeyError, TypeError):
        raise UserDataRejected("the data cannot be opened") from None
    if watermark != appid:
        raise UserDataRejected("the data is meant for another appid")
    return dict(data)


def raw_data_signature(raw_data: str, session_key: str) -> str:
    """What the client must send beside `rawData` (wechat.md 8)."""
    return hashlib.sha1((raw_data + session_key).encode()).hexdigest()


def session_signature(session_key: str, message: bytes = b"") -> str:
    """`signature` of `/wxa/checksession`: the key is the text, not what it decodes to."""
    return hmac.new(session_key.encode(), message, hashlib.sha256).hexdigest()


def _decrypt(key: bytes, iv: bytes, encrypted: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES128(key), modes.CBC(iv)).decryptor()
    padded = decryptor.update(encrypted) + decryptor.finalize()
    unpadder = PKCS7(BLOCK_BITS).unpadder()
    return unpadder.update(padded) + unpadder.finalize()
