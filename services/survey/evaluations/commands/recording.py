"""What all commands of this room do: write into the audit log, and wait for their turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.deed import Deed
from shared.audit import append

IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 8))")


def note(
    deed: Deed,
    action: str,
    subject: tuple[str, UUID],
    details: Mapping[str, Any],
    *,
    reason: str | None = None,
) -> None:
    """`subject` is its kind and id."""
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type=subject[0],
        subject_id=subject[1],
        at=deed.at,
        details=details,
        reason=reason,
    )


async def in_turn(session: AsyncSession, whose: str) -> None:
    """One after the other, until the transaction ends."""
    await session.execute(IN_TURN, {"whose": whose})
