"""Codes to be typed from a slip of paper: 80 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 16
GROUP = 4
MISREAD = str.maketrans("ILO", "110", "- ")
PURPOSE = b"representative\n"


def new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """However it was typed: small letters, without hyphens, O for 0. The code alone finds its
    appointment; it is long enough that no salt is needed.
    """
    plain = code.upper().translate(MISREAD)
    return hashlib.sha256(PURPOSE + plain.encode("utf-8", "replace")).hexdigest()
