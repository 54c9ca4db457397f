"""One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds)."""

from __future__ import annotations

import base64
import hmac
import os
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1  # steps a phone's clock may be off, either way


def new_totp_secret() -> str:
    """160 bits in base32, as authenticator apps take them. Store it encrypted."""
    return base64.b32encode(os.urandom(20)).decode()


def totp_uri(secret: str, *, account: str, issuer: str) -> str:
    """The content of the QR code by which an app learns the secret."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"


def matching_step(secret: str, code: str, *, at: datetime, last_step: int | None) -> int | None:
    """The time step whose code this is, or None.

    Store the step with the account in the same transaction, and only where it is larger than the
    stored one: a code counts once (RFC 6238 section 5.2). `last_step` is what was stored last.
    """
    present = int(at.timestamp()) // STEP_SECONDS
    key = base64.b32decode(secret, casefold=True)
    matching = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(_code(key, step).encode(), code.encode("utf-8", "replace")):
            matching = step
    if matching is None or (last_step is not None and matching <= last_step):
        return None
    return matching


def _code(key: bytes, step: int) -> str:
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)
