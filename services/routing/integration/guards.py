"""Who sent a callback: the signature says so, there is no bearer token."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import ClientDisconnect

from services.routing.directory.queries import organisation_by_id
from services.routing.integration.domain.principals import principal
from services.routing.integration.keys import KnownKey, keys_of
from services.routing.occasion import Occasion
from shared.errors import BadRequest
from shared.identity import Actor
from shared.signatures import Delivery, SignatureRejected, verify
from shared.web.dependencies import CurrentRuntime, Now, SessionDep


@dataclass(frozen=True)
class SignedCallback:
    """A verified body, who it is from, and the id under which it is answered once."""

    on: Occasion
    webhook_id: str
    body: bytes

    @property
    def key_id(self) -> UUID:
        """The key that signed is who acts."""
        return self.on.actor.id

    @property
    def organisation_id(self) -> UUID:
        assert self.on.actor.organisation_id is not None
        return self.on.actor.organisation_id

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


async def signed_callback(
    request: Request,
    runtime: CurrentRuntime,
    session: SessionDep,
    now: Now,
    liuduan_organisation: Annotated[str | None, Header()] = None,
) -> SignedCallback:
    """Standard Webhooks, 300 s by our clock. Raises SignatureRejected, the same for any reason:
    who calls without a good key learns nothing, not even which organisations there are.
    """
    body = await _body(request)
    organisation_id = _named(liuduan_organisation)
    keys = await keys_of(session, runtime.cipher, organisation_id)
    key, delivery = _verified(keys, body, request.headers, now)
    actor = await _actor(session, organisation_id, key)
    return SignedCallback(Occasion(runtime, session, actor, now), delivery.id, body)


SignedCallbackDep = Annotated[SignedCallback, Depends(signed_callback)]


async def _body(request: Request) -> bytes:
    try:
        return await request.body()
    except ClientDisconnect:
        raise BadRequest from None


def _named(organisation_id: str | None) -> UUID:
    """Raises SignatureRejected, also where nobody is named."""
    try:
        return UUID(organisation_id or "")
    except ValueError:
        raise SignatureRejected from None


def _verified(
    keys: Sequence[KnownKey], body: bytes, headers: Mapping[str, str], now: datetime
) -> tuple[KnownKey, Delivery]:
    """The key that signed, which is who acted. Raises SignatureRejected."""
    for key in keys:
        with suppress(SignatureRejected):
            return key, verify(body, headers, now=now, keys=[key.verifier])
    raise SignatureRejected


async def _actor(session: AsyncSession, organisation_id: UUID, key: KnownKey) -> Actor:
    organisation = await organisation_by_id(session, organisation_id)
    if organisation is None or not organisation.active:
        raise SignatureRejected
    actor = principal(organisation.kind, organisation_id, key.id)
    if actor is None:
        raise SignatureRejected
    return actor
