"""Whose words others may read: those that content screening has let pass.

Until a screening says so of a complaint, nobody but its reporter and the staff reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession


async def shown_to_others(session: AsyncSession, complaint_ids: Sequence[UUID]) -> set[UUID]:
    """The complaints among these whose words may be shown."""
    return set()
