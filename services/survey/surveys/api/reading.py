"""Surveys as everybody reads them whom they concern, and the notice to print."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.survey.deed import DeedDep
from services.survey.surveys.guards import SurveyToPrint, SurveyToRead
from services.survey.surveys.printing import notice
from services.survey.surveys.queries import page_of
from services.survey.surveys.schemas import SurveyDetail, SurveyOut
from services.survey.surveys.views import survey_detail, survey_outs
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/surveys", tags=["surveys"])


@router.get("")
async def list_surveys(deed: DeedDep, page: Paging) -> Page[SurveyOut]:
    """Of your place, of your homes, or about your company once published; newest first."""
    found = await page_of(deed.session, deed.actor, page)
    shown, following = page.cut(found, lambda survey: (survey.id,))
    return Page(items=await survey_outs(deed, shown), next=following)


@router.get("/{survey_id}")
async def show_survey(survey: SurveyToRead, deed: DeedDep) -> SurveyDetail:
    """How far it is, your own homes where you are asked, and the score once it is published."""
    return await survey_detail(deed, survey)


@router.get("/{survey_id}/notice", response_class=HTMLResponse)
async def print_notice(survey: SurveyToPrint, deed: DeedDep) -> HTMLResponse:
    """E05: the result as a page for the notice board, to print."""
    return HTMLResponse(notice(survey, deed.runtime.rulebooks.named(survey.rulebook)))
