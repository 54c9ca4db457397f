"""The own list: narrowed, searched and counted (T01, T31).

Whoever searches has some dozens of complaints, found by the index of the reporter; so words are
looked for in their rows. An index of three characters would not serve words of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, or_, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.complaints.domain.filters import ComplaintFilter
from services.intake.complaints.domain.repeating import ANSWERED
from services.intake.complaints.domain.standing import WITH_A_CASE
from services.intake.complaints.queries import Listed, has_answer, visible_to, with_cases
from services.intake.complaints.tables import Complaint, FollowedCase
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

ENDED = (ComplaintStatus.NOT_ACCEPTED, ComplaintStatus.WITHDRAWN)
SEARCHED = (Complaint.title, Complaint.text, Complaint.place, Complaint.number)


async def own_complaints(
    session: AsyncSession, actor: Actor, filters: ComplaintFilter, paging: PageRequest
) -> Sequence[Listed]:
    """Newest first; one more than the page holds."""
    key = (col(Complaint.submitted_at), col(Complaint.id))
    query = with_cases(visible_to(actor)).where(*narrowed(filters))
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < tuple_(*last))
    query = query.order_by(*(column.desc() for column in key)).limit(paging.limit + 1)
    return (await session.execute(query)).all()


async def counted(
    session: AsyncSession, actor: Actor, filters: ComplaintFilter
) -> Sequence[tuple[ComplaintStatus, int, int, int]]:
    """By state: how many, how many of them open, and how many wait for the reporter."""
    mine = with_cases(visible_to(actor)).where(*narrowed(filters))
    rows = mine.with_only_columns(
        col(Complaint.state),
        func.count(),
        func.count().filter(is_open()),
        func.count().filter(needs_reporter()),
    ).group_by(col(Complaint.state))
    found = await session.execute(rows.order_by(col(Complaint.state)))
    return [(ComplaintStatus(state), all_, open_, mine_) for state, all_, open_, mine_ in found]


def narrowed(filters: ComplaintFilter) -> list[ColumnElement[bool]]:
    asked = [
        (filters.state, col(Complaint.state).in_(filters.state)),
        (filters.case_state, col(FollowedCase.state).in_(filters.case_state)),
        (filters.channel, col(Complaint.channel).in_(filters.channel)),
        (filters.estate, col(Complaint.estate_id) == filters.estate),
        (filters.category, about() == filters.category),
    ]
    wanted = [condition for value, condition in asked if value]
    wanted += submitted_between(filters.since, filters.until)
    for value, condition in ((filters.open, is_open()), (filters.needs_me, needs_reporter())):
        if value is not None:
            wanted.append(condition if value else not_(condition))
    return wanted + [_says(word) for word in filters.words]


def submitted_between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    """From the first moment on, and before the other."""
    at = col(Complaint.submitted_at)
    first = [at >= since] if since else []
    return first + ([at < until] if until else [])


def about() -> ColumnElement[str]:
    """The category: as it was judged, else as it was chosen."""
    return func.coalesce(FollowedCase.category, Complaint.chosen_category)


def is_open() -> ColumnElement[bool]:
    answered = func.coalesce(col(FollowedCase.state).in_(sorted(ANSWERED)), False)
    return and_(col(Complaint.state).not_in(ENDED), not_(answered))


def needs_reporter() -> ColumnElement[bool]:
    """T02, T31: to supply something, or to say whether it is solved."""
    answered = has_answer(col(Complaint.id), col(FollowedCase.feedback_at))
    to_answer = and_(
        col(Complaint.state).in_(sorted(WITH_A_CASE)),
        col(Complaint.anonymous).is_(False),
        func.coalesce(col(FollowedCase.state) == CaseStatus.FEEDBACK, False),
        not_(answered),
    )
    return or_(col(Complaint.state) == ComplaintStatus.NEED_INFO, to_answer)


def _says(word: str) -> ColumnElement[bool]:
    return or_(*(col(place).icontains(word, autoescape=True) for place in SEARCHED))
