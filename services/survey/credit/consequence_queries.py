"""Reading what is proposed to follow from evaluations and grades."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.credit.domain.consequences import ConsequenceState
from services.survey.credit.domain.policies import places_of
from services.survey.credit.tables import CreditConsequence, CreditEntry
from services.survey.surveys.domain.policies import companies_of, employer_of
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

GONE = ConsequenceState.WITHDRAWN


class ConsequenceNotFound(NotFound):
    """There is no such proposal, or it is none of yours."""

    code = "CONSEQUENCE_NOT_FOUND"
    chinese = "未找到该结果应用建议，或您无权查看。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Desks of the place, or of one of the company's places; the company once it was accepted."""
    row = CreditConsequence
    own = col(row.company_id).in_(sorted(companies_of(actor)))
    elsewhere = exists().where(
        col(row.estate_id).is_(None),
        col(CreditEntry.company_id) == col(row.company_id),
        col(CreditEntry.period) == col(row.period),
        _starts(actor, CreditEntry.community),
    )
    staff = and_(or_(_starts(actor, row.place), elsewhere), ~own)
    theirs = col(row.company_id).in_(sorted(employer_of(actor)))
    here = or_(col(row.estate_id).is_(None), col(row.estate_id).in_(sorted(actor.scope.estates)))
    return or_(staff, and_(theirs, here, col(row.state) == ConsequenceState.ACCEPTED))


async def page_of_consequences(
    session: AsyncSession, actor: Actor, page: PageRequest, state: ConsequenceState | None
) -> Sequence[CreditConsequence]:
    """Newest first."""
    row = CreditConsequence
    wanted = select(row).where(visible_to(actor))
    if state is not None:
        wanted = wanted.where(col(row.state) == state)
    if page.after is not None:
        wanted = wanted.where(col(row.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(row.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def consequence_of(
    session: AsyncSession, actor: Actor, consequence_id: UUID, *, locked: bool = False
) -> CreditConsequence:
    """Raises ConsequenceNotFound."""
    wanted = select(CreditConsequence).where(
        col(CreditConsequence.id) == consequence_id, visible_to(actor)
    )
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = await session.execute(wanted)
    row = found.scalar_one_or_none()
    if row is None:
        raise ConsequenceNotFound
    return row


async def consequences_of(
    session: AsyncSession, company_id: UUID, estate_id: UUID | None, period: str
) -> Sequence[CreditConsequence]:
    """Those that have not been withdrawn, locked."""
    row = CreditConsequence
    rows = await session.execute(
        select(row)
        .where(
            col(row.company_id) == company_id,
            col(row.estate_id).is_not_distinct_from(estate_id),
            col(row.period) == period,
            col(row.state) != GONE,
        )
        .with_for_update()
    )
    return rows.scalars().all()


def _starts(actor: Actor, code: str) -> ColumnElement[bool]:
    found = [col(code).startswith(place, autoescape=True) for place in places_of(actor)]
    return or_(false(), *found)
