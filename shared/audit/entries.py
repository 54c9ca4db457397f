"""Appending: gathered during the transaction, written with one statement before it commits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import before_commit, pending
from shared.identity.actor import Actor
from shared.ids import new_id
from shared.privacy import mask_text, redacted

_KEY = "audit"


def append(
    session: AsyncSession,
    *,
    actor: Actor,
    action: str,
    subject_type: str,
    subject_id: UUID | str,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Commits or vanishes with the caller's transaction.

    `details` hold ids and codes, never a person's data; what looks like such is masked or removed,
    in the reason too. Raises TypeError or ValueError for details that are no JSON.
    """
    entry = {
        "id": str(new_id()),
        "at": at.isoformat(),
        "actor_id": str(actor.id),
        "actor_end": actor.end,
        "action": action,
        "subject_type": subject_type,
        "subject_id": str(subject_id),
        "details": redacted(details or {}),
        "reason": reason and mask_text(reason),
    }
    pending(session, _KEY).append(json.dumps(entry, default=_plain, allow_nan=False))
    before_commit(session, _KEY, _write)


async def _write(session: AsyncSession) -> None:
    entries = pending(session, _KEY)
    await session.execute(text(_INSERT), {"entries": f"[{','.join(entries)}]"})
    entries.clear()


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON value")


_INSERT = """
    INSERT INTO audit_entry (id, at, actor_id, actor_end, action, subject_type, subject_id,
                             details, reason)
    SELECT id, at, actor_id, actor_end, action, subject_type, subject_id, details, reason
      FROM jsonb_to_recordset(CAST(:entries AS jsonb))
        AS entry (id uuid, at timestamptz, actor_id uuid, actor_end text, action text,
                  subject_type text, subject_id text, details jsonb, reason text)"""
