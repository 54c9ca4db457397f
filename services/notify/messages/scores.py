"""The scores for which a company is talked to, so that what it has to mend can name them (N15).

Routing says that a company has to mend, and why, but not how low the scores were.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import TalkScore
from services.notify.messages.domain.governance_facts import poor_scores
from shared.contracts.routing import LowScoreTalkState, RectificationState
from shared.contracts.survey import EvaluationState

LOW_SCORE, POOR_GRADE = "LOW_SCORE", "POOR_GRADE"


async def remember_scores(
    session: AsyncSession, cause: str, talk: LowScoreTalkState | EvaluationState
) -> None:
    """A correction replaces them, until a rectification rests on them."""
    scores = poor_scores(talk) if isinstance(talk, EvaluationState) else talk.scores
    row = insert(TalkScore).values(
        id=talk.id,
        cause=cause,
        company_id=talk.company_id,
        estate_id=talk.estate_id,
        scores=[str(score) for score in scores],
    )
    corrected = row.on_conflict_do_update(
        index_elements=["id"],
        set_={"scores": row.excluded.scores},
        where=col(TalkScore.rectification_id).is_(None),
    )
    await session.execute(corrected)


async def rest_on_scores(session: AsyncSession, state: RectificationState) -> None:
    """The newest that no rectification rests on yet: ids rise with time."""
    if await scores_behind(session, state.id):
        return
    wanted = (
        select(TalkScore)
        .where(
            TalkScore.cause == state.cause,
            TalkScore.company_id == state.company_id,
            TalkScore.estate_id == state.estate_id,
            col(TalkScore.rectification_id).is_(None),
        )
        .order_by(col(TalkScore.id).desc())
        .limit(1)
        .with_for_update()
    )
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is not None:
        found.rectification_id = state.id
        await session.flush()


async def scores_behind(session: AsyncSession, rectification_id: UUID) -> Sequence[Decimal]:
    wanted = select(TalkScore.scores).where(TalkScore.rectification_id == rectification_id)
    found = (await session.execute(wanted)).scalars().first()
    return [Decimal(score) for score in found or ()]
