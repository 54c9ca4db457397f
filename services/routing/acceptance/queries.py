"""Reads of complaints that wait; every list starts from `visible_to(actor)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.acceptance.domain.lifecycle import OPEN, PendingStatus
from services.routing.acceptance.domain.policies import may_read_any
from services.routing.acceptance.domain.reasons import Reason
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.domain.reach import Reach, reach_of
from services.routing.cases.tables import Screening
from services.routing.directory.queries import OrganisationMissing, county_centre, street_centre
from shared.identity import Actor, End
from shared.web.paging import PageRequest, cursor_key


@dataclass(frozen=True)
class PendingFilter:
    """Without a state, those that are open."""

    state: PendingStatus | None = None
    reason: Reason | None = None
    estate: UUID | None = None
    overdue: bool | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """What lies in the own place and concerns nobody of one's own (3.9, A13)."""
    if actor.end is End.SYSTEM:
        return true()
    if not may_read_any(actor):
        return false()
    reach = reach_of(actor)
    return and_(_in_place(reach), not_(_at_stake(reach)))


async def page_of_pending(
    session: AsyncSession, actor: Actor, filters: PendingFilter, page: PageRequest
) -> Sequence[PendingComplaint]:
    """The longest waiting first; one more than the page holds."""
    key = (col(PendingComplaint.submitted_at), col(PendingComplaint.complaint_id))
    wanted = select(PendingComplaint).where(visible_to(actor), *_narrowed(filters)).order_by(*key)
    if page.after is not None:
        last = cursor_key(page.after, datetime.fromisoformat, UUID)
        wanted = wanted.where(tuple_(*key) > tuple_(*last))
    return (await session.execute(wanted.limit(page.limit + 1))).scalars().all()


async def visible(
    session: AsyncSession, actor: Actor, complaint_id: UUID, *, for_update: bool
) -> PendingComplaint | None:
    wanted = select(PendingComplaint).where(
        col(PendingComplaint.complaint_id) == complaint_id, visible_to(actor)
    )
    return (await session.execute(wanted.with_for_update() if for_update else wanted)).scalar()


async def in_hand(session: AsyncSession, complaint_id: UUID) -> PendingComplaint | None:
    """Locked, for handlers of events."""
    return await session.get(PendingComplaint, complaint_id, with_for_update=True)


async def unless_busy(session: AsyncSession, complaint_id: UUID) -> PendingComplaint | None:
    """None when somebody else has it in hand."""
    wanted = select(PendingComplaint).where(col(PendingComplaint.complaint_id) == complaint_id)
    return (await session.execute(wanted.with_for_update(skip_locked=True))).scalar()


async def was_screened_out(session: AsyncSession, complaint_id: UUID) -> bool:
    """Refused by rule the moment it came (T05)."""
    found = await session.execute(
        select(exists().where(col(Screening.complaint_id) == complaint_id))
    )
    return bool(found.scalar())


async def desk_of(session: AsyncSession, division: str) -> UUID | None:
    """The centre of the street, else that of the county."""
    for centre in (street_centre, county_centre):
        try:
            return (await centre(session, division)).id
        except OrganisationMissing:
            continue
    return None


def _in_place(reach: Reach) -> ColumnElement[bool]:
    place = col(PendingComplaint.place_code)
    return or_(false(), *(place.startswith(each, autoescape=True) for each in reach.places))


def _at_stake(reach: Reach) -> ColumnElement[bool]:
    """An unknown company or household is nobody's."""
    interests = sorted(reach.recused_from)
    parties = (
        col(PendingComplaint.company_id),
        col(PendingComplaint.house_id),
        col(PendingComplaint.owner_id),
    )
    return or_(false(), *(func.coalesce(party.in_(interests), false()) for party in parties))


def _narrowed(filters: PendingFilter) -> list[ColumnElement[bool]]:
    state = col(PendingComplaint.state)
    narrowed = [state == filters.state if filters.state else state.in_(sorted(OPEN))]
    if filters.reason is not None:
        narrowed.append(col(PendingComplaint.reasons).contains([filters.reason]))
    if filters.estate is not None:
        narrowed.append(col(PendingComplaint.estate_id) == filters.estate)
    if filters.overdue is not None:
        narrowed.append(col(PendingComplaint.overdue) == filters.overdue)
    return narrowed
