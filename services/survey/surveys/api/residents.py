"""For residents: answering for the household of a verified home (E29, E30)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.deed import DeedDep
from services.survey.surveys.commands.answering import answer_online
from services.survey.surveys.guards import RelationDep, SurveyToAnswer
from services.survey.surveys.schemas import HomeAnswerIn, SurveyDetail
from services.survey.surveys.views import survey_detail
from shared.web.once import OnceDep

router = APIRouter(prefix="/surveys", tags=["surveys"])


@router.post("/{survey_id}/answers", status_code=201, response_model=SurveyDetail)
async def answer(
    survey: SurveyToAnswer,
    relation: RelationDep,
    body: HomeAnswerIn,
    deed: DeedDep,
    once: OnceDep,
) -> Response:
    """One answer per household is valid: the owner's side before the tenant, then the later."""

    async def work() -> SurveyDetail:
        await answer_online(deed, survey, body.house_id, relation, body.levels)
        return await survey_detail(deed, survey)

    return await once.run(work)
