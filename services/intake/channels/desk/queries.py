"""Reading what was filed at desks; everything starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.channels.domain.desks import DeskDoor
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.houses.tables import Estate
from shared.contracts.vocabulary import ComplaintStatus
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

Listed = Row[Complaint, str, FollowedCase | None]


def visible_to(actor: Actor) -> Select[Complaint]:
    """What one filed oneself; of the own organisation's, what hides no reporter (X15, X16)."""
    own = col(Complaint.submitted_by) == actor.id
    of_organisation = and_(
        col(Complaint.client_id) == actor.organisation_id,
        col(Complaint.submitted_by).is_not(None),
        col(Complaint.confidential).is_(False),
        col(Complaint.anonymous).is_(False),
    )
    mine = own if actor.organisation_id is None else or_(own, of_organisation)
    return select(Complaint).where(mine)


async def filed_by(
    session: AsyncSession,
    actor: Actor,
    door: DeskDoor | None,
    state: ComplaintStatus | None,
    paging: PageRequest,
) -> Sequence[Listed]:
    """Newest first; one more than the page holds."""
    key = (col(Complaint.submitted_at), col(Complaint.id))
    query = (
        visible_to(actor)
        .add_columns(col(Estate.display_name), FollowedCase)
        .join(Estate, col(Estate.id) == Complaint.estate_id)
        .outerjoin(FollowedCase, col(FollowedCase.id) == Complaint.case_id)
        .order_by(*(column.desc() for column in key))
    )
    if door is not None:
        query = query.where(col(Complaint.door) == door)
    if state is not None:
        query = query.where(col(Complaint.state) == state)
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < tuple_(*last))
    return (await session.execute(query.limit(paging.limit + 1))).all()
