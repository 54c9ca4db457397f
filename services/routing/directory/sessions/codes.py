"""Invitation codes: 80 random bits to be typed from a slip of paper; only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 16
GROUP = 4
MISREAD = str.maketrans("ILO", "110", "- ")


def new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def hash_of(code: str, invitation_id: UUID) -> bytes:
    """However it was typed: small letters, without hyphens, O for 0."""
    plain = code.upper().translate(MISREAD)
    return hashlib.sha256(invitation_id.bytes + plain.encode("utf-8", "replace")).digest()


def matches(stored: bytes | None, code: str, invitation_id: UUID) -> bool:
    return stored is not None and hmac.compare_digest(stored, hash_of(code, invitation_id))
