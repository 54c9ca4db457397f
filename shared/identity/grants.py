"""Grants: one thing, for one purpose, for a short while, to whoever holds the address.

An address with a grant works where no bearer token can be sent: in an `<image>`, a player, or the
fetcher of another system. A grant is signed as an access token is, and is none: the types differ.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import jwt
from pydantic import Field

from shared.clock import Clock
from shared.errors import Unauthenticated
from shared.identity.keys import TrustedKeys, signing_key
from shared.identity.signed import (
    ALGORITHM,
    AUDIENCE,
    IssuedClaims,
    Issuer,
    NotSigned,
    Signed,
)

TYPE = "grant+jwt"
LONGEST = timedelta(hours=1)
LONGEST_TEXT = 1024


class GrantInvalid(Unauthenticated):
    """This address was not signed by us, or was signed for something else."""

    code = "GRANT_INVALID"
    chinese = "链接无效。"


class GrantExpired(Unauthenticated):
    """This address is no longer good; ask for a new one."""

    code = "GRANT_EXPIRED"
    chinese = "链接已过期，请重新获取。"


class GrantClaims(IssuedClaims):
    """What it is good for; `sub` is the thing."""

    purpose: Annotated[str, Field(pattern=r"^[a-z][a-z.-]{2,39}$")]


_GRANTS = Signed(TYPE, LONGEST_TEXT, GrantClaims)


class GrantIssuer:
    """Signs for one issuer."""

    def __init__(self, signing_key_pem: str, key_id: str, issuer: Issuer, clock: Clock) -> None:
        self._key = signing_key(signing_key_pem)
        self._key_id = key_id
        self._issuer = issuer
        self._clock = clock

    def issue(self, purpose: str, subject: UUID, *, lifetime: timedelta) -> str:
        """Raises ValueError for a lifetime of more than an hour, or of none."""
        if not timedelta(0) < lifetime <= LONGEST:
            raise ValueError("a grant lives at most an hour")
        now = int(self._clock.now().timestamp())
        claims = GrantClaims(
            iss=self._issuer,
            aud=AUDIENCE,
            purpose=purpose,
            sub=subject,
            iat=now,
            exp=now + int(lifetime.total_seconds()),
        )
        headers = {"typ": TYPE, "kid": self._key_id}
        payload = claims.model_dump(mode="json")
        return jwt.encode(payload, self._key, algorithm=ALGORITHM, headers=headers)


class GrantVerifier:
    """Takes what a trusted key of the named issuer signed, for that purpose and subject alone."""

    def __init__(self, trusted_keys: TrustedKeys, clock: Clock) -> None:
        self._trusted = trusted_keys
        self._clock = clock

    def verify(self, grant: str, purpose: str, subject: UUID) -> None:
        """Raises GrantInvalid or GrantExpired."""
        claims = self._claims(grant)
        if claims.purpose != purpose or claims.sub != subject:
            raise GrantInvalid
        if not 0 < claims.exp - claims.iat <= LONGEST.total_seconds():
            raise GrantInvalid
        if self._clock.now().timestamp() >= claims.exp:
            raise GrantExpired

    def _claims(self, grant: str) -> GrantClaims:
        try:
            return _GRANTS.read(grant, self._trusted)
        except NotSigned:
            raise GrantInvalid from None
