"""Webhooks are the business of the organisation that receives them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.webhooks.domain.policies import (
    may_help_with_webhooks,
    may_manage_webhooks,
    may_operate_webhooks,
    may_receive_webhooks,
)
from services.notify.webhooks.queries import deliveries_visible_to, endpoints_visible_to
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.errors import Forbidden, NotFound
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, SessionDep


class WebhooksForOrganisationsOnly(Forbidden):
    """Only staff of departments and courts see the webhooks of their organisation."""

    code = "WEBHOOKS_FOR_ORGANISATIONS_ONLY"
    chinese = "只有部门和法院工作人员可以查看本单位的推送。"


class WebhookAdministratorsOnly(Forbidden):
    """Only a staff administrator of the organisation changes where its webhooks go."""

    code = "WEBHOOK_ADMINISTRATORS_ONLY"
    chinese = "只有本单位的人员管理员可以变更推送设置。"


class WebhookOperatorsOnly(Forbidden):
    """Only who handles the organisation's cases, or administers its staff, may do this."""

    code = "WEBHOOK_OPERATORS_ONLY"
    chinese = "只有本单位的承办人员或人员管理员可以进行此操作。"


class EndpointNotFound(NotFound):
    """Your organisation has no such endpoint."""

    code = "ENDPOINT_NOT_FOUND"
    chinese = "本单位没有这个推送地址。"


class DeliveryNotFound(NotFound):
    """Your organisation has no such delivery."""

    code = "DELIVERY_NOT_FOUND"
    chinese = "本单位没有这条推送。"


def webhook_reader(actor: CurrentActor) -> Actor:
    if not (may_receive_webhooks(actor) or may_help_with_webhooks(actor)):
        raise WebhooksForOrganisationsOnly
    return actor


WebhookReader = Annotated[Actor, Depends(webhook_reader)]


def webhook_manager(actor: WebhookReader) -> UUID:
    """The organisation whose webhooks the caller manages."""
    if actor.organisation_id is None or not may_manage_webhooks(actor):
        raise WebhookAdministratorsOnly
    return actor.organisation_id


async def endpoint_to_read(
    endpoint_id: UUID, actor: WebhookReader, session: SessionDep
) -> WebhookEndpoint:
    wanted = endpoints_visible_to(actor).where(WebhookEndpoint.id == endpoint_id)
    endpoint = (await session.execute(wanted)).scalar_one_or_none()
    if endpoint is None:
        raise EndpointNotFound
    return endpoint


async def endpoint_to_operate(
    endpoint_id: UUID, actor: WebhookReader, session: SessionDep
) -> WebhookEndpoint:
    """Locked, so that nothing is left waiting at an endpoint that is being deleted."""
    endpoint = await endpoint_to_read(endpoint_id, actor, session)
    if not may_operate_webhooks(actor):
        raise WebhookOperatorsOnly
    return await _locked(session, endpoint)


async def endpoint_to_manage(
    endpoint_id: UUID, actor: WebhookReader, session: SessionDep
) -> WebhookEndpoint:
    """Locked, so that of two changes the second sees the first."""
    endpoint = await endpoint_to_read(endpoint_id, actor, session)
    if not may_manage_webhooks(actor):
        raise WebhookAdministratorsOnly
    return await _locked(session, endpoint)


async def _locked(session: AsyncSession, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Before any delivery to it, in the order of everybody who needs both."""
    await session.refresh(endpoint, with_for_update=True)
    if endpoint.deleted_at is not None:
        raise EndpointNotFound
    return endpoint


async def delivery_to_read(
    delivery_id: UUID, actor: WebhookReader, session: SessionDep
) -> WebhookDelivery:
    wanted = deliveries_visible_to(actor).where(WebhookDelivery.id == delivery_id)
    delivery = (await session.execute(wanted)).scalar_one_or_none()
    if delivery is None:
        raise DeliveryNotFound
    return delivery


async def delivery_to_replay(
    delivery_id: UUID, actor: WebhookReader, session: SessionDep
) -> WebhookDelivery:
    """Locked, after its endpoint."""
    delivery = await delivery_to_read(delivery_id, actor, session)
    if not may_operate_webhooks(actor):
        raise WebhookOperatorsOnly
    await session.get(WebhookEndpoint, delivery.endpoint_id, with_for_update=True)
    await session.refresh(delivery, with_for_update=True)
    return delivery


ManagedOrganisation = Annotated[UUID, Depends(webhook_manager)]
EndpointToRead = Annotated[WebhookEndpoint, Depends(endpoint_to_read)]
EndpointToOperate = Annotated[WebhookEndpoint, Depends(endpoint_to_operate)]
EndpointToManage = Annotated[WebhookEndpoint, Depends(endpoint_to_manage)]
DeliveryToRead = Annotated[WebhookDelivery, Depends(delivery_to_read)]
DeliveryToReplay = Annotated[WebhookDelivery, Depends(delivery_to_replay)]
