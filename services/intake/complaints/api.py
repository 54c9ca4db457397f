"""Filing complaints, following them, and answering the feedback."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.intake.complaints.commands.confirming import confirm
from services.intake.complaints.commands.disputing import dispute
from services.intake.complaints.commands.supplementing import supplement
from services.intake.complaints.commands.urging import urge
from services.intake.complaints.commands.withdrawing import withdraw
from services.intake.complaints.domain.filters import ComplaintFilter
from services.intake.complaints.front import filed_by_owner
from services.intake.complaints.guards import ComplaintToAnswer, ComplaintToView, DeedDep
from services.intake.complaints.queries import repeated_by, timeline_of, with_case
from services.intake.complaints.raw_body import documented
from services.intake.complaints.reporter import DOCUMENTED
from services.intake.complaints.schemas import (
    ChangeOut,
    ConfirmationBody,
    ConfirmationOut,
    DisputeBody,
    DisputeOut,
    Receipt,
    Submission,
    SupplementBody,
    UrgeOut,
)
from services.intake.complaints.searching import counted, own_complaints
from services.intake.complaints.tables import Complaint
from services.intake.complaints.views import (
    ComplaintDetail,
    ComplaintOut,
    CountsOut,
    EntryOut,
    RepeatedOut,
    entries_out,
)
from services.intake.owners.guards import CurrentOwner
from shared.web.dependencies import SessionDep
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/complaints", tags=["complaints"])


@router.post(
    "",
    status_code=201,
    response_model=Receipt,
    openapi_extra=documented(Submission) | DOCUMENTED,
)
async def file_complaint(request: Request) -> Response:
    """File a complaint; the receipt is given once it is stored for good (T01)."""
    return await filed_by_owner(request)


async def complaint_filter(filters: Annotated[ComplaintFilter, Query()]) -> ComplaintFilter:
    return filters


Filters = Annotated[ComplaintFilter, Depends(complaint_filter)]


@router.get("")
async def list_complaints(
    actor: CurrentOwner, session: SessionDep, paging: Paging, filters: Filters
) -> Page[ComplaintOut]:
    """The own complaints, newest first; `query` searches them in Chinese."""
    rows = await own_complaints(session, actor, filters, paging)
    page, following = paging.cut(rows, lambda row: (row[0].submitted_at.isoformat(), row[0].id))
    return Page(items=[ComplaintOut.of(*row) for row in page], next=following)


@router.get("/counts")
async def counts(actor: CurrentOwner, session: SessionDep, filters: Filters) -> CountsOut:
    """How many of the own complaints there are, by state, and how many wait for you."""
    return CountsOut.of(await counted(session, actor, filters))


@router.get("/repeated")
async def repeated(
    deed: DeedDep,
    estate: UUID | None = None,
    category: Annotated[str | None, Query(max_length=16)] = None,
) -> RepeatedOut:
    """Asked before complaining: what is open already, and may be urged instead (X08)."""
    since = deed.at - deed.rulebook.intake.duplicate_window
    rows = await repeated_by(deed.session, deed.actor, estate, category, since=since)
    return RepeatedOut(items=[ComplaintOut.of(*row) for row in rows])


@router.get("/{complaint_id}")
async def complaint(complaint: ComplaintToView, session: SessionDep) -> ComplaintDetail:
    """A complaint with its case: who handles it, and what was promised by when."""
    return ComplaintDetail.whole(*await with_case(session, complaint))


@router.get("/{complaint_id}/timeline")
async def timeline(
    complaint: ComplaintToView, session: SessionDep, paging: Paging
) -> Page[EntryOut]:
    """What happened so far, in plain words."""
    entries, following = await timeline_of(session, complaint.id, paging)
    return Page(items=entries_out(entries), next=following)


@router.post("/{complaint_id}/supplement", response_model=ChangeOut)
async def supply(
    body: SupplementBody, once: OnceDep, complaint: ComplaintToAnswer, deed: DeedDep
) -> Response:
    """Supply what was asked for, while there is time (T03)."""
    return await _changed(once, complaint, lambda: supplement(deed, complaint, body.supplement()))


@router.post("/{complaint_id}/withdrawal", response_model=ChangeOut)
async def take_back(once: OnceDep, complaint: ComplaintToAnswer, deed: DeedDep) -> Response:
    """Withdraw the complaint before its result is reported; a case may go on without it (T08)."""
    return await _changed(once, complaint, lambda: withdraw(deed, complaint))


@router.post("/{complaint_id}/urge", status_code=201, response_model=UrgeOut)
async def urge_handler(once: OnceDep, complaint: ComplaintToAnswer, deed: DeedDep) -> Response:
    """Urge whoever handles the case, once in 24 hours (T45)."""

    async def work() -> UrgeOut:
        await urge(deed, complaint)
        return UrgeOut.of(complaint, deed.rulebook)

    return await once.run(work)


@router.post("/{complaint_id}/dispute", status_code=201, response_model=DisputeOut)
async def dispute_closing(
    body: DisputeBody, once: OnceDep, complaint: ComplaintToAnswer, deed: DeedDep
) -> Response:
    """The problem is back, or there are new facts: within fifteen days of the closing (T33)."""

    async def work() -> DisputeOut:
        await dispute(deed, complaint, body.objection(), body.files())
        return DisputeOut.of(complaint)

    return await once.run(work)


@router.post("/{complaint_id}/confirmation", status_code=201, response_model=ConfirmationOut)
async def confirm_feedback(
    body: ConfirmationBody, once: OnceDep, complaint: ComplaintToAnswer, deed: DeedDep
) -> Response:
    """Say whether the problem is solved, and how satisfied you are (T31, T32)."""

    async def work() -> ConfirmationOut:
        return ConfirmationOut.of(await confirm(deed, complaint, body.answer()))

    return await once.run(work)


async def _changed(
    once: Once, complaint: Complaint, command: Callable[[], Awaitable[object]]
) -> Response:
    async def work() -> ChangeOut:
        await command()
        return ChangeOut.of(complaint)

    return await once.run(work, status=200)
