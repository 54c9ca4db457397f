"""The audit of files. An owner is not named: the file may yet belong to an anonymous complaint."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.attachments.tables import Attachment
from services.intake.complaints.domain.privacy import author
from services.intake.owners.domain.policies import acts_as_owner
from shared import audit
from shared.identity import Actor


def record(
    session: AsyncSession,
    actor: Actor,
    attachment: Attachment,
    action: str,
    at: datetime,
    **details: Any,
) -> None:
    """X15."""
    audit.append(
        session,
        actor=author(actor, anonymous=acts_as_owner(actor)),
        action=f"attachment.{action}",
        subject_type="attachment",
        subject_id=attachment.id,
        at=at,
        details={"kind": attachment.kind, **details},
    )
