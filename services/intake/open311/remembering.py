"""What updates said, kept among the details of the complaint: as ciphertext, erased with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.intake.channels.details import details_of, locked
from services.intake.complaints.tables import Complaint
from shared.runtime import Runtime

UPDATES = "updates"


def remember(runtime: Runtime, complaint: Complaint, fact: UUID, words: str) -> None:
    details = details_of(runtime, complaint)
    kept = details | {UPDATES: details.get(UPDATES, {}) | {str(fact): words}}
    text = json.dumps(kept, ensure_ascii=False)
    complaint.details = locked(runtime, complaint, "details", text)


def words_of_updates(runtime: Runtime, complaint: Complaint) -> Mapping[str, Any]:
    """By the id of the fact that told of them."""
    updates: Mapping[str, Any] = details_of(runtime, complaint).get(UPDATES, {})
    return updates
