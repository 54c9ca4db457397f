"""Reading visits; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.survey.copies.tables import ComplaintCopy
from services.survey.visits.domain.lifecycle import AWAITING, VisitStatus
from services.survey.visits.tables import AskedCase, Visit
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

Visits = SelectOfScalar[Visit]

IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:case_id, 0))")


def visible_to(actor: Actor) -> Visits:
    """An owner sees the own visits; nobody else sees any through here (X15, X16)."""
    return select(Visit).where(Visit.owner_id == actor.id)


async def page_of(
    session: AsyncSession, actor: Actor, paging: PageRequest
) -> tuple[Sequence[Visit], str | None]:
    """Newest first: ids rise with creation."""
    wanted = visible_to(actor).order_by(col(Visit.id).desc())
    if paging.after is not None:
        wanted = wanted.where(col(Visit.id) < cursor_key(paging.after, UUID)[0])
    rows = (await session.execute(wanted.limit(paging.limit + 1))).scalars().all()
    return paging.cut(rows, lambda visit: (visit.id,))


async def awaiting_answer(
    session: AsyncSession, case_id: UUID, asked_before: datetime
) -> Sequence[Visit]:
    """The visits of a case that may still be answered, locked."""
    wanted = _of_case(case_id).where(Visit.opened_at < asked_before)
    wanted = wanted.where(col(Visit.state).in_(AWAITING)).with_for_update()
    return (await session.execute(wanted.order_by(col(Visit.id)))).scalars().all()


async def called_in_vain(
    session: AsyncSession, case_id: UUID, asked_before: datetime
) -> Sequence[Visit]:
    """The visits of a case whose owner let CK-12 pass, locked."""
    wanted = _of_case(case_id).where(Visit.opened_at <= asked_before)
    wanted = wanted.where(Visit.state == VisitStatus.CALLING).with_for_update()
    return (await session.execute(wanted.order_by(col(Visit.id)))).scalars().all()


async def one_by_one(session: AsyncSession, case_id: UUID) -> None:
    """Two visits of a case that end at once would each take the other for still asked. Taken after
    the visit itself, by everybody, and held until the transaction ends.
    """
    await session.flush()
    await session.execute(IN_TURN, {"case_id": str(case_id)})


async def is_anybody_asked(session: AsyncSession, case_id: UUID) -> bool:
    asked = exists().where(col(Visit.case_id) == case_id, col(Visit.state).in_(AWAITING))
    wanted = select(asked)
    return bool((await session.execute(wanted)).scalar_one())


async def untold_silence(
    session: AsyncSession, case_id: UUID, opened_at: datetime
) -> Sequence[Visit]:
    """Visits of one feedback that ended without an answer, and routing has not heard of it. One
    that somebody has in hand is about to be answered.
    """
    wanted = _of_case(case_id).where(
        Visit.opened_at == opened_at,
        Visit.state == VisitStatus.UNANSWERED,
        col(Visit.silence_told).is_(False),
    )
    locked = wanted.with_for_update(skip_locked=True).order_by(col(Visit.id))
    return (await session.execute(locked)).scalars().all()


async def of_feedback(
    session: AsyncSession, complaint_id: UUID, feedback_at: datetime
) -> Visit | None:
    """Locked."""
    wanted = _of_complaint(complaint_id).where(Visit.opened_at == feedback_at)
    return (await session.execute(wanted)).scalar_one_or_none()


async def newest_of_complaint(
    session: AsyncSession, complaint_id: UUID, until: datetime
) -> Visit | None:
    """The one that was opened last, not after `until`; where there is none, the first: the clock
    that told `until` is behind. Locked.
    """
    since_when = func.abs(func.extract("epoch", col(Visit.opened_at) - until))
    nearest = (col(Visit.opened_at) <= until).desc(), since_when
    wanted = _of_complaint(complaint_id).order_by(*nearest).limit(1)
    return (await session.execute(wanted)).scalar_one_or_none()


async def last_asked_about(session: AsyncSession, case_id: UUID) -> datetime | None:
    """The newest feedback of the case that was dealt with here."""
    asked = await session.get(AskedCase, case_id)
    return asked.feedback_at if asked else None


async def unless_busy(session: AsyncSession, visit_id: UUID) -> Visit | None:
    """Locked, if nobody else has it in hand."""
    wanted = select(Visit).where(Visit.id == visit_id).with_for_update(skip_locked=True)
    return (await session.execute(wanted)).scalar_one_or_none()


async def complaints(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[ComplaintCopy]:
    wanted = select(ComplaintCopy).where(col(ComplaintCopy.id).in_(ids))
    return (await session.execute(wanted.order_by(col(ComplaintCopy.id)))).scalars().all()


def _of_case(case_id: UUID) -> Visits:
    return select(Visit).where(Visit.case_id == case_id)


def _of_complaint(complaint_id: UUID) -> Visits:
    return select(Visit).where(Visit.complaint_id == complaint_id).with_for_update()
