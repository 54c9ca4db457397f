"""A person decides what others may see; the reporter supplies more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.screening.domain.lifecycle import (
    ScreeningAction,
    ScreeningState,
    SubjectType,
    advance,
)
from services.intake.screening.domain.verdicts import Reason
from services.intake.screening.gathering import gather_files
from services.intake.screening.schemas import DecisionBody, DecisionOut
from services.intake.screening.tables import Screening
from shared import audit
from shared.identity import Actor


async def decide(
    session: AsyncSession, actor: Actor, screening: Screening, body: DecisionBody, *, at: datetime
) -> DecisionOut:
    """Raises ScreeningForbids while the check is under way. May be decided anew."""
    action = ScreeningAction.SHOW if body.visible else ScreeningAction.HIDE
    screening.state = advance(screening.state, action)
    screening.decided_at, screening.decided_by = at, actor.id
    audit.append(
        session,
        actor=actor,
        action="screening.decided",
        subject_type="screening",
        subject_id=screening.id,
        at=at,
        details={"state": screening.state, "complaint_id": screening.complaint_id},
        reason=body.reason,
    )
    return DecisionOut(id=screening.id, state=ScreeningState(screening.state))


async def screen_again(session: AsyncSession, complaint_id: UUID, *, at: datetime) -> None:
    """T03: what was supplied is checked as well, and until then the whole is hidden from others.

    What waits for a person, or was hidden by one, a person looks at again.
    """
    mine = select(Screening).where(
        col(Screening.subject_type) == SubjectType.COMPLAINT,
        col(Screening.subject_id) == complaint_id,
    )
    screening = (await session.execute(mine.with_for_update())).scalar_one_or_none()
    if screening is None:
        return  # not gathered yet: then it is checked as it is by then
    if screening.state == ScreeningState.HIDDEN:
        screening.reason = Reason.SUPPLIED
    screening.state = advance(screening.state, ScreeningAction.RENEW)
    screening.written_at = screening.due_at = at
    screening.tries, screening.claimed_until = 0, None
    await gather_files(session, [complaint_id], at=at)
