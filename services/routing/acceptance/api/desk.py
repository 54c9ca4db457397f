"""The desk of acceptance: what waits, and the three decisions about it (T02, T05, T06)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.routing.acceptance.commands.accept import accept
from services.routing.acceptance.commands.ask import ask
from services.routing.acceptance.commands.refuse import refuse
from services.routing.acceptance.domain.lifecycle import PendingStatus
from services.routing.acceptance.domain.reasons import Reason
from services.routing.acceptance.guards import (
    AtDesk,
    PendingToAsk,
    PendingToDecide,
    PendingToRead,
)
from services.routing.acceptance.queries import PendingFilter, page_of_pending
from services.routing.acceptance.schemas import PendingOut, PendingSummary, RefusalIn, RequestIn
from services.routing.acceptance.tables import PendingComplaint
from services.routing.acceptance.views import summaries, summary, whole
from services.routing.deed import Deed, DeedDep, OccasionDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/pending-complaints", tags=["acceptance"])


def pending_filter(
    state: PendingStatus | None = None,
    reason: Reason | None = None,
    estate: UUID | None = None,
    overdue: bool | None = None,
) -> PendingFilter:
    return PendingFilter(state, reason, estate, overdue)


@router.get("")
async def pending_complaints(
    on: AtDesk, page: Paging, filters: Annotated[PendingFilter, Depends(pending_filter)]
) -> Page[PendingSummary]:
    """Complaints of your place that wait to be accepted, the longest waiting first."""
    rows = await page_of_pending(on.session, on.actor, filters, page)
    shown, following = page.cut(
        rows, lambda row: (row.submitted_at.isoformat(), str(row.complaint_id))
    )
    return Page(items=await summaries(on, shown), next=following)


@router.get("/{complaint_id}")
async def pending_complaint(pending: PendingToRead, on: OccasionDep) -> PendingOut:
    """The whole complaint with the reasons why it waits."""
    on.audit("complaint.read", "complaint", pending.complaint_id, {})
    return await whole(on, pending)


@router.post("/{complaint_id}/acceptance", response_model=PendingSummary)
async def accept_complaint(pending: PendingToDecide, deed: DeedDep) -> Response:
    """T06: it becomes a case; CK-00 is met, CK-01 begins."""
    return await _answered(deed, pending, lambda: accept(deed.on, pending))


@router.post("/{complaint_id}/refusal", response_model=PendingSummary)
async def refuse_complaint(pending: PendingToDecide, body: RefusalIn, deed: DeedDep) -> Response:
    """T05: with the reason; a police matter carries the 110 hint and the hand-over."""
    return await _answered(deed, pending, lambda: refuse(deed.on, pending, body.refusal()))


@router.post("/{complaint_id}/information-request", response_model=PendingSummary)
async def request_information(pending: PendingToAsk, body: RequestIn, deed: DeedDep) -> Response:
    """T02: the reporter has five days (CK-13); meanwhile CK-00 stands still."""
    return await _answered(deed, pending, lambda: ask(deed.on, pending, body.question()))


async def _answered(
    deed: Deed, pending: PendingComplaint, command: Callable[[], Awaitable[None]]
) -> Response:
    async def answer() -> PendingSummary:
        return await summary(deed.on, pending)

    return await deed.answered(command, answer)
