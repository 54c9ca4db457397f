"""Ed25519 keys as the configuration carries them: PEM to sign, base64 of 32 bytes to verify."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


class BadKey(ValueError):
    """The text is not the Ed25519 key that it should be; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key by which one issuer signs, and no other."""

    key_id: str
    issuer: str
    key: Ed25519PublicKey


class TrustedKeys:
    """The keys whose tokens we take, by key id."""

    def __init__(self, keys: Iterable[TrustedKey]) -> None:
        self._keys: dict[str, TrustedKey] = {}
        for trusted in keys:
            if trusted.key_id in self._keys:
                raise BadKey(f"key id {trusted.key_id!r} appears twice")
            self._keys[trusted.key_id] = trusted

    @classmethod
    def parse(cls, text: str) -> TrustedKeys:
        """Reads `{"<key id>": {"issuer": "intake", "key": "<base64 of 32 bytes>"}}`.

        Raises BadKey.
        """
        try:
            entries = json.loads(text, object_pairs_hook=_unique)
            return cls(
                TrustedKey(key_id, entry["issuer"], verification_key(entry["key"]))
                for key_id, entry in entries.items()
            )
        except BadKey:
            raise
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadKey('expected {"<key id>": {"issuer": …, "key": …}}') from None

    def get(self, key_id: object) -> TrustedKey | None:
        return self._keys.get(key_id) if isinstance(key_id, str) else None


def new_signing_key() -> str:
    """A fresh private key as PEM (PKCS 8)."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def signing_key(pem: str) -> Ed25519PrivateKey:
    """Raises BadKey."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        raise BadKey("expected an Ed25519 private key as unencrypted PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey("the private key is not Ed25519")
    return key


def public_part(pem: str) -> str:
    """What others need to verify what this key signs."""
    return base64.b64encode(signing_key(pem).public_key().public_bytes_raw()).decode()


def verification_key(text: str) -> Ed25519PublicKey:
    """Raises BadKey."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        raise BadKey("expected an Ed25519 public key, base64 of 32 bytes") from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) != len(pairs):
        raise BadKey("a name appears twice")
    return dict(pairs)
