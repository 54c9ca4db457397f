"""The one ciphertext form: `1.<key id>.<base64url of nonce, ciphertext and tag>`, AES-256-GCM.

The leading 1 names the algorithm, so that another one (SM4) can stand beside it later. The context
(which table, which audience …) is authenticated with the text: moved elsewhere, it does not open.
"""

from __future__ import annotations

import base64
import binascii
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.privacy.keys import KeyRing

FORMAT = "1"
NONCE_BYTES = 12
TAG_BYTES = 16


class CannotDecrypt(Exception):
    """The ciphertext does not open. Never carries the ciphertext or a key."""


class MalformedCiphertext(CannotDecrypt):
    """The value is not a ciphertext of ours."""


class UnknownKey(CannotDecrypt):
    """This service does not hold the key."""


class WrongPlace(CannotDecrypt):
    """The ciphertext was altered, or belongs to another place or another key of the same id."""


def lock(ring: KeyRing, text: str, context: tuple[str, ...]) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(ring.keys[ring.active]).encrypt(
        nonce, text.encode(), _authenticated(ring.active, context)
    )
    return f"{FORMAT}.{ring.active}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unlock(ring: KeyRing, envelope: str, context: tuple[str, ...]) -> str:
    """Raises MalformedCiphertext, UnknownKey or WrongPlace."""
    key_id, body = _parts(envelope)
    key = ring.keys.get(key_id)
    if key is None:
        raise UnknownKey(f"no key {key_id!r} in the ring")
    nonce, sealed = body[:NONCE_BYTES], body[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, sealed, _authenticated(key_id, context)).decode()
    except InvalidTag:
        raise WrongPlace(f"does not open as {'/'.join(context)} with key {key_id!r}") from None


def prefix(ring: KeyRing) -> str:
    """How every ciphertext of the active key begins."""
    return f"{FORMAT}.{ring.active}."


def _parts(envelope: str) -> tuple[str, bytes]:
    try:
        form, key_id, text = envelope.split(".")
        body = base64.b64decode(text, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise MalformedCiphertext("expected 1.<key id>.<base64url>") from None
    if form != FORMAT or len(body) < NONCE_BYTES + TAG_BYTES:
        raise MalformedCiphertext("unknown format or too short")
    return key_id, body


def _authenticated(key_id: str, context: tuple[str, ...]) -> bytes:
    return json.dumps([FORMAT, key_id, *context], ensure_ascii=False).encode()
