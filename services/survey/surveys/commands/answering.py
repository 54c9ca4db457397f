"""A household's answer, online or at the door: one of them is valid (E02, E29, E30)."""

from __future__ import annotations

from uuid import UUID

from services.survey.deed import Deed
from services.survey.surveys.commands.recording import note
from services.survey.surveys.domain.answers import (
    Answer,
    Levels,
    Mode,
    outranks,
    refuse_incomplete,
    refuse_tenants,
)
from services.survey.surveys.domain.lifecycle import refuse_unless_open
from services.survey.surveys.domain.periods import refuse_outside
from services.survey.surveys.queries import answer_by_id, household_to_answer
from services.survey.surveys.tables import Survey, SurveyAnswer, SurveyHousehold
from shared.contracts.vocabulary import Relation
from shared.ids import new_id
from shared.rulebook.sections.survey import Survey as Rules


async def answer_online(
    deed: Deed, survey: Survey, house_id: UUID, relation: Relation, levels: Levels
) -> SurveyAnswer:
    """The household's valid answer afterwards, which may be another one.

    Raises SurveyNotOpen, OutsideSurvey, AnswerIncomplete, TenantsDoNotAnswer or HouseholdNotListed.
    """
    refuse_unless_open(survey.state)
    refuse_outside(deed.at, survey.opened_at or deed.at, survey.ends_on)
    household = await household_to_answer(deed.session, survey.id, house_id)
    answer = Answer(relation, Mode.ONLINE, deed.at, levels)
    standing = await place(deed, survey, household, answer, owner_id=deed.actor.id)
    note(deed, survey, "survey.answered", {"mode": Mode.ONLINE})
    return standing


async def place(
    deed: Deed,
    survey: Survey,
    household: SurveyHousehold,
    answer: Answer,
    *,
    owner_id: UUID | None = None,
) -> SurveyAnswer:
    """Keep the answer, and let it count if it outranks the one that stands; the household is
    locked. Raises AnswerIncomplete or TenantsDoNotAnswer.
    """
    rules = rules_of(deed, survey)
    refuse_incomplete(answer.levels, rules)
    refuse_tenants(answer.relation, rules)
    row = _row(deed, household, answer, owner_id)
    deed.session.add(row)
    standing = await answer_by_id(deed.session, household.answer_id)
    if standing is not None and not outranks(answer, as_answer(standing)):
        return standing
    household.answer_id = row.id
    return row


def rules_of(deed: Deed, survey: Survey) -> Rules:
    """Those the survey was opened with."""
    return deed.runtime.rulebooks.named(survey.rulebook).survey


def as_answer(row: SurveyAnswer) -> Answer:
    return Answer(Relation(row.relation), Mode(row.mode), row.given_at, row.levels)


def _row(
    deed: Deed, household: SurveyHousehold, answer: Answer, owner_id: UUID | None
) -> SurveyAnswer:
    return SurveyAnswer(
        id=new_id(),
        survey_id=household.survey_id,
        house_id=household.house_id,
        owner_id=owner_id,
        relation=answer.relation,
        mode=answer.mode,
        given_at=answer.given_at,
        received_at=deed.at,
        levels=dict(answer.levels),
    )
