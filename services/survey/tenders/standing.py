"""What a bidder's last evaluation is worth in a tender (E25)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col

from services.survey.credit.domain.bonus import earns_bonus
from services.survey.credit.domain.consequences import ConsequenceState, Kind
from services.survey.credit.domain.means import Part
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import WAITS
from services.survey.credit.filed import Filed, counting, newest_of
from services.survey.credit.grade_queries import households_of
from services.survey.credit.queries import filed_of
from services.survey.credit.tables import CreditConsequence, CreditEntry
from services.survey.deed import Deed

BONUS = "subsidy.bonus"


async def has_bonus(deed: Deed, company_id: UUID) -> bool:
    """For the last half-year of which anybody's evaluation is public; an older one is worth
    nothing. A person has accepted the bonus for an estate whose score still counts, and by all its
    scores the company is excellent; while one of them is disputed nobody can say so.
    """
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    if not book.in_force(BONUS, deed.at):
        return False
    period = await _last_half_year(deed)
    filed = await _filed(deed, company_id, period)
    if any(each.standing in WAITS for each in newest_of(filed)):
        return False
    scores = counting(filed)
    accepted = await _accepted(deed, company_id, period)
    if accepted.isdisjoint(each.estate_id for each in scores):
        return False
    return earns_bonus(await _parts(deed, scores), book)


async def _last_half_year(deed: Deed) -> str | None:
    last = select(func.max(col(CreditEntry.period))).where(
        col(CreditEntry.source) == EntrySource.EVALUATION, col(CreditEntry.published_at) <= deed.at
    )
    return (await deed.session.execute(last)).scalar_one()


async def _filed(deed: Deed, company_id: UUID, period: str | None) -> Sequence[Filed]:
    """The third party's scores that have not expired, with what was said against them (E28)."""
    expires_at = col(CreditEntry.expires_at)
    return await filed_of(
        deed.session,
        company_id,
        col(CreditEntry.source) == EntrySource.EVALUATION,
        col(CreditEntry.period) == period,
        or_(expires_at.is_(None), expires_at > deed.at),
    )


async def _accepted(deed: Deed, company_id: UUID, period: str | None) -> frozenset[UUID | None]:
    """The estates for whose band the bonus was accepted, unless that has lapsed."""
    rows = await deed.session.execute(
        select(col(CreditConsequence.estate_id)).where(
            col(CreditConsequence.kind) == Kind.BID_BONUS,
            col(CreditConsequence.state) == ConsequenceState.ACCEPTED,
            col(CreditConsequence.company_id) == company_id,
            col(CreditConsequence.period) == period,
        )
    )
    return frozenset(rows.scalars())


async def _parts(deed: Deed, scores: Sequence[CreditEntry]) -> Sequence[Part]:
    households = await households_of(deed.session, [each.estate_id for each in scores])
    return [
        Part(each.id, each.estate_id, each.score, households.get(each.estate_id, 0))
        for each in scores
        if each.score is not None
    ]
