"""Which complaints a call may read, and their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.tables import Complaint, FollowedCase, TimelineEntry
from services.intake.houses.tables import Estate
from services.intake.open311.domain.moments import Period
from services.intake.open311.domain.status import ENDED_CASES, ENDED_COMPLAINTS, RequestStatus
from services.intake.open311.tables import EstateLocation, Open311Client
from shared.rulebook import Rulebook

Found = Row[Complaint, str, FollowedCase | None, EstateLocation | None, datetime | None]


@dataclass(frozen=True)
class Wanted:
    """Nothing named means all; `offset` and `limit` cut the list, newest first."""

    period: Period
    services: Sequence[str] = ()
    states: Sequence[RequestStatus] = ()
    offset: int = 0
    limit: int = 1_000


async def found(
    session: AsyncSession, rulebook: Rulebook, client: Open311Client | None, wanted: Wanted
) -> Sequence[Found]:
    query = _rows().where(
        visible_in_lists(rulebook, client),
        col(Complaint.submitted_at).between(wanted.period.start, wanted.period.end),
    )
    if wanted.services:
        query = query.where(_service(rulebook).in_(wanted.services))
    if wanted.states:
        query = query.where(or_(*(_is(state) for state in wanted.states)))
    newest = (col(Complaint.submitted_at).desc(), col(Complaint.id).desc())
    query = query.order_by(*newest).offset(wanted.offset).limit(wanted.limit)
    return (await session.execute(query)).all()


async def by_numbers(
    session: AsyncSession,
    rulebook: Rulebook,
    client: Open311Client | None,
    numbers: Sequence[str],
) -> Sequence[Found]:
    """Who knows the number of what came in by this door may ask what became of it: there is nobody
    behind an anonymous one whom the answer could show (X15).
    """
    shown = or_(
        visible_in_lists(rulebook, client),
        (col(Complaint.door) == DoorKind.OPEN311) & col(Complaint.confidential).is_(False),
    )
    query = _rows().where(shown, col(Complaint.number).in_(numbers))
    return (await session.execute(query.order_by(col(Complaint.submitted_at).desc()))).all()


async def number_of(session: AsyncSession, complaint_id: UUID) -> str | None:
    """Of what came in by this door."""
    query = select(col(Complaint.number)).where(
        col(Complaint.id) == complaint_id, col(Complaint.door) == DoorKind.OPEN311
    )
    return (await session.execute(query)).scalar_one_or_none()


def visible_in_lists(rulebook: Rulebook, client: Open311Client | None) -> ColumnElement[bool]:
    """What is neither confidential nor anonymous (X15, X16), nor the police's, and the own."""
    police = [category.code for category in rulebook.categories.values() if category.police]
    public = (
        col(Complaint.door).in_(rulebook.open311.public_doors)
        & col(Complaint.confidential).is_(False)
        & col(Complaint.anonymous).is_(False)
        & func.coalesce(Complaint.chosen_category, "").not_in(police)
    )
    return public if client is None else or_(public, col(Complaint.client_id) == client.id)


def _rows() -> Select[Complaint, str, FollowedCase | None, EstateLocation | None, datetime | None]:
    latest = (
        select(func.max(TimelineEntry.at))
        .where(col(TimelineEntry.complaint_id) == col(Complaint.id))
        .scalar_subquery()
    )
    return (
        select(Complaint)
        .add_columns(col(Estate.display_name), FollowedCase, EstateLocation, latest)
        .join(Estate, col(Estate.id) == Complaint.estate_id)
        .outerjoin(FollowedCase, col(FollowedCase.id) == Complaint.case_id)
        .outerjoin(EstateLocation, col(EstateLocation.estate_id) == Complaint.estate_id)
    )


def _service(rulebook: Rulebook) -> ColumnElement[str]:
    return func.coalesce(FollowedCase.category, Complaint.chosen_category, rulebook.triage.fallback)


def _is(state: RequestStatus) -> ColumnElement[bool]:
    closed = or_(
        col(Complaint.state).in_(sorted(ENDED_COMPLAINTS)),
        func.coalesce(FollowedCase.state, "").in_(sorted(ENDED_CASES)),
    )
    return closed if state is RequestStatus.CLOSED else ~closed
