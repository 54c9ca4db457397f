"""Lines of the ledger, a piece at a time: one look at the complaints, four beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, exists, not_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.complaints.queries import with_cases
from services.intake.complaints.searching import about, submitted_between
from services.intake.complaints.tables import (
    Complaint,
    Confirmation,
    FollowedCase,
    TimelineEntry,
    VisitRating,
)
from services.intake.flags.queries import within
from services.intake.ledger.domain.filters import LedgerFilter, month_of
from services.intake.ledger.domain.lines import Rating
from services.intake.ledger.tables import CaseHandler
from shared.contracts.routing import CaseFeedbackGiven
from shared.contracts.vocabulary import Solved
from shared.identity import Actor

Key = tuple[datetime, UUID]
Entry = Row[Complaint, str, FollowedCase | None]


async def entries(
    session: AsyncSession,
    actor: Actor,
    filters: LedgerFilter,
    *,
    after: Key | None,
    limit: int,
) -> Sequence[Entry]:
    """In the order of submission, the newest first."""
    key = (col(Complaint.submitted_at), col(Complaint.id))
    query = with_cases(visible_to(actor)).where(*_narrowed(filters))
    if after:
        query = query.where(tuple_(*key) < tuple_(*after))
    ordered = query.order_by(*(column.desc() for column in key)).limit(limit)
    return (await session.execute(ordered)).all()


def visible_to(actor: Actor) -> Select[Complaint]:
    return select(Complaint).where(within(actor, col(Complaint.division)))


async def replies(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The newest feedback as its reporter read it."""
    rows = await session.execute(
        select(TimelineEntry)
        .where(
            col(TimelineEntry.complaint_id).in_(ids),
            col(TimelineEntry.kind) == CaseFeedbackGiven.name,
        )
        .ext(distinct_on(col(TimelineEntry.complaint_id)))
        .order_by(
            col(TimelineEntry.complaint_id),
            col(TimelineEntry.at).desc(),
            col(TimelineEntry.position).desc(),
        )
    )
    return {entry.complaint_id: entry.text for entry in rows.scalars()}


async def ratings(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, Rating]:
    """The newest of what was answered here and on return visits (T31). Where both crossed, the
    visit's answer is the one: survey, which counts, has kept it as well (facts 2.5).
    """
    visits = await session.execute(
        select(VisitRating).where(col(VisitRating.complaint_id).in_(ids))
    )
    here = await session.execute(
        select(Confirmation).where(
            col(Confirmation.complaint_id).in_(ids), not_(_crossed_by_a_visit())
        )
    )
    rated = [
        (each.complaint_id, Rating(Solved(each.solved), each.level, each.answered_at))
        for each in here.scalars()
    ]
    for visit in visits.scalars():
        if visit.solved and visit.result_level and visit.answered_at:
            rating = Rating(Solved(visit.solved), visit.result_level, visit.answered_at)
            rated.append((visit.complaint_id, rating))
    return dict(sorted(rated, key=lambda pair: pair[1].at))


async def handlers(session: AsyncSession, cases: Sequence[UUID]) -> Mapping[UUID, Sequence[str]]:
    """Whom each case was sent to, in the order of the first time."""
    rows = await session.execute(
        select(CaseHandler)
        .where(col(CaseHandler.case_id).in_(cases))
        .order_by(col(CaseHandler.since), col(CaseHandler.handler))
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows.scalars():
        found[row.case_id].append(row.handler)
    return found


def _crossed_by_a_visit() -> ColumnElement[bool]:
    return exists().where(
        col(VisitRating.complaint_id) == col(Confirmation.complaint_id),
        col(VisitRating.opened_at) == col(Confirmation.feedback_at),
    )


def _narrowed(filters: LedgerFilter) -> list[ColumnElement[bool]]:
    since, until = month_of(filters.month) if filters.month else (None, None)
    number = filters.number or ""
    asked = [
        (filters.place, col(Complaint.division).startswith(filters.place or "")),
        (filters.estate, col(Complaint.estate_id) == filters.estate),
        (filters.state, col(Complaint.state).in_(filters.state)),
        (filters.case_state, col(FollowedCase.state).in_(filters.case_state)),
        (filters.grade, col(FollowedCase.grade).in_(filters.grade)),
        (filters.door, col(Complaint.door).in_(filters.door)),
        (filters.result, col(FollowedCase.result_code).in_(filters.result)),
        (filters.category, about().startswith(filters.category or "")),
        (number, col(Complaint.number).startswith(number)),
        (filters.overdue is True, col(FollowedCase.overdue).is_(True)),
        (filters.overdue is False, col(FollowedCase.overdue).is_not(True)),
    ]
    within_month = submitted_between(since, until)
    moments = within_month + submitted_between(filters.since, filters.until)
    return moments + [condition for value, condition in asked if value]
