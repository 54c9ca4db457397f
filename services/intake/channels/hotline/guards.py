"""The hotline's adapter behind a request: by its token, or by the signature of an order."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import col, select

from services.intake.channels.domain.hotline import HotlineOnly, OrderUnknown, acts_as_hotline
from services.intake.channels.hotline.schemas import OrderNumber
from services.intake.channels.hotline.sessions import acting_hotline
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.tables import Complaint
from services.intake.settings import IntakeSettings
from shared.identity import Actor, TokenMissing
from shared.runtime import Runtime
from shared.signatures import SignatureRejected, Verifier, verify
from shared.web.dependencies import CurrentRuntime, Now, SessionDep

SIGNATURE = "webhook-signature"

_bearer = HTTPBearer(auto_error=False, description="EdDSA JWT of intake, or a signature instead")


Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def sender_of_order(
    request: Request,
    current: CurrentRuntime,
    now: Now,
    credentials: Credentials,
    liuduan_client: Annotated[str | None, Header()] = None,
) -> Actor:
    """A signature covers the order and no address, so that it is good for orders alone. A replay
    is harmless there: the number of an order makes it unique (B03).

    Raises TokenMissing, SignatureRejected or HotlineOnly.
    """
    if credentials is None and SIGNATURE in request.headers:
        keys = _keys_of(current, liuduan_client)
        verify(await request.body(), request.headers, now=now, keys=keys)
        return acting_hotline(current.part(IntakeSettings).hotline_client_id)
    return await hotline_actor(current, credentials)


async def hotline_actor(current: CurrentRuntime, credentials: Credentials) -> Actor:
    """Raises TokenMissing or HotlineOnly."""
    if credentials is None:
        raise TokenMissing
    actor = current.tokens.verify(credentials.credentials)
    if not acts_as_hotline(actor):
        raise HotlineOnly
    return actor


CurrentHotline = Annotated[Actor, Depends(hotline_actor)]
OrderSender = Annotated[Actor, Depends(sender_of_order)]


def _keys_of(current: Runtime, client: str | None) -> list[Verifier]:
    """Those of the account that says it has signed. Raises SignatureRejected."""
    settings = current.part(IntakeSettings)
    known = settings.hotline_client_id.encode()
    if not known or not hmac.compare_digest((client or "").encode(), known):
        raise SignatureRejected
    return list(settings.hotline_keys)


async def order(order_number: OrderNumber, actor: CurrentHotline, session: SessionDep) -> Complaint:
    """Raises OrderUnknown."""
    found = await session.execute(
        select(Complaint).where(
            col(Complaint.external_number) == order_number, Complaint.door == DoorKind.HOTLINE
        )
    )
    complaint = found.scalar_one_or_none()
    if complaint is None:
        raise OrderUnknown
    return complaint


ImportedOrder = Annotated[Complaint, Depends(order)]
