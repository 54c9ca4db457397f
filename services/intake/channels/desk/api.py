"""The desks of staff: file for a resident, for the own company, or what was found."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.channels.desk.filing import file_at_desk
from services.intake.channels.desk.guards import (
    CurrentCentre,
    CurrentDesk,
    DeskDeed,
    FiledToChange,
    FiledToView,
)
from services.intake.channels.desk.queries import filed_by
from services.intake.channels.desk.schemas import DeskComplaint, DeskReceipt
from services.intake.channels.desk.views import FiledDetail, FiledOut
from services.intake.channels.domain.desks import DeskDoor, may_read_refused_words
from services.intake.channels.hotline.queries import refused_orders
from services.intake.channels.hotline.views import RefusedOrderOut
from services.intake.complaints.commands.supplementing import supplement
from services.intake.complaints.queries import timeline_of, with_case
from services.intake.complaints.receipts import answer_with
from services.intake.complaints.schemas import ChangeOut, SupplementBody
from services.intake.complaints.views import EntryOut, entries_out
from shared.contracts.vocabulary import ComplaintStatus
from shared.web.dependencies import CurrentRuntime, SessionDep
from shared.web.once import IdempotencyKey, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/desk", tags=["desk"])


@router.post("/complaints", status_code=201, response_model=DeskReceipt)
async def file(
    body: DeskComplaint, actor: CurrentDesk, current: CurrentRuntime, key: IdempotencyKey
) -> Response:
    """File a complaint at a desk; the receipt is given once it is stored for good (T01)."""
    filed = await file_at_desk(current, actor, key, body)
    return answer_with(current, filed, body.draft(), kind=DeskReceipt)


@router.get("/complaints")
async def list_filed(
    actor: CurrentDesk,
    session: SessionDep,
    paging: Paging,
    door: DeskDoor | None = None,
    state: ComplaintStatus | None = None,
) -> Page[FiledOut]:
    """What one filed oneself, and what the own organisation filed; newest first."""
    rows = await filed_by(session, actor, door, state, paging)
    page, following = paging.cut(rows, lambda row: (row[0].submitted_at.isoformat(), row[0].id))
    return Page(items=[FiledOut.line(actor, *row) for row in page], next=following)


@router.get("/complaints/{complaint_id}")
async def filed_complaint(
    complaint: FiledToView, current: CurrentRuntime, session: SessionDep
) -> FiledDetail:
    """A complaint filed at the own desk, with its case; contacts are masked."""
    return FiledDetail.filed(current, *await with_case(session, complaint))


@router.get("/complaints/{complaint_id}/timeline")
async def filed_timeline(
    complaint: FiledToView, session: SessionDep, paging: Paging
) -> Page[EntryOut]:
    """What happened so far, as the resident reads it."""
    entries, following = await timeline_of(session, complaint.id, paging)
    return Page(items=entries_out(entries), next=following)


@router.post("/complaints/{complaint_id}/supplement", response_model=ChangeOut)
async def supply(
    body: SupplementBody, once: OnceDep, complaint: FiledToChange, deed: DeskDeed
) -> Response:
    """Supply what was asked for, e.g. a written reminder, while there is time (T03, X21)."""

    async def work() -> ChangeOut:
        await supplement(deed, complaint, body.supplement())
        return ChangeOut.of(complaint)

    return await once.run(work, status=200)


@router.get("/refused-orders")
async def refused(
    actor: CurrentCentre,
    current: CurrentRuntime,
    session: SessionDep,
    paging: Paging,
    settled: bool = False,
) -> Page[RefusedOrderOut]:
    """Orders of the hotline that were fetched and could not be taken, newest first (B03)."""
    rows = await refused_orders(session, paging, settled=settled)
    page, following = paging.cut(rows, lambda row: (row.last_at.isoformat(), row.id))
    words = may_read_refused_words(actor)
    items = [RefusedOrderOut.of(current, row, with_words=words) for row in page]
    return Page(items=items, next=following)
