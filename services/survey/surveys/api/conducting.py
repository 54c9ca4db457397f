"""For community and street: drafting, opening, closing and publishing a survey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.survey.deed import Deed, DeedDep
from services.survey.surveys.commands.closing import close
from services.survey.surveys.commands.conducting import draft, open_survey, void
from services.survey.surveys.commands.publishing import Posting, record_publication
from services.survey.surveys.guards import GroundDep, SurveyToConduct, SurveyToPublish
from services.survey.surveys.schemas import PublicationIn, SurveyDetail, SurveyIn, VoidingIn
from services.survey.surveys.tables import Survey
from services.survey.surveys.views import survey_detail
from shared.web.once import Once, OnceDep

router = APIRouter(prefix="/surveys", tags=["surveys"])


@router.post("", status_code=201, response_model=SurveyDetail)
async def draft_survey(ground: GroundDep, body: SurveyIn, deed: DeedDep, once: OnceDep) -> Response:
    """E01: of an estate in a pilot county, for a period, with its company of today."""

    async def work() -> SurveyDetail:
        drafted = await draft(deed, ground.estate, ground.standing, body.period, body.ends_on)
        return await survey_detail(deed, drafted)

    return await once.run(work)


@router.post("/{survey_id}/opening", response_model=SurveyDetail)
async def open_it(survey: SurveyToConduct, deed: DeedDep, once: OnceDep) -> Response:
    """E03: questionnaire and households are those of this moment, whatever comes later."""
    return await _done(deed, once, survey, lambda: open_survey(deed, survey))


@router.post("/{survey_id}/closing", response_model=SurveyDetail)
async def close_it(survey: SurveyToConduct, deed: DeedDep, once: OnceDep) -> Response:
    """E03, E04: counted after the last day; INVALID where the visits reached too few."""
    return await _done(deed, once, survey, lambda: close(deed, survey))


@router.post("/{survey_id}/voiding", response_model=SurveyDetail)
async def void_it(
    survey: SurveyToPublish, body: VoidingIn, deed: DeedDep, once: OnceDep
) -> Response:
    """Ends it without a result, before it is public; the period may be surveyed again."""
    return await _done(deed, once, survey, lambda: void(deed, survey, body.reason))


@router.post("/{survey_id}/publications", response_model=SurveyDetail)
async def post_it(
    survey: SurveyToPublish, body: PublicationIn, deed: DeedDep, once: OnceDep
) -> Response:
    """E05: posted on a channel, with proof; public with the last one, E06 and E07 follow."""
    posting = Posting(body.channel, body.posted_at, body.proof)
    return await _done(deed, once, survey, lambda: record_publication(deed, survey, posting))


async def _done(
    deed: Deed, once: Once, survey: Survey, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> SurveyDetail:
        await command()
        return await survey_detail(deed, survey)

    return await once.run(work, status=200)
