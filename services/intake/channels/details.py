"""What only a door asks, kept as ciphertext beside the complaint, in the clear again."""

from __future__ import annotations

import json
from typing import Any

from services.intake.complaints.tables import Complaint
from shared.runtime import Runtime

TABLE = "complaint"


def details_of(runtime: Runtime, complaint: Complaint) -> dict[str, Any]:
    """Empty where nothing was asked."""
    found = opened(runtime, complaint, "details")
    details: dict[str, Any] = json.loads(found) if found else {}
    return details


def opened(runtime: Runtime, complaint: Complaint, column: str) -> str | None:
    kept: str | None = getattr(complaint, column)
    if kept is None:
        return None
    return runtime.cipher.decrypt(kept, table=TABLE, row_id=complaint.id, column=column)


def locked(runtime: Runtime, complaint: Complaint, column: str, value: str) -> str:
    return runtime.cipher.encrypt(value, table=TABLE, row_id=complaint.id, column=column)
