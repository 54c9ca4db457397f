"""Reading appointments: staff those of their place, residents their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.ratings.tables import Representative
from services.survey.surveys.domain.policies import CONDUCTING_ROLES, companies_of
from shared.clock import BEIJING
from shared.errors import NotFound
from shared.identity import Actor, End
from shared.web.paging import PageRequest, cursor_key


class RepresentativeNotFound(NotFound):
    """There is no such representative, or it is none of yours."""

    code = "REPRESENTATIVE_NOT_FOUND"
    chinese = "未找到该代表，或您无权查看。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(false(), _as_staff(actor), _as_oneself(actor))


async def page_of_representatives(
    session: AsyncSession, actor: Actor, page: PageRequest, estate_id: UUID | None
) -> Sequence[Representative]:
    """Newest first."""
    wanted = select(Representative).where(visible_to(actor))
    if estate_id is not None:
        wanted = wanted.where(col(Representative.estate_id) == estate_id)
    if page.after is not None:
        wanted = wanted.where(col(Representative.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(
        wanted.order_by(col(Representative.id).desc()).limit(page.limit + 1)
    )
    return rows.scalars().all()


async def representative_of(
    session: AsyncSession, actor: Actor, representative_id: UUID
) -> Representative:
    """Locked. Raises RepresentativeNotFound."""
    wanted = select(Representative).where(
        col(Representative.id) == representative_id, visible_to(actor)
    )
    found = (await session.execute(wanted.with_for_update())).scalar_one_or_none()
    if found is None:
        raise RepresentativeNotFound
    return found


async def by_code_hash(session: AsyncSession, code_hash: str) -> Representative | None:
    """Locked: of two who type the same code the second finds it used."""
    wanted = select(Representative).where(col(Representative.code_hash) == code_hash)
    return (await session.execute(wanted.with_for_update())).scalar_one_or_none()


async def in_office(
    session: AsyncSession, owner_id: UUID, estate_id: UUID, at: datetime
) -> Representative | None:
    """As what somebody represents an estate at a moment. Nobody releases or erases them meanwhile,
    so that what they give is there to be found when the account is forgotten.
    """
    wanted = select(Representative).where(
        col(Representative.owner_id) == owner_id,
        col(Representative.estate_id) == estate_id,
        serving(at),
    )
    found = await session.execute(wanted.limit(1).with_for_update(read=True))
    return found.scalar_one_or_none()


async def representative_serving(
    session: AsyncSession, representative_id: UUID, at: datetime
) -> Representative | None:
    wanted = select(Representative).where(col(Representative.id) == representative_id, serving(at))
    return (await session.execute(wanted)).scalar_one_or_none()


async def how_many_in_office(
    session: AsyncSession, estate_id: UUID, kinds: Collection[str], at: datetime
) -> int:
    found = await session.execute(
        select(func.count())
        .select_from(Representative)
        .where(
            col(Representative.estate_id) == estate_id,
            col(Representative.kind).in_(sorted(kinds)),
            serving(at),
        )
    )
    return int(found.scalar_one())


def serving(at: datetime) -> ColumnElement[bool]:
    return and_(
        col(Representative.taken_up_at).is_not(None),
        col(Representative.ended_at).is_(None),
        col(Representative.ends_on) >= at.astimezone(BEIJING).date(),
    )


def _as_staff(actor: Actor) -> ColumnElement[bool]:
    """A13: not of an estate that the own company serves or served."""
    if not actor.roles & CONDUCTING_ROLES:
        return false()
    community = col(Representative.community)
    starts = [community.startswith(place, autoescape=True) for place in actor.scope.divisions]
    own = [
        col(EstateCopy.contracts).contains([{"company_id": str(each)}])
        for each in companies_of(actor)
    ]
    served = exists().where(col(EstateCopy.id) == col(Representative.estate_id), or_(false(), *own))
    return and_(or_(false(), *starts), ~served)


def _as_oneself(actor: Actor) -> ColumnElement[bool]:
    if actor.end is not End.OWNER:
        return false()
    return col(Representative.owner_id) == actor.id
