"""Calls to make: who is to be called, the number on request, and what came of it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.calls.commands.claiming import claim, let_go, show_number
from services.survey.calls.commands.trying import note_attempt
from services.survey.calls.guards import CallerDep, CallToMake, CallToView, Subject
from services.survey.calls.queries import counts_of, page_of_calls
from services.survey.calls.schemas import AttemptBody, CallDetailOut, CallOut, NumberOut
from services.survey.calls.views import call_out, call_state, whole_call
from services.survey.deed import DeedDep
from services.survey.visits.domain.lifecycle import VisitStatus
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/calls", tags=["calls"])


@router.get("")
async def list_calls(
    actor: CallerDep, deed: DeedDep, paging: Paging, state: VisitStatus = VisitStatus.CALLING
) -> Page[CallOut]:
    """Calls of the own place, whose time runs out first on top."""
    lines, following = await page_of_calls(deed.session, actor, state, paging)
    counts = await counts_of(deed.session, [visit.id for visit, _ in lines])
    items = [call_out(deed, Subject(*line), counts.get(line[0].id, 0)) for line in lines]
    return Page(items=items, next=following)


@router.get("/{visit_id}")
async def show_call(subject: CallToView, deed: DeedDep) -> CallDetailOut:
    """The call with every attempt, and whether somebody claims it; the number is masked."""
    return await whole_call(deed, subject)


@router.post("/{visit_id}/claim")
async def claim_call(subject: CallToMake, deed: DeedDep) -> CallOut:
    """For an hour nobody else calls this person; claiming again prolongs."""
    await claim(deed, subject)
    return await call_state(deed, subject)


@router.delete("/{visit_id}/claim")
async def release_call(subject: CallToMake, deed: DeedDep) -> CallOut:
    """You call later or not at all: others may call from now on."""
    await let_go(deed, subject)
    return await call_state(deed, subject)


@router.post("/{visit_id}/number")
async def read_number(subject: CallToMake, deed: DeedDep) -> NumberOut:
    """The whole number, to call now; that it was looked at is written down."""
    return NumberOut(number=await show_number(deed, subject))


@router.post("/{visit_id}/attempts", status_code=201, response_model=CallOut)
async def record_attempt(
    subject: CallToMake, body: AttemptBody, deed: DeedDep, once: OnceDep
) -> Response:
    """What came of a call; with REACHED what the owner answered. The claim ends with it."""

    async def work() -> CallOut:
        await note_attempt(deed, subject, body.report())
        return await call_state(deed, subject)

    return await once.run(work)
