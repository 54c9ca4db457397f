"""Loading endpoints and exceptions for those who decide about private networks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.notify.copies.places import place_of
from services.notify.deed import DeedDep
from services.notify.exceptions.domain.policies import administers, is_concerned
from services.notify.exceptions.tables import WebhookException
from services.notify.webhooks.guards import EndpointNotFound
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


async def endpoint_to_open(endpoint_id: UUID, deed: DeedDep) -> WebhookEndpoint:
    endpoint = await deed.session.get(WebhookEndpoint, endpoint_id)
    gone = endpoint is None or endpoint.deleted_at is not None
    if (
        endpoint is None
        or gone
        or not is_concerned(
            deed.actor, endpoint.organisation_id, await place_of(deed, endpoint.organisation_id)
        )
    ):
        raise EndpointNotFound
    return endpoint


async def exception_to_change(exception_id: UUID, deed: DeedDep) -> WebhookException:
    exception = await deed.session.get(WebhookException, exception_id, with_for_update=True)
    if exception is None or not is_concerned(
        deed.actor, exception.organisation_id, await place_of(deed, exception.organisation_id)
    ):
        raise ExceptionNotFound
    return exception


async def exception_to_approve(
    exception: Annotated[WebhookException, Depends(exception_to_change)], deed: DeedDep
) -> WebhookException:
    if not administers(deed.actor, await place_of(deed, exception.organisation_id)):
        raise CentreAdministratorsOnly
    return exception


EndpointToOpen = Annotated[WebhookEndpoint, Depends(endpoint_to_open)]
ExceptionToChange = Annotated[WebhookException, Depends(exception_to_change)]
ExceptionToApprove = Annotated[WebhookException, Depends(exception_to_approve)]
