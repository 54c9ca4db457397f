"""A survey's score is entered; two low ones in a row call for a talk (E06, E07)."""

from __future__ import annotations

from services.survey.credit.commands.entering import NewEntry, enter
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.streaks import Result, newly_due
from services.survey.credit.queries import results_of
from services.survey.deed import Deed
from services.survey.surveys.queries import estate_of
from services.survey.surveys.tables import Survey
from shared.contracts.survey import LowScore, LowScoresState, RectificationDue
from shared.messaging import publish


async def enter_score(deed: Deed, survey: Survey) -> None:
    """Of a survey that was just published; the estate is locked, so scores enter one by one."""
    await estate_of(deed.session, survey.estate_id)
    known = await results_of(deed.session, survey.company_id, survey.estate_id)
    new = _new(survey)
    await enter(deed, new)
    assert new.score is not None
    rule = deed.runtime.rulebooks.named(survey.rulebook).survey.low_score
    result = Result(new.source_id, new.period, new.score, new.published_at)
    for row in newly_due(known, result, rule):
        state = LowScoresState(
            id=row[-1].survey_id,
            version=1,
            company_id=survey.company_id,
            estate_id=survey.estate_id,
            estate_name=survey.estate_name,
            division=survey.division,
            below=rule.below,
            scores=tuple(LowScore(**vars(each)) for each in row),
        )
        publish(deed.session, RectificationDue(company=state), actor=deed.actor, at=deed.at)


def _new(survey: Survey) -> NewEntry:
    assert survey.score is not None, "a published survey has a score"
    assert survey.published_at is not None
    return NewEntry(
        company_id=survey.company_id,
        estate_id=survey.estate_id,
        division=survey.division,
        community=survey.community,
        source=EntrySource.SATISFACTION_SURVEY,
        source_id=survey.id,
        period=survey.period,
        score=survey.score,
        published_at=survey.published_at,
    )
