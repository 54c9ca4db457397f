"""Finding what is new: complaints since the last one gathered, with their files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.attachments.domain.lifecycle import AttachmentState
from services.intake.screening.domain.lifecycle import FIRST, SubjectType
from shared.ids import new_id

BATCH = 200
# a filing that was written late must not be missed: its row may appear behind later ones
OVERLAP = timedelta(minutes=5)

SINCE = text(f"""
    SELECT max(filed_at) FROM screening WHERE subject_type = '{SubjectType.COMPLAINT}'
""")
NEW_COMPLAINTS = text(f"""
    SELECT complaint.id, complaint.division, complaint.submitted_at FROM complaint
    WHERE submitted_at >= :since AND NOT EXISTS (
        SELECT FROM screening
        WHERE subject_type = '{SubjectType.COMPLAINT}' AND subject_id = complaint.id
    )
    ORDER BY submitted_at, id LIMIT {BATCH}
""")
NEW_FILES = text(f"""
    SELECT file.id, file.complaint_id, complaint.division, complaint.submitted_at
    FROM attachment AS file
    JOIN complaint ON complaint.id = file.complaint_id
    WHERE file.complaint_id = ANY(:complaints) AND file.state = '{AttachmentState.READY}'
    AND NOT EXISTS (
        SELECT FROM screening
        WHERE subject_type = '{SubjectType.ATTACHMENT}' AND subject_id = file.id
    )
""")
ADD = text(f"""
    INSERT INTO screening
        (id, subject_type, subject_id, complaint_id, division, state, filed_at, written_at, due_at,
         tries)
    VALUES
        (:id, :subject_type, :subject_id, :complaint_id, :division, '{FIRST}', :filed_at, :at, :at,
         0)
    ON CONFLICT (subject_type, subject_id) DO NOTHING
""")


async def gather(session: AsyncSession, since: datetime) -> int:
    """Adds what is filed since then; returns how many complaints that were."""
    rows = (await session.execute(NEW_COMPLAINTS, {"since": since})).all()
    for row in rows:
        await session.execute(
            ADD,
            {
                "id": new_id(),
                "subject_type": SubjectType.COMPLAINT,
                "subject_id": row.id,
                "complaint_id": row.id,
                "division": row.division,
                "filed_at": row.submitted_at,
                "at": row.submitted_at,
            },
        )
    filed_at = {row.id: row.submitted_at for row in rows}
    if filed_at:
        await gather_files(session, list(filed_at), at=max(filed_at.values()))
    return len(rows)


async def gather_files(
    session: AsyncSession, complaint_ids: Sequence[UUID], *, at: datetime
) -> None:
    """The files of these complaints that are new."""
    for row in (await session.execute(NEW_FILES, {"complaints": list(complaint_ids)})).all():
        await session.execute(
            ADD,
            {
                "id": new_id(),
                "subject_type": SubjectType.ATTACHMENT,
                "subject_id": row.id,
                "complaint_id": row.complaint_id,
                "division": row.division,
                "filed_at": row.submitted_at,
                "at": at,
            },
        )


async def gathered_until(session: AsyncSession, *, at_least: datetime) -> datetime:
    """Where to go on: shortly before the newest that is known, or, at the very first, `at_least`.

    What was filed while nobody worked is older than WeChat checks, and goes to a person.
    """
    newest: datetime | None = (await session.execute(SINCE)).scalar_one_or_none()
    return at_least if newest is None else newest - OVERLAP
