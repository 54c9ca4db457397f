"""Reading credit grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy, HouseCopy
from services.survey.credit.domain.grades import OPEN, TOLD_TO_THE_COMPANY, GradeState
from services.survey.credit.domain.policies import places_of
from services.survey.credit.tables import CreditEntry, CreditGrade
from services.survey.surveys.domain.policies import companies_of, employer_of
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:company, 1))")


class CreditGradeNotFound(NotFound):
    """There is no such grade, or it is none of yours."""

    code = "CREDIT_GRADE_NOT_FOUND"
    chinese = "未找到该信用等级，或您无权查看。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Desks of a place with an estate the grade rests on; the company once it was decided."""
    company = col(CreditGrade.company_id)
    own = company.in_(sorted(companies_of(actor)))
    community = col(CreditEntry.community)
    starts = [community.startswith(place, autoescape=True) for place in places_of(actor)]
    here = exists().where(
        col(CreditEntry.company_id) == company,
        col(CreditEntry.period) == col(CreditGrade.period),
        or_(false(), *starts),
    )
    staff = and_(here, ~own)
    theirs = company.in_(sorted(employer_of(actor)))
    return or_(staff, and_(theirs, col(CreditGrade.state).in_(sorted(TOLD_TO_THE_COMPANY))))


async def page_of_grades(
    session: AsyncSession,
    actor: Actor,
    page: PageRequest,
    company_id: UUID | None,
    state: GradeState | None,
) -> Sequence[CreditGrade]:
    """Newest first."""
    wanted = select(CreditGrade).where(visible_to(actor))
    if company_id is not None:
        wanted = wanted.where(col(CreditGrade.company_id) == company_id)
    if state is not None:
        wanted = wanted.where(col(CreditGrade.state) == state)
    if page.after is not None:
        wanted = wanted.where(col(CreditGrade.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(CreditGrade.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def grade_of(
    session: AsyncSession, actor: Actor, grade_id: UUID, *, locked: bool = False
) -> CreditGrade:
    """Raises CreditGradeNotFound."""
    wanted = select(CreditGrade).where(col(CreditGrade.id) == grade_id, visible_to(actor))
    found = await session.execute(wanted.with_for_update() if locked else wanted)
    grade = found.scalar_one_or_none()
    if grade is None:
        raise CreditGradeNotFound
    return grade


async def in_turn(session: AsyncSession, company_id: UUID) -> None:
    """What is computed of one company is computed one after the other."""
    await session.execute(IN_TURN, {"company": str(company_id)})


async def grades_of(session: AsyncSession, company_id: UUID, period: str) -> Sequence[CreditGrade]:
    """All editions, oldest first, locked."""
    rows = await session.execute(
        select(CreditGrade)
        .where(col(CreditGrade.company_id) == company_id, col(CreditGrade.period) == period)
        .order_by(col(CreditGrade.edition))
        .with_for_update()
    )
    return rows.scalars().all()


async def waits_to_be_decided(session: AsyncSession, company_id: UUID, period: str) -> bool:
    """Whether a grade of the half-year was computed that nobody has decided."""
    waiting = exists().where(
        col(CreditGrade.company_id) == company_id,
        col(CreditGrade.period) == period,
        col(CreditGrade.state).in_(sorted(OPEN)),
    )
    return bool((await session.execute(select(waiting))).scalar_one())


async def households_of(session: AsyncSession, estates: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many houses each estate has today."""
    rows = await session.execute(
        select(col(HouseCopy.estate_id), func.count())
        .join(
            EstateCopy,
            and_(
                col(EstateCopy.id) == col(HouseCopy.estate_id),
                col(EstateCopy.version) == col(HouseCopy.version),
            ),
        )
        .where(col(HouseCopy.estate_id).in_(estates))
        .group_by(col(HouseCopy.estate_id))
    )
    return {row[0]: row[1] for row in rows}


async def grades_in_force(
    session: AsyncSession, at: datetime, *conditions: ColumnElement[bool]
) -> Sequence[CreditGrade]:
    """One per company: of the newest half-year, as it was last decided at that moment. While that
    one is disputed, or waits to be decided anew, there is none; once nothing is left of it, the one
    before it is back.
    """
    newest = (
        select(col(CreditGrade.id))
        .where(
            col(CreditGrade.decided_at) <= at,
            col(CreditGrade.state).in_(sorted(TOLD_TO_THE_COMPANY)),
            col(CreditGrade.expires_at) > at,
            ~col(CreditGrade.annulled),
            *conditions,
        )
        .ext(distinct_on(col(CreditGrade.company_id)))
        .order_by(
            col(CreditGrade.company_id),
            col(CreditGrade.period).desc(),
            col(CreditGrade.edition).desc(),
        )
    )
    rows = await session.execute(
        select(CreditGrade)
        .where(
            col(CreditGrade.id).in_(newest),
            or_(col(CreditGrade.withdrawn_at).is_(None), col(CreditGrade.withdrawn_at) > at),
        )
        .order_by(col(CreditGrade.company_id))
    )
    return rows.scalars().all()


async def grade_row_in_force(
    session: AsyncSession, company_id: UUID, at: datetime
) -> CreditGrade | None:
    found = await grades_in_force(session, at, col(CreditGrade.company_id) == company_id)
    return found[0] if found else None
