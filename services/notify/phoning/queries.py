"""The phone tasks that somebody may see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.notify.copies.tables import CaseCopy, OwnerCopy
from services.notify.messages.tables import Message
from services.notify.phoning.domain.lifecycle import WORKED_ON, TaskState
from services.notify.phoning.tables import PhoneTask
from shared.identity import Actor, End
from shared.web.paging import PageRequest, cursor_key

Line = tuple[PhoneTask, Message, OwnerCopy | None]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """As `domain.policies.may_see` says: own place, no stake in the company (A13), and of
    confidential cases the centre alone (X16).
    """
    place = func.coalesce(CaseCopy.grid_code, CaseCopy.division)
    reach = [
        *(place.startswith(each, autoescape=True) for each in actor.scope.divisions),
        place.in_(sorted(actor.scope.grids)),
    ]
    company = col(CaseCopy.company_id)
    unconcerned = or_(company.is_(None), company.not_in(sorted(actor.interests)))
    shown = true() if actor.end is End.CENTRE else ~col(CaseCopy.confidential)
    return and_(or_(false(), *reach), unconcerned, shown)


async def page_of_tasks(
    session: AsyncSession, actor: Actor, state: TaskState | None, page: PageRequest
) -> Sequence[Line]:
    """Newest first; without a `state` those that somebody has to work on."""
    states = WORKED_ON if state is None else {state}
    wanted = (
        select(PhoneTask, Message, OwnerCopy)
        .join(CaseCopy, col(CaseCopy.id) == col(PhoneTask.case_id))
        .join(Message, col(Message.id) == col(PhoneTask.message_id))
        .outerjoin(OwnerCopy, col(OwnerCopy.id) == col(PhoneTask.owner_id))
        .where(col(PhoneTask.state).in_(sorted(states)), visible_to(actor))
    )
    if page.after is not None:
        wanted = wanted.where(col(PhoneTask.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(PhoneTask.id).desc()).limit(page.limit + 1))
    return [(row[0], row[1], row[2]) for row in rows]
