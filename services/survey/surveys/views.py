"""A survey as its readers see it: staff its progress, residents their homes, all its result."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.standings import standings_from
from services.survey.deed import Deed
from services.survey.surveys.domain.lifecycle import COUNTED, SurveyStatus
from services.survey.surveys.domain.policies import Standing, reads_as_staff
from services.survey.surveys.domain.scoring import rounded, share_of
from services.survey.surveys.domain.visits import status_of
from services.survey.surveys.queries import (
    answered_homes,
    progress_of,
    publications_of,
)
from services.survey.surveys.schemas import (
    DimensionOut,
    HomeOut,
    PostingOut,
    ProgressOut,
    QuestionnaireOut,
    ResultOut,
    ScaleStepOut,
    SurveyDetail,
    SurveyOut,
)
from services.survey.surveys.tables import Survey, SurveyHousehold
from services.survey.surveys.visit_schemas import HouseholdOut
from shared.identity import Actor, End
from shared.rulebook import Rulebook

PLAIN = set(SurveyOut.model_fields) - {"questionnaire", "result", "standing"}


def standing_of(survey: Survey) -> Standing:
    return Standing(
        company_id=survey.company_id,
        estate_id=survey.estate_id,
        community=survey.community,
        grids=frozenset(survey.grid_codes),
    )


async def survey_outs(deed: Deed, surveys: Sequence[Survey]) -> list[SurveyOut]:
    ids = [each.id for each in surveys]
    standings = await standings_from(deed.session, EntrySource.SATISFACTION_SURVEY, ids)
    return [
        SurveyOut(
            **{name: getattr(each, name) for name in PLAIN},
            questionnaire=each.rulebook,
            result=_result(each) if _sees_result(deed.actor, each) else None,
            standing=standings.get(each.id),
        )
        for each in surveys
    ]


async def survey_detail(deed: Deed, survey: Survey) -> SurveyDetail:
    staff = reads_as_staff(deed.actor, standing_of(survey))
    (shown,) = await survey_outs(deed, [survey])
    return SurveyDetail(
        **dict(shown),
        progress=await _progress(deed, survey) if staff else None,
        homes=await _homes(deed, survey),
        publications=await _postings(deed, survey, staff=staff),
    )


def household_out(household: SurveyHousehold, tries_at_most: int) -> HouseholdOut:
    contacted = household.contacted_at is not None
    return HouseholdOut(
        **household.model_dump(include=set(HouseholdOut.model_fields)),
        status=status_of(contacted=contacted, tries=household.tries, tries_at_most=tries_at_most),
    )


def questionnaire_out(book: Rulebook, *, in_force: bool) -> QuestionnaireOut:
    asked = book.survey.questionnaire
    questions = {each.dimension: each.text for each in asked.questions}
    return QuestionnaireOut(
        version=book.version,
        in_force=in_force,
        title=asked.title,
        introduction=asked.introduction,
        dimensions=[
            DimensionOut(**each.model_dump(), question=questions[each.code])
            for each in book.survey.dimensions
        ],
        scale=[ScaleStepOut(**each.model_dump()) for each in asked.scale],
    )


def _sees_result(actor: Actor, survey: Survey) -> bool:
    if survey.state == SurveyStatus.PUBLISHED:
        return True
    return survey.state in COUNTED and reads_as_staff(actor, standing_of(survey))


def _result(survey: Survey) -> ResultOut:
    averages = survey.averages
    return ResultOut(
        **survey.model_dump(include=set(ResultOut.model_fields) - {"averages"}),
        averages=averages and {code: Decimal(each) for code, each in averages.items()},
    )


async def _progress(deed: Deed, survey: Survey) -> ProgressOut | None:
    if survey.state == SurveyStatus.DRAFT:
        return None
    book = deed.runtime.rulebooks.named(survey.rulebook)
    households, visited, answered = await progress_of(deed.session, survey.id)
    return ProgressOut(
        households=households,
        visited=visited,
        answered=answered,
        coverage=rounded(share_of(visited, households), book.scores),
        coverage_at_least=book.survey.offline_coverage_at_least,
    )


async def _homes(deed: Deed, survey: Survey) -> list[HomeOut]:
    """What one has answered oneself one may see again; the rest of the family's one may not."""
    if deed.actor.end is not End.OWNER:
        return []
    homes = await answered_homes(deed.session, survey.id, sorted(deed.actor.interests))
    return [
        HomeOut(
            house_id=house_id,
            answered_at=answer and answer.given_at,
            mode=answer and answer.mode,
            relation=answer and answer.relation,
            levels=answer.levels if answer and answer.owner_id == deed.actor.id else None,
        )
        for house_id, answer in homes.items()
    ]


async def _postings(deed: Deed, survey: Survey, *, staff: bool) -> list[PostingOut]:
    if survey.state != SurveyStatus.PUBLISHED and not staff:
        return []
    return [
        PostingOut(
            channel=each.channel, posted_at=each.posted_at, proof=each.proof if staff else None
        )
        for each in await publications_of(deed.session, survey.id)
    ]
