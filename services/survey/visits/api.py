"""Return visits, for the owner's client."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.deed import DeedDep
from services.survey.visits.commands.answering import answer_visit
from services.survey.visits.guards import VisitToAnswer, VisitToView
from services.survey.visits.queries import page_of
from services.survey.visits.schemas import AnswerBody, AnswerFormOut, VisitOut
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/visits", tags=["visits"])
forms = APIRouter(tags=["visits"])


@forms.get("/answer-form")
async def answer_form(actor: CurrentActor, deed: DeedDep) -> AnswerFormOut:
    """Levels and reasons to choose from, for owners and for those who call them."""
    return AnswerFormOut.of(deed.runtime.rulebooks.in_force_at(deed.at))


@router.get("")
async def list_visits(actor: CurrentActor, session: SessionDep, paging: Paging) -> Page[VisitOut]:
    """The caller's own visits, newest first."""
    visits, following = await page_of(session, actor, paging)
    return Page(items=[VisitOut.of(visit) for visit in visits], next=following)


@router.get("/{visit_id}")
async def show_visit(visit: VisitToView) -> VisitOut:
    """What is asked about a closed complaint, and until when it can be answered."""
    return VisitOut.of(visit)


@router.post("/{visit_id}/answer", response_model=VisitOut)
async def answer(visit: VisitToAnswer, body: AnswerBody, deed: DeedDep, once: OnceDep) -> Response:
    """The one answer. A bad level without a reason is taken, but reopens nothing (X34)."""

    async def work() -> VisitOut:
        return VisitOut.of(await answer_visit(deed, visit, body.answer()))

    return await once.run(work, status=200)
