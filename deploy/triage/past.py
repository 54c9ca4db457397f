"""Complaints of routing's database, opened in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from deploy.triage.letters import Words
from services.routing.cases.submission import NARRATIVES
from services.routing.cases.tables import CaseComplaint
from shared.contracts.narrative import Narrative
from shared.privacy import FieldCipher, KeyRing
from shared.settings import Settings


def cipher_of(settings: Settings) -> FieldCipher:
    return FieldCipher(KeyRing.parse(settings.text("FIELD_KEYS")))


def narrative_of(cipher: FieldCipher, complaint: CaseComplaint) -> Narrative:
    """Raises CannotDecrypt."""
    opened = cipher.decrypt(
        complaint.narrative, table=NARRATIVES, row_id=complaint.complaint_id, column="narrative"
    )
    return Narrative.model_validate_json(opened)


async def past_complaints(
    session: AsyncSession, cipher: FieldCipher, since: datetime | None
) -> Sequence[Words]:
    """All that became cases, oldest first, by their numbers."""
    wanted = select(CaseComplaint).order_by(
        col(CaseComplaint.submitted_at), col(CaseComplaint.complaint_id)
    )
    if since is not None:
        wanted = wanted.where(col(CaseComplaint.submitted_at) >= since)
    rows = (await session.execute(wanted)).scalars()
    opened = ((row.number, narrative_of(cipher, row)) for row in rows)
    return [
        Words(id=number, title=narrative.title, text=narrative.text) for number, narrative in opened
    ]
