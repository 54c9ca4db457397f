"""Verification of access tokens: the signature is checked once, the revocation every time."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import timedelta
from uuid import UUID

from shared.clock import Clock
from shared.identity.actor import Actor
from shared.identity.keys import TrustedKeys
from shared.identity.refusals import SessionRevoked, TokenExpired, TokenInvalid, TokenMissing
from shared.identity.revocations import Revocations
from shared.identity.signed import NotSigned, Signed
from shared.identity.tokens import ACCESS_LIFETIME, TYPE, Claims

CLOCK_SKEW = timedelta(seconds=30)
LONGEST_TOKEN = 16_384
_TOKENS = Signed(TYPE, LONGEST_TOKEN, Claims)


class TokenVerifier:
    """Turns a bearer token into an Actor; every way to fail is an Unauthenticated (P19, T22).

    Remembers up to `capacity` verified tokens, by their hash only, until they expire.
    """

    def __init__(
        self,
        trusted_keys: TrustedKeys,
        clock: Clock,
        revocations: Revocations,
        capacity: int = 20_000,
    ) -> None:
        self._trusted = trusted_keys
        self._clock = clock
        self._revocations = revocations
        self._capacity = capacity
        self._verified: OrderedDict[bytes, tuple[Actor, UUID, int]] = OrderedDict()

    def verify(self, token: str | None) -> Actor:
        """Raises TokenMissing, TokenInvalid, TokenExpired or SessionRevoked."""
        if not token:
            raise TokenMissing
        now = self._clock.now().timestamp()
        digest = _digest(token)
        actor, session_id, expires = self._verified.get(digest) or self._examined(token, now)
        if now >= expires:
            self._verified.pop(digest, None)
            raise TokenExpired
        if self._revocations.includes(session_id):
            raise SessionRevoked
        self._remember(digest, (actor, session_id, expires))
        return actor

    def knows(self, token: str) -> bool:
        """Whether the signature of this token need not be checked again."""
        return _digest(token) in self._verified

    @property
    def remembered(self) -> list[bytes]:
        """Hashes of the remembered tokens, the longest unused first."""
        return list(self._verified)

    def _remember(self, digest: bytes, verified: tuple[Actor, UUID, int]) -> None:
        self._verified[digest] = verified
        self._verified.move_to_end(digest)
        if len(self._verified) > self._capacity:
            self._verified.popitem(last=False)

    def _examined(self, token: str, now: float) -> tuple[Actor, UUID, int]:
        claims = self._claims(token)
        lifetime = claims.exp - claims.iat
        from_future = claims.iat > now + CLOCK_SKEW.total_seconds()
        if from_future or not 0 < lifetime <= ACCESS_LIFETIME.total_seconds():
            raise TokenInvalid
        return claims.actor(), claims.sid, claims.exp

    def _claims(self, token: str) -> Claims:
        try:
            claims = _TOKENS.read(token, self._trusted)
        except NotSigned:
            raise TokenInvalid from None
        if not claims.permitted:
            raise TokenInvalid
        return claims


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
