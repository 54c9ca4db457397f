"""Keys told apart without showing them: how an engineer sees which of them signed."""

from __future__ import annotations

import hashlib

from shared.signatures import PublicKey, SharedSecret

LENGTH = 12  # hexadecimal digits


def of_secret(secret: SharedSecret) -> str:
    """`v1:` and the first digits of the SHA-256 over the bytes of the key (after `whsec_`)."""
    return f"v1:{_digits(secret.key)}"


def of_public_key(key: PublicKey) -> str:
    """`v1a:` and the first digits of the SHA-256 over the bytes of the key (after `whpk_`)."""
    return f"v1a:{_digits(key.key.public_bytes_raw())}"


def _digits(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:LENGTH]
