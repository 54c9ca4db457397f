"""Loading endpoints and exceptions for those who decide about private networks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.notify.copies.places import place_of
from services.notify.deed import DeedDep
from services.notify.exceptions.domain.policies import (
    administers,
    is_concerned,
    may_ask_and_revoke,
)
from services.notify.exceptions.tables import WebhookException
from services.notify.webhooks.guards import EndpointNotFound, WebhookOperatorsOnly
from services.notify.webhooks.tables import WebhookEndpoint
from shared.errors import Forbidden, NotFound


class ExceptionNotFound(NotFound):
    """There is no such exception, or you may not see it."""

    code = "EXCEPTION_NOT_FOUND"
    chinese = "没有这个例外，或您无权查看。"


class CentreAdministratorsOnly(Forbidden):
    """Only administrators of the governance centre may approve an exception."""

    code = "CENTRE_ADMINISTRATORS_ONLY"
    chinese = "只有综治中心管理员可以审批例外。"


async def endpoint_to_look_at(endpoint_id: UUID, deed: DeedDep) -> WebhookEndpoint:
    endpoint = await deed.session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None or endpoint.deleted_at is not None:
        raise EndpointNotFound
    place = await place_of(deed, endpoint.organisation_id)
    if not is_concerned(deed.actor, endpoint.organisation_id, place):
        raise EndpointNotFound
    return endpoint


EndpointToLookAt = Annotated[WebhookEndpoint, Depends(endpoint_to_look_at)]


async def endpoint_to_open(endpoint: EndpointToLookAt, deed: DeedDep) -> WebhookEndpoint:
    if not may_ask_and_revoke(deed.actor, await place_of(deed, endpoint.organisation_id)):
        raise WebhookOperatorsOnly
    return endpoint


async def exception_to_see(exception_id: UUID, deed: DeedDep) -> WebhookException:
    exception = await deed.session.get(WebhookException, exception_id, with_for_update=True)
    if exception is None:
        raise ExceptionNotFound
    place = await place_of(deed, exception.organisation_id)
    if not is_concerned(deed.actor, exception.organisation_id, place):
        raise ExceptionNotFound
    return exception


ExceptionToSee = Annotated[WebhookException, Depends(exception_to_see)]


async def exception_to_change(exception: ExceptionToSee, deed: DeedDep) -> WebhookException:
    if not may_ask_and_revoke(deed.actor, await place_of(deed, exception.organisation_id)):
        raise WebhookOperatorsOnly
    return exception


async def exception_to_approve(exception: ExceptionToSee, deed: DeedDep) -> WebhookException:
    if not administers(deed.actor, await place_of(deed, exception.organisation_id)):
        raise CentreAdministratorsOnly
    return exception


EndpointToOpen = Annotated[WebhookEndpoint, Depends(endpoint_to_open)]
ExceptionToChange = Annotated[WebhookException, Depends(exception_to_change)]
ExceptionToApprove = Annotated[WebhookException, Depends(exception_to_approve)]
