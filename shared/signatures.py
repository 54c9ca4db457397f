"""Signing and verifying deliveries between organisations: Standard Webhooks 1.0.0, `v1`, `v1a`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.errors import Unauthenticated

TOLERANCE = timedelta(seconds=300)
MOST_SIGNATURES = 16
ED25519_KEY_BYTES = 32

# The id must hold no full stop: it is what separates the three signed parts.
_ID = re.compile(r"[!-\-/-~]{1,256}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class SignatureRejected(Unauthenticated):
    """The signature of this delivery could not be verified."""

    code = "SIGNATURE_REJECTED"
    chinese = "签名校验未通过。"


class MalformedKey(ValueError):
    """A key is not `whsec_`, `whsk_` or `whpk_` followed by base64 of the right length."""


class Signer(Protocol):
    def sign(self, content: bytes) -> str: ...


class Verifier(Protocol):
    def accepts(self, content: bytes, signature: str) -> bool: ...


@dataclass(frozen=True)
class Delivery:
    """What the headers of a verified delivery say; `id` is the same over all its attempts."""

    id: str
    attempted_at: int


@dataclass(frozen=True)
class SharedSecret:
    """Symmetric key of one endpoint (`whsec_`, 24 to 64 bytes); signs and verifies `v1`."""

    prefix: ClassVar[str] = "whsec_"
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not 24 <= len(self.key) <= 64:
            raise MalformedKey("a shared secret has 24 to 64 bytes")

    @classmethod
    def generate(cls) -> SharedSecret:
        return cls(secrets.token_bytes(32))

    @classmethod
    def parse(cls, text: str) -> SharedSecret:
        return cls(_key_bytes(text, cls.prefix))

    def text(self) -> str:
        return self.prefix + _base64(self.key)

    def sign(self, content: bytes) -> str:
        return "v1," + _base64(hmac.new(self.key, content, hashlib.sha256).digest())

    def accepts(self, content: bytes, signature: str) -> bool:
        return hmac.compare_digest(self.sign(content).encode(), signature.encode(errors="replace"))


@dataclass(frozen=True)
class PublicKey:
    """Ed25519 key that others may know (`whpk_`, 32 bytes); verifies `v1a`."""

    prefix: ClassVar[str] = "whpk_"
    key: Ed25519PublicKey = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        return cls(Ed25519PublicKey.from_public_bytes(_ed25519_bytes(text, cls.prefix)))

    def text(self) -> str:
        return self.prefix + _base64(self.key.public_bytes_raw())

    def accepts(self, content: bytes, signature: str) -> bool:
        version, _, encoded = signature.partition(",")
        if version != "v1a":
            return False
        try:
            self.key.verify(_strict_base64(encoded), content)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class PrivateKey:
    """Ed25519 seed that never leaves its owner (`whsk_`, 32 bytes); signs `v1a`."""

    prefix: ClassVar[str] = "whsk_"
    key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> PrivateKey:
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def parse(cls, text: str) -> PrivateKey:
        return cls(Ed25519PrivateKey.from_private_bytes(_ed25519_bytes(text, cls.prefix)))

    def text(self) -> str:
        return self.prefix + _base64(self.key.private_bytes_raw())

    def public(self) -> PublicKey:
        return PublicKey(self.key.public_key())

    def sign(self, content: bytes) -> str:
        return "v1a," + _base64(self.key.sign(content))


def parse_signer(text: str) -> Signer:
    """The key we sign with; raises MalformedKey, also for a public key."""
    return SharedSecret.parse(text) if text.startswith("whsec_") else PrivateKey.parse(text)


def parse_verifier(text: str) -> Verifier:
    """The key we verify with; raises MalformedKey, also for a private key."""
    return SharedSecret.parse(text) if text.startswith("whsec_") else PublicKey.parse(text)


def sign(body: bytes, *, id: str, at: datetime, keys: Sequence[Signer]) -> dict[str, str]:
    """The three headers of one attempt; every key signs, so that a rotation has no gap.

    `at` is the moment of this attempt, not of the event. Raises ValueError when `id` is not
    printable ASCII without full stops, or when there is no key.
    """
    if not _ID.fullmatch(id) or not keys:
        raise ValueError("a delivery needs a key and an id of printable ASCII without full stops")
    timestamp = str(int(at.timestamp()))
    content = _signed_content(id, timestamp, body)
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(key.sign(content) for key in keys),
    }


def verify(
    body: bytes, headers: Mapping[str, str], *, now: datetime, keys: Sequence[Verifier]
) -> Delivery:
    """What was delivered, if any of its signatures fits any of `keys`.

    Raises SignatureRejected, the same for every reason. A true copy within 300 s passes: the
    receiver remembers the id (P14).
    """
    values = {name.lower(): value for name, value in headers.items()}
    id, timestamp = values.get("webhook-id", ""), values.get("webhook-timestamp", "")
    if not _ID.fullmatch(id) or not _is_fresh(timestamp, now):
        raise SignatureRejected
    content = _signed_content(id, timestamp, body)
    signatures = values.get("webhook-signature", "").split(" ")[:MOST_SIGNATURES]
    if not any(key.accepts(content, each) for key in keys for each in signatures):
        raise SignatureRejected
    return Delivery(id, int(timestamp))


def _is_fresh(timestamp: str, now: datetime) -> bool:
    if not _TIMESTAMP.fullmatch(timestamp):
        return False
    return abs(now.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()


def _signed_content(id: str, timestamp: str, body: bytes) -> bytes:
    return f"{id}.{timestamp}.".encode() + body


def _ed25519_bytes(text: str, prefix: str) -> bytes:
    key = _key_bytes(text, prefix)
    if len(key) != ED25519_KEY_BYTES:
        raise MalformedKey("an Ed25519 key has 32 bytes")
    return key


def _key_bytes(text: str, prefix: str) -> bytes:
    encoded = text.removeprefix(prefix)
    if encoded == text:
        raise MalformedKey(f"the key must begin with {prefix}")
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except ValueError:
        raise MalformedKey("the key is not base64") from None


def _strict_base64(text: str) -> bytes:
    """Only the one canonical spelling, so that no altered signature passes."""
    decoded = base64.b64decode(text, validate=True)
    if _base64(decoded) != text:
        raise binascii.Error("not canonical")
    return decoded


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
