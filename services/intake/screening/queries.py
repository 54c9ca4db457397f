"""What others may see, and what waits for a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.complaints.tables import Complaint
from services.intake.screening.domain.lifecycle import VISIBLE, ScreeningState, SubjectType
from services.intake.screening.domain.policies import may_decide
from services.intake.screening.tables import Screening
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

Listed = Row[Screening, Complaint]


async def shown_to_others(
    session: AsyncSession, complaint_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those whose words anybody but the reporter and staff may read."""
    return await _shown(session, SubjectType.COMPLAINT, complaint_ids)


async def files_shown_to_others(
    session: AsyncSession, attachment_ids: Collection[UUID]
) -> frozenset[UUID]:
    return await _shown(session, SubjectType.ATTACHMENT, attachment_ids)


async def _shown(
    session: AsyncSession, kind: SubjectType, subject_ids: Collection[UUID]
) -> frozenset[UUID]:
    """What was never checked is not shown either."""
    found = await session.execute(
        select(col(Screening.subject_id)).where(
            col(Screening.subject_type) == kind,
            col(Screening.subject_id).in_(list(subject_ids)),
            col(Screening.state).in_(sorted(VISIBLE)),
        )
    )
    return frozenset(found.scalars())


def visible_to(actor: Actor) -> Select[Screening, Complaint]:
    """The centre's dispatchers see those of their divisions, and nobody else any."""
    prefixes = actor.scope.divisions if may_decide(actor) else ()
    mine = or_(false(), *(col(Screening.division).startswith(prefix) for prefix in prefixes))
    return (
        select(Screening, Complaint)
        .join(Complaint, col(Complaint.id) == col(Screening.complaint_id))
        .where(mine)
    )


async def in_state(
    session: AsyncSession, actor: Actor, state: ScreeningState, paging: PageRequest
) -> Sequence[Listed]:
    """Oldest first; one more than the page holds."""
    key = (col(Screening.written_at), col(Screening.id))
    query = visible_to(actor).where(col(Screening.state) == state).order_by(*key)
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) > tuple_(*last))
    return (await session.execute(query.limit(paging.limit + 1))).all()
