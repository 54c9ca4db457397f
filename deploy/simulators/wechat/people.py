"""The simulated people: everything about them follows from their name."""

from __future__ import annotations

import base64
import hashlib


def openid_of(appid: str, person: str) -> str:
    """28 characters beginning with `o`, different for every appid."""
    body = "o" + _digest(f"{appid}/{person}")[:23]
    return body + _check(appid, body)


def is_openid(appid: str, text: object) -> bool:
    """Whether `text` is somebody's openid under this appid; needs no memory of people."""
    if not isinstance(text, str) or len(text) != 28:
        return False
    return text[24:] == _check(appid, text[:24])


def phone_of(person: str) -> str:
    """An invented number of the form 1390000xxxx."""
    number = int.from_bytes(hashlib.sha256(person.encode()).digest()[:4], "big")
    return f"1390000{number % 10_000:04d}"


def _check(appid: str, body: str) -> str:
    return _digest(f"{appid}/{body}/check")[:4]


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
