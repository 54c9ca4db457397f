"""Reading the credit file; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.credit.domain.streaks import Result
from services.survey.credit.tables import CreditEntry
from services.survey.surveys.domain.policies import companies_of, is_rated, places_of
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The desks of the place, and the company itself at the estates it serves (A13)."""
    own = col(CreditEntry.company_id).in_(sorted(companies_of(actor)))
    starts = [
        col(CreditEntry.community).startswith(place, autoescape=True) for place in places_of(actor)
    ]
    staff = and_(or_(false(), *starts), ~own)
    if not is_rated(actor):
        return staff
    return or_(staff, and_(own, col(CreditEntry.estate_id).in_(sorted(actor.scope.estates))))


async def page_of_entries(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[CreditEntry]:
    """Newest first."""
    wanted = select(CreditEntry).where(visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(CreditEntry.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(CreditEntry.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def results_of(session: AsyncSession, company_id: UUID, estate_id: UUID) -> Sequence[Result]:
    """All published scores of a company in an estate, in the order of their periods."""
    rows = await session.execute(
        select(CreditEntry)
        .where(col(CreditEntry.company_id) == company_id, col(CreditEntry.estate_id) == estate_id)
        .order_by(col(CreditEntry.period))
    )
    return [
        Result(each.survey_id, each.period, each.score, each.published_at)
        for each in rows.scalars()
    ]
