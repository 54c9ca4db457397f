"""The hash of one entry: over its number, the hash before it, and every field of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

FORMAT = "liuduan-audit-1"
BEGINNING = bytes(32)

CONTENT = (
    "id, at, actor_id, actor_end, action, subject_type, subject_id,"
    " CAST(details AS text) AS details, reason"
)


class Content(NamedTuple):
    """The columns of CONTENT; `details` as PostgreSQL prints jsonb, which has one form only."""

    id: UUID
    at: datetime
    actor_id: UUID
    actor_end: str
    action: str
    subject_type: str
    subject_id: str
    details: str
    reason: str | None


def entry_hash(sequence: int, prev_hash: bytes, content: Sequence[Any]) -> bytes:
    """SHA-256 over a JSON array without spaces, in UTF-8; moments in UTC to the microsecond."""
    entry_id, at, actor_id, *rest = content
    fields = [
        FORMAT,
        sequence,
        prev_hash.hex(),
        str(entry_id),
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(actor_id),
        *rest,
    ]
    canonical = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
