"""Poor years in a row: community and committee are told the procedure, no more (E27, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlmodel import col

from services.survey.credit.commands.proposing import Proposal, propose, withdraw
from services.survey.credit.consequence_queries import consequences_of
from services.survey.credit.domain.consequences import Kind
from services.survey.credit.domain.periods import half_years_of, year_of
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Standing
from services.survey.credit.domain.years import Scores, Year, poor_row, years_touched
from services.survey.credit.queries import filed_of, name_of_estate, place_of_estate
from services.survey.credit.tables import CreditConsequence, CreditEntry
from services.survey.deed import Deed
from shared.contracts.survey import (
    DismissalGuidanceDue,
    DismissalGuidanceState,
    DismissalGuidanceWithdrawn,
    YearScore,
)
from shared.divisions import STREET_DIGITS
from shared.messaging import publish

SWITCH = "evaluation_consequences"


@dataclass(frozen=True)
class Evaluated:
    """A half-year of a company in an estate; `score` is the third party's, if just published."""

    company_id: UUID
    estate_id: UUID
    division: str
    period: str
    score: Decimal | None = None


async def guide(deed: Deed, evaluated: Evaluated) -> None:
    """Looks at every row of years in which the half-year counts. While the plan is not in force
    nothing is proposed, but what no longer holds is withdrawn all the same.
    """
    scores = await _scores(deed, evaluated)
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    for last in years_touched(year_of(evaluated.period), book.evaluation):
        row = poor_row(scores, last, book.evaluation, book.scores)
        period = half_years_of(last)[1]
        known = await _known(deed, evaluated, period)
        if row is None:
            await withdraw_guidance(deed, known)
        elif not known and is_switched_on(deed):
            await _propose(deed, evaluated, period, row)


async def is_still_poor(deed: Deed, row: CreditConsequence) -> bool:
    """Whether the years of a proposed guidance are as poor as they were."""
    assert row.estate_id is not None, "guidance is about an estate"
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    scores = await _scores(deed, Evaluated(row.company_id, row.estate_id, row.place, row.period))
    return poor_row(scores, year_of(row.period), book.evaluation, book.scores) is not None


def is_switched_on(deed: Deed) -> bool:
    """Whether anything follows from evaluations yet (E24-E27)."""
    return deed.runtime.rulebooks.in_force_at(deed.at).switched_on(SWITCH, deed.at)


async def _scores(deed: Deed, evaluated: Evaluated) -> Scores:
    """The newest of each half-year, without those taken back."""
    filed = await filed_of(
        deed.session,
        evaluated.company_id,
        col(CreditEntry.estate_id) == evaluated.estate_id,
        col(CreditEntry.source) == EntrySource.EVALUATION,
    )
    newest = {each.entry.period: each for each in filed}
    scores = {
        period: each.entry.score
        for period, each in newest.items()
        if each.standing is not Standing.REVOKED and each.entry.score is not None
    }
    if evaluated.score is not None:
        scores[evaluated.period] = evaluated.score
    return scores


async def _known(deed: Deed, evaluated: Evaluated, period: str) -> list[CreditConsequence]:
    rows = await consequences_of(deed.session, evaluated.company_id, evaluated.estate_id, period)
    return [each for each in rows if each.kind == Kind.DISMISSAL_GUIDANCE]


async def _propose(deed: Deed, evaluated: Evaluated, period: str, row: Sequence[Year]) -> None:
    place = await place_of_estate(deed.session, evaluated.estate_id, evaluated.division)
    proposal = Proposal(
        kind=Kind.DISMISSAL_GUIDANCE,
        company_id=evaluated.company_id,
        estate_id=evaluated.estate_id,
        place=place,
        period=period,
        periods=[half for year in row for half in half_years_of(year.year)],
        details={"years": [{"year": each.year, "score": str(each.score)} for each in row]},
    )
    event = DismissalGuidanceDue(guidance=await _told(deed, propose(deed, proposal)))
    publish(deed.session, event, actor=deed.actor, at=deed.at)


async def withdraw_guidance(deed: Deed, known: Sequence[CreditConsequence]) -> None:
    """Whoever was told the procedure is told that it is off."""
    for row in withdraw(deed, known):
        event = DismissalGuidanceWithdrawn(guidance=await _told(deed, row))
        publish(deed.session, event, actor=deed.actor, at=deed.at)


async def _told(deed: Deed, row: CreditConsequence) -> DismissalGuidanceState:
    assert row.estate_id is not None, "guidance is about an estate"
    return DismissalGuidanceState(
        id=row.id,
        version=row.version,
        company_id=row.company_id,
        estate_id=row.estate_id,
        estate_name=await name_of_estate(deed.session, row.estate_id),
        division=row.place[:STREET_DIGITS],
        community=row.place,
        years=tuple(YearScore(**each) for each in row.details["years"]),
        notice_days=deed.runtime.rulebooks.in_force_at(deed.at).evaluation.dismissal_notice_days,
    )
