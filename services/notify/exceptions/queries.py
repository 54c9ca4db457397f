"""Reading exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_network
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.exceptions.domain.lifecycle import ExceptionStatus
from services.notify.exceptions.tables import WebhookException
from shared.egress import Network


async def exceptions_of(session: AsyncSession, endpoint_id: UUID) -> Sequence[WebhookException]:
    """Newest first: ids rise with creation."""
    wanted = select(WebhookException).where(WebhookException.endpoint_id == endpoint_id)
    return (await session.execute(wanted.order_by(col(WebhookException.id).desc()))).scalars().all()


async def opened_for(session: AsyncSession, endpoint_id: UUID) -> tuple[Network, ...]:
    """The networks that may be reached for this endpoint."""
    wanted = select(WebhookException.cidr).where(
        WebhookException.endpoint_id == endpoint_id,
        WebhookException.state == ExceptionStatus.IN_FORCE,
    )
    found = (await session.execute(wanted.order_by(WebhookException.cidr))).scalars()
    return tuple(ip_network(cidr) for cidr in found)
