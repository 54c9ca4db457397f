"""Access tokens: what they say, who may say it, and how they are signed (RFC 8725, RFC 9068)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import jwt
from pydantic import Field

from shared.clock import Clock
from shared.identity.actor import Actor, End, Role, Scope
from shared.identity.keys import signing_key
from shared.identity.signed import ALGORITHM, AUDIENCE, IssuedClaims, Issuer
from shared.ids import new_id

ACCESS_LIFETIME = timedelta(minutes=15)
TYPE = "at+jwt"


_STAFF = frozenset(Role) - {Role.OWNER, Role.HOTLINE, Role.OPEN311, Role.SYSTEM}
_STAFF_ENDS = (End.PROPERTY, End.COMMUNITY, End.GRID, End.DEPARTMENT, End.COURT, End.CENTRE)

MAY_ISSUE: Mapping[Issuer, Mapping[End, frozenset[Role]]] = {
    Issuer.INTAKE: {
        End.OWNER: frozenset({Role.OWNER}),
        End.INTEGRATION: frozenset({Role.HOTLINE}),
    },
    Issuer.ROUTING: dict.fromkeys(_STAFF_ENDS, _STAFF),
}


class NotIssuable(ValueError):
    """This issuer may not vouch for such an actor."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """`value` is shown to nobody but its bearer, so it stays out of the representation."""

    value: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"AccessToken(expires_at={self.expires_at!r})"


class Claims(IssuedClaims):
    """Who calls, in which session, and what they may."""

    sid: UUID
    jti: UUID
    end: End
    roles: Annotated[frozenset[Role], Field(min_length=1)]
    organisation: UUID | None
    divisions: tuple[Annotated[str, Field(pattern=r"^[0-9]{2,12}$")], ...]
    estates: frozenset[UUID]
    grids: frozenset[Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,32}$")]]
    interests: frozenset[UUID]

    @property
    def permitted(self) -> bool:
        """Whether this issuer may vouch for this end and all of these roles."""
        return self.roles <= MAY_ISSUE[self.iss].get(self.end, frozenset())

    def actor(self) -> Actor:
        return Actor(
            id=self.sub,
            end=self.end,
            roles=self.roles,
            organisation_id=self.organisation,
            scope=Scope(divisions=self.divisions, estates=self.estates, grids=self.grids),
            session_id=self.sid,
            interests=self.interests,
        )


class TokenIssuer:
    """Signs for one issuer. `lifetime` may be shorter than fifteen minutes, never longer."""

    def __init__(
        self,
        signing_key_pem: str,
        key_id: str,
        issuer: Issuer,
        clock: Clock,
        lifetime: timedelta = ACCESS_LIFETIME,
    ) -> None:
        if not timedelta(0) < lifetime <= ACCESS_LIFETIME:
            raise ValueError("an access token lives at most fifteen minutes")
        self._key = signing_key(signing_key_pem)
        self._key_id = key_id
        self._issuer = issuer
        self._clock = clock
        self._lifetime = lifetime

    def issue(self, actor: Actor, *, until: datetime | None = None) -> AccessToken:
        """Good for `lifetime`, and never beyond `until`, when what it says is no longer so.

        Raises NotIssuable for an actor without session or not for this issuer to vouch for.
        """
        if actor.session_id is None:
            raise NotIssuable("a token belongs to a session")
        issued_at = self._clock.now().replace(microsecond=0)
        expires_at = issued_at + self._lifetime
        if until is not None:
            expires_at = min(expires_at, until)
        claims = self._claims(actor, actor.session_id, issued_at, expires_at)
        if not claims.permitted:
            raise NotIssuable(f"{self._issuer} does not vouch for this end and these roles")
        return AccessToken(self._signed(claims), expires_at)

    def _claims(
        self, actor: Actor, session_id: UUID, issued_at: datetime, expires_at: datetime
    ) -> Claims:
        return Claims(
            iss=self._issuer,
            aud=AUDIENCE,
            sub=actor.id,
            sid=session_id,
            jti=new_id(),
            iat=int(issued_at.timestamp()),
            exp=int(expires_at.timestamp()),
            end=actor.end,
            roles=actor.roles,
            organisation=actor.organisation_id,
            divisions=actor.scope.divisions,
            estates=actor.scope.estates,
            grids=actor.scope.grids,
            interests=actor.interests,
        )

    def _signed(self, claims: Claims) -> str:
        payload: dict[str, Any] = claims.model_dump(mode="json")
        headers = {"typ": TYPE, "kid": self._key_id}
        return jwt.encode(payload, self._key, algorithm=ALGORITHM, headers=headers)
