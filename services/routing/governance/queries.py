"""Reads of what the centre recorded."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.reach import reach_of
from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Case
from services.routing.governance.domain.joint_work import JointWorkNotFound
from services.routing.governance.tables import JointWork, JointWorkCase
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def joint_work_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Own place, or the own unit took part."""
    starts = [
        col(JointWork.division).startswith(place, autoescape=True)
        for place in reach_of(actor).places
    ]
    mine: ColumnElement[bool] = false()
    if actor.organisation_id is not None:
        mine = col(JointWork.units).contains([{"id": str(actor.organisation_id)}])
    return or_(false(), *starts, mine)


async def page_of_joint_work(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[JointWork]:
    wanted = select(JointWork).where(joint_work_visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(JointWork.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(JointWork.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def joint_work_of(session: AsyncSession, actor: Actor, work_id: UUID) -> JointWork:
    """Raises JointWorkNotFound."""
    found = await session.execute(
        select(JointWork).where(col(JointWork.id) == work_id, joint_work_visible_to(actor))
    )
    work = found.scalar()
    if work is None:
        raise JointWorkNotFound
    return work


async def cases_of(session: AsyncSession, actor: Actor, work_id: UUID) -> Sequence[Case]:
    """Those of them that the reader can see."""
    rows = await session.execute(
        select(Case)
        .join(JointWorkCase, col(JointWorkCase.case_id) == col(Case.id))
        .where(col(JointWorkCase.joint_work_id) == work_id, visible_to(actor))
        .order_by(col(Case.number))
    )
    return rows.scalars().all()
