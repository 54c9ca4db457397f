"""Reading flags; everybody sees those of the own divisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from services.intake.complaints.tables import Complaint
from services.intake.flags.domain.lifecycle import FlagState
from services.intake.flags.domain.policies import may_look_at_flags
from services.intake.flags.tables import AccountFlag
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def within(actor: Actor, division: Mapped[str]) -> ColumnElement[bool]:
    """The division lies in the actor's scope; an empty scope covers nothing."""
    prefixes = actor.scope.divisions
    return or_(*(division.startswith(each) for each in prefixes)) if prefixes else false()


def visible_to(actor: Actor) -> Select[AccountFlag]:
    mine = within(actor, col(AccountFlag.division)) if may_look_at_flags(actor) else false()
    return select(AccountFlag).where(mine)


async def page_of_flags(
    session: AsyncSession, actor: Actor, state: FlagState | None, paging: PageRequest
) -> Sequence[AccountFlag]:
    """Newest first; one more than the page holds."""
    key = (col(AccountFlag.raised_at), col(AccountFlag.id))
    query = visible_to(actor).order_by(*(column.desc() for column in key))
    if state is not None:
        query = query.where(col(AccountFlag.state) == state)
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < tuple_(*last))
    return (await session.execute(query.limit(paging.limit + 1))).scalars().all()


async def evidence_of(
    session: AsyncSession, flags: Sequence[AccountFlag]
) -> Mapping[UUID, Complaint]:
    ids = {id for flag in flags for id in flag.complaint_ids}
    found = await session.execute(select(Complaint).where(col(Complaint.id).in_(ids)))
    return {complaint.id: complaint for complaint in found.scalars()}
