"""Private networks for webhooks: asked for, approved by two, revoked."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.notify.deed import DeedDep
from services.notify.exceptions.commands import approve, ask, revoke
from services.notify.exceptions.guards import (
    EndpointToLookAt,
    EndpointToOpen,
    ExceptionToApprove,
    ExceptionToChange,
)
from services.notify.exceptions.queries import exceptions_of
from services.notify.exceptions.schemas import ExceptionBody, ExceptionOut
from shared.web.dependencies import SessionDep
from shared.web.once import OnceDep

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@router.get("/endpoints/{endpoint_id}/exceptions")
async def list_exceptions(endpoint: EndpointToLookAt, session: SessionDep) -> list[ExceptionOut]:
    """All that were ever asked for, newest first: for the organisation's own staff and
    administrators of the centre.
    """
    found = await exceptions_of(session, endpoint.id)
    return [ExceptionOut.model_validate(each) for each in found]


@router.post("/endpoints/{endpoint_id}/exceptions", status_code=201, response_model=ExceptionOut)
async def ask_for_exception(
    endpoint: EndpointToOpen, body: ExceptionBody, deed: DeedDep, once: OnceDep
) -> Response:
    """Ask that a private network may be reached for this endpoint, e.g. a receiver in 政务外网.

    It opens nothing until two administrators of the centre have approved. Problems:
    NETWORK_REFUSED, ENDPOINT_NOT_FOUND, WEBHOOK_OPERATORS_ONLY.
    """

    async def work() -> ExceptionOut:
        return ExceptionOut.model_validate(await ask(deed, endpoint, body))

    return await once.run(work)


@router.post("/exceptions/{exception_id}/approval", response_model=ExceptionOut)
async def approve_exception(
    exception: ExceptionToApprove, deed: DeedDep, once: OnceDep
) -> Response:
    """One of two approvals, by different administrators of the centre who did not ask for it.

    Problems: APPROVER_NOT_INDEPENDENT, CENTRE_ADMINISTRATORS_ONLY, EXCEPTION_NOT_FOUND,
    EXCEPTION_SETTLED.
    """

    async def work() -> ExceptionOut:
        return ExceptionOut.model_validate(approve(deed, exception))

    return await once.run(work, status=200)


@router.post("/exceptions/{exception_id}/revocation", response_model=ExceptionOut)
async def revoke_exception(exception: ExceptionToChange, deed: DeedDep, once: OnceDep) -> Response:
    """Close the network again, or turn the request down: one person's word is enough.

    Problems: EXCEPTION_NOT_FOUND, EXCEPTION_SETTLED, WEBHOOK_OPERATORS_ONLY.
    """

    async def work() -> ExceptionOut:
        return ExceptionOut.model_validate(revoke(deed, exception))

    return await once.run(work, status=200)
