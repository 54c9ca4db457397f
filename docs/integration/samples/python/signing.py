"""Standard Webhooks 1.0.0, both ways: 验签与签名. Needs `cryptography` and nothing else.

Keys in their text form: `whsec_…` is a shared secret (signs and verifies `v1`), `whsk_…` a private
Ed25519 key (signs `v1a`), `whpk_…` the public half of it (verifies `v1a`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

TOLERANCE = 300  # seconds, in both directions


class Rejected(Exception):
    """Not from the hub, altered on the way, or too old."""


def verify(body: bytes, headers: Mapping[str, str], keys: Sequence[str]) -> str:
    """The webhook-id, if one of the signatures is good for one of `keys`. Raises Rejected.

    `body` are the bytes as they came, not the JSON made of them. A good copy within five minutes
    passes: remember the id.
    """
    values = {name.lower(): value for name, value in headers.items()}
    webhook_id = values.get("webhook-id", "")
    timestamp = values.get("webhook-timestamp", "")
    if not webhook_id or not _is_fresh(timestamp):
        raise Rejected
    content = f"{webhook_id}.{timestamp}.".encode() + body
    for signature in values.get("webhook-signature", "").split(" "):
        if any(_fits(key, content, signature) for key in keys):
            return webhook_id
    raise Rejected


def sign(body: bytes, webhook_id: str, key: str) -> dict[str, str]:
    """The three headers of an attempt made now; the same `webhook_id` over all attempts."""
    timestamp = str(int(time.time()))
    content = f"{webhook_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": _signature(key, content),
    }


def new_key_pair() -> tuple[str, str]:
    """Private (`whsk_…`, stays with you) and public (`whpk_…`, goes to the hub)."""
    key = Ed25519PrivateKey.generate()
    private, public = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    return f"whsk_{_text(private)}", f"whpk_{_text(public)}"


def _signature(key: str, content: bytes) -> str:
    kind, secret = _parsed(key)
    if kind == "whsec":
        return "v1," + _text(hmac.new(secret, content, hashlib.sha256).digest())
    if kind == "whsk":
        return "v1a," + _text(Ed25519PrivateKey.from_private_bytes(secret).sign(content))
    raise ValueError("sign with whsec_… or whsk_…")


def _fits(key: str, content: bytes, signature: str) -> bool:
    kind, secret = _parsed(key)
    version, _, encoded = signature.partition(",")
    if kind == "whsec" and version == "v1":
        return hmac.compare_digest(_signature(key, content).encode(), signature.encode())
    if kind == "whpk" and version == "v1a":
        try:
            Ed25519PublicKey.from_public_bytes(secret).verify(base64.b64decode(encoded), content)
        except (InvalidSignature, ValueError):
            return False
        return True
    return False


def _is_fresh(timestamp: str) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(time.time() - int(timestamp)) <= TOLERANCE


def _parsed(key: str) -> tuple[str, bytes]:
    kind, _, encoded = key.partition("_")
    return kind, base64.b64decode(encoded)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
