"""Reading complaints; everything starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, exists, false, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from services.intake.complaints.domain.answering import Asked
from services.intake.complaints.domain.disputing import Closing
from services.intake.complaints.domain.repeating import ALIVE, ANSWERED
from services.intake.complaints.tables import (
    Complaint,
    Confirmation,
    FollowedCase,
    TimelineEntry,
    VisitRating,
)
from services.intake.houses.tables import Estate
from services.intake.owners.domain.policies import acts_as_owner
from shared.contracts.routing import ClockState
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from shared.counting import civil_days_end
from shared.identity import Actor
from shared.rulebook import ClockKind, RulebookShelf
from shared.web.paging import PageRequest, cursor_key

Listed = Row[Complaint, str, FollowedCase | None]


def visible_to(actor: Actor) -> Select[Complaint]:
    """Owners see what they filed themselves, and nobody else sees anything here."""
    mine = col(Complaint.owner_id) == actor.id if acts_as_owner(actor) else false()
    return select(Complaint).where(mine)


async def with_case(session: AsyncSession, complaint: Complaint) -> Listed:
    """The complaint with the name of its estate and what is known of its case."""
    query = with_cases(select(Complaint)).where(col(Complaint.id) == complaint.id)
    return (await session.execute(query)).one()


async def repeated_by(
    session: AsyncSession,
    actor: Actor,
    estate_id: UUID | None,
    category: str | None,
    *,
    since: datetime,
) -> Sequence[Listed]:
    """The own complaints that a further one about this would repeat, newest first (X08)."""
    about = func.coalesce(FollowedCase.category, Complaint.chosen_category)
    unanswered = or_(
        col(FollowedCase.id).is_(None), col(FollowedCase.state).not_in(sorted(ANSWERED))
    )
    query = with_cases(visible_to(actor)).where(
        col(Complaint.submitted_at) >= since,
        col(Complaint.state).in_(sorted(ALIVE)),
        unanswered,
    )
    if estate_id is not None:
        query = query.where(col(Complaint.estate_id) == estate_id)
    if category is not None:
        query = query.where(about == category)
    return (await session.execute(query.order_by(col(Complaint.submitted_at).desc()))).all()


async def timeline_of(
    session: AsyncSession, complaint_id: UUID, paging: PageRequest
) -> tuple[Sequence[TimelineEntry], str | None]:
    """As things happened, however they were heard of (X37), and where the next page begins."""
    key = (col(TimelineEntry.at), col(TimelineEntry.position), col(TimelineEntry.event_id))
    query = (
        select(TimelineEntry).where(col(TimelineEntry.complaint_id) == complaint_id).order_by(*key)
    )
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, int, UUID)
        query = query.where(tuple_(*key) > tuple_(*last))
    rows = (await session.execute(query.limit(paging.limit + 1))).scalars().all()
    return paging.cut(rows, lambda e: (e.at.isoformat(), e.position, e.event_id))


async def by_external_number(session: AsyncSession, number: str) -> Complaint | None:
    found = await session.execute(select(Complaint).where(col(Complaint.external_number) == number))
    return found.scalar_one_or_none()


async def of_ids(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Complaint]:
    """Locked, in the order of ids, so that two handlers cannot wait for each other."""
    rows = await session.execute(
        select(Complaint)
        .where(col(Complaint.id).in_(ids))
        .order_by(col(Complaint.id))
        .with_for_update()
    )
    return rows.scalars().all()


async def state_of_case(session: AsyncSession, complaint: Complaint) -> CaseStatus | None:
    """As far as it is known here."""
    case = await session.get(FollowedCase, complaint.case_id) if complaint.case_id else None
    return None if case is None else CaseStatus(case.state)


async def asked(session: AsyncSession, books: RulebookShelf, complaint: Complaint) -> Asked | None:
    """The feedback there is to answer, if the case has given one that is known here."""
    case = await session.get(FollowedCase, complaint.case_id) if complaint.case_id else None
    if case is None or case.feedback_at is None or complaint.state == ComplaintStatus.WITHDRAWN:
        return None
    answered = await session.execute(select(has_answer(complaint.id, case.feedback_at)))
    return Asked(
        state=CaseStatus(case.state),
        feedback_at=case.feedback_at,
        until=_answerable_until(books, case),
        anonymous=complaint.anonymous,
        answered=answered.scalar_one(),
    )


def has_answer(
    complaint_id: UUID | Mapped[UUID], feedback_at: datetime | Mapped[datetime | None]
) -> ColumnElement[bool]:
    """Here, or on the return visit of this feedback or a later one (facts 2.5)."""
    here = exists().where(
        col(Confirmation.complaint_id) == complaint_id,
        col(Confirmation.feedback_at) == feedback_at,
    )
    on_a_visit = exists().where(
        col(VisitRating.complaint_id) == complaint_id,
        col(VisitRating.opened_at) >= feedback_at,
    )
    return or_(here, on_a_visit)


async def closing_of(
    session: AsyncSession, books: RulebookShelf, complaint: Complaint
) -> Closing | None:
    """The closed case there is to dispute, if the case is known and the complaint stands (T33)."""
    case = await session.get(FollowedCase, complaint.case_id) if complaint.case_id else None
    if case is None or complaint.state == ComplaintStatus.WITHDRAWN:
        return None
    return Closing(
        state=CaseStatus(case.state),
        closed_at=case.closed_at,
        until=_answerable_until(books, case),
        disputed_at=complaint.disputed_at,
        anonymous=complaint.anonymous,
    )


def _answerable_until(books: RulebookShelf, case: FollowedCase) -> datetime | None:
    """Open-ended before the closing; afterwards until the end of the reopening window (CK-15)."""
    if case.closed_at is None:
        return None
    for clock in map(ClockState.model_validate, case.clocks):
        if clock.kind == ClockKind.REOPEN_WINDOW:
            return clock.due_at
    window = books.named(case.rulebook).sla.reopen_window
    return civil_days_end(case.closed_at, window.amount)


def with_cases(query: Select[Complaint]) -> Select[Complaint, str, FollowedCase | None]:
    """Beside each the name of its estate, and its case if there is one."""
    return (
        query.add_columns(col(Estate.display_name), FollowedCase)
        .join(Estate, col(Estate.id) == Complaint.estate_id)
        .outerjoin(FollowedCase, col(FollowedCase.id) == Complaint.case_id)
    )
