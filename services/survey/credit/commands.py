"""Writing into the credit file; two low scores in a row call for a talk (E06, E07)."""

from __future__ import annotations

from services.survey.credit.domain.streaks import Result, newly_due
from services.survey.credit.queries import results_of
from services.survey.credit.tables import CreditEntry
from services.survey.deed import Deed
from services.survey.surveys.queries import estate_of
from services.survey.surveys.tables import Survey
from shared.audit import append
from shared.contracts.survey import LowScore, LowScoresState, RectificationDue
from shared.ids import new_id
from shared.messaging import publish


async def enter_score(deed: Deed, survey: Survey) -> None:
    """Of a survey that was just published; the estate is locked, so scores enter one by one."""
    await estate_of(deed.session, survey.estate_id)
    known = await results_of(deed.session, survey.company_id, survey.estate_id)
    entry = _entry(deed, survey)
    deed.session.add(entry)
    _note(deed, entry)
    rule = deed.runtime.rulebooks.named(survey.rulebook).survey.low_score
    for row in newly_due(known, result_in(entry), rule):
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


def result_in(entry: CreditEntry) -> Result:
    return Result(entry.survey_id, entry.period, entry.score, entry.published_at)


def _entry(deed: Deed, survey: Survey) -> CreditEntry:
    assert survey.score is not None, "a published survey has a score"
    assert survey.published_at is not None
    return CreditEntry(
        id=new_id(),
        company_id=survey.company_id,
        estate_id=survey.estate_id,
        division=survey.division,
        community=survey.community,
        survey_id=survey.id,
        period=survey.period,
        score=survey.score,
        published_at=survey.published_at,
        recorded_at=deed.at,
    )


def _note(deed: Deed, entry: CreditEntry) -> None:
    append(
        deed.session,
        actor=deed.actor,
        action="credit.entered",
        subject_type="company",
        subject_id=entry.company_id,
        at=deed.at,
        details={"survey": str(entry.survey_id), "score": str(entry.score)},
    )
