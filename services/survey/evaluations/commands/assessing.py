"""The community assesses its company, the street confirms (E15, [ours])."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.deed import Deed
from services.survey.evaluations.commands.recording import note
from services.survey.evaluations.domain.assessing import (
    AssessmentExists,
    refuse_incomplete,
    refuse_wrong_day,
)
from services.survey.evaluations.domain.lifecycles import (
    STANDING,
    AssessmentAction,
    advance,
)
from services.survey.evaluations.domain.policies import Place, refuse_same_person
from services.survey.evaluations.domain.scoring import community_score
from services.survey.evaluations.schemas import AssessmentIn
from services.survey.evaluations.tables import CommunityAssessment
from shared.clock import BEIJING
from shared.ids import new_id


async def enter(
    deed: Deed, estate: EstateCopy, place: Place, body: AssessmentIn
) -> CommunityAssessment:
    """The estate is locked. Raises PeriodUnknown, AssessedOutsideHalfYear, AssessedInTheFuture,
    AssessmentIncomplete or AssessmentExists.
    """
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    indicators = book.ratings.quarterly_indicators
    refuse_wrong_day(body.period, body.assessed_on, _today(deed))
    refuse_incomplete(body.marks, indicators, book.evaluation.score_top)
    if await _stands(deed, estate, place, body.period):
        raise AssessmentExists(period=body.period)
    row = CommunityAssessment(
        id=new_id(),
        estate_id=estate.id,
        estate_name=estate.display_name,
        division=estate.division,
        community=place.community,
        company_id=place.company_id,
        period=body.period,
        assessed_on=body.assessed_on,
        marks={code: str(mark) for code, mark in body.marks.items()},
        score=community_score(body.marks, indicators, book.scores),
        note=body.note,
        rulebook=book.version,
        entered_by=deed.actor.id,
        entered_at=deed.at,
    )
    deed.session.add(row)
    _note(deed, row, "community_assessment.entered")
    return row


async def confirm(deed: Deed, row: CommunityAssessment) -> None:
    """By another person. Raises SamePerson or AssessmentNotInState."""
    refuse_same_person(deed.actor, row.entered_by)
    row.state = advance(row.state, AssessmentAction.CONFIRM)
    _decide(deed, row, "community_assessment.confirmed", None)


async def send_back(deed: Deed, row: CommunityAssessment, reason: str) -> None:
    """It counts for nothing and may be entered anew. Raises AssessmentNotInState."""
    row.state = advance(row.state, AssessmentAction.RETURN)
    _decide(deed, row, "community_assessment.returned", reason)


async def void(deed: Deed, row: CommunityAssessment, reason: str) -> None:
    """Takes back what was confirmed. Raises AssessmentNotInState."""
    row.state = advance(row.state, AssessmentAction.VOID)
    _decide(deed, row, "community_assessment.voided", reason)


def _decide(deed: Deed, row: CommunityAssessment, action: str, reason: str | None) -> None:
    row.decided_by, row.decided_at, row.decision = deed.actor.id, deed.at, reason
    row.version += 1
    _note(deed, row, action, reason)


async def _stands(deed: Deed, estate: EstateCopy, place: Place, period: str) -> bool:
    found = await deed.session.scalar(
        select(
            exists().where(
                col(CommunityAssessment.estate_id) == estate.id,
                col(CommunityAssessment.company_id) == place.company_id,
                col(CommunityAssessment.period) == period,
                col(CommunityAssessment.state).in_(STANDING),
            )
        )
    )
    return bool(found)


def _today(deed: Deed) -> date:
    return deed.at.astimezone(BEIJING).date()


def _note(deed: Deed, row: CommunityAssessment, action: str, reason: str | None = None) -> None:
    details = {
        "state": row.state,
        "version": row.version,
        "period": row.period,
        "score": str(row.score),
    }
    note(deed, action, ("community_assessment", row.id), details, reason=reason)
