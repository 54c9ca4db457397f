"""Writing down what came of a check."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import Counter
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.screening.checking import Again, Outcome, Question, Sent
from services.intake.screening.domain.lifecycle import ScreeningAction, ScreeningState, advance
from services.intake.screening.domain.timing import answerable_until, result_due, try_again_at
from services.intake.screening.domain.verdicts import Reason, Verdict, held
from services.intake.screening.tables import Screening

SCREENINGS = Counter("liuduan_screenings", "Texts and files checked", ["subject", "outcome"])


async def record(
    session: AsyncSession, question: Question, outcome: Outcome, now: datetime
) -> None:
    """What is no longer this claim's, because the reporter supplied more, changes nothing."""
    mine = select(Screening).where(
        col(Screening.id) == question.screening_id,
        col(Screening.state) == ScreeningState.WAITING,
        col(Screening.claimed_until) == question.claimed_until,
    )
    screening = (await session.execute(mine.with_for_update())).scalar_one_or_none()
    if screening is None:
        return
    screening.claimed_until = None
    match outcome:
        case Verdict():
            settle(screening, outcome, now)
        case Sent():
            screening.state = advance(screening.state, ScreeningAction.SEND)
            screening.trace_id, screening.sent_at = outcome.trace_id, now
            screening.due_at = result_due(now)
        case Again():
            _postpone(screening, now)


def settle(screening: Screening, verdict: Verdict, now: datetime) -> None:
    screening.state = advance(screening.state, verdict.action)
    screening.reason, screening.label = verdict.reason, verdict.label
    screening.answered_at = now
    SCREENINGS.labels(screening.subject_type, verdict.reason or verdict.action).inc()


def _postpone(screening: Screening, now: datetime) -> None:
    following = try_again_at(screening.tries, now, answerable_until(screening.written_at))
    if following is None:
        settle(screening, held(Reason.NOT_CHECKED), now)
    else:
        screening.due_at = following
