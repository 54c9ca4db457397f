"""The beat that all commands on a tender share: a version up, a line in the audit log."""

from __future__ import annotations

from typing import Any

from services.survey.deed import Deed
from services.survey.tenders.tables import Tender
from shared.audit import append


def record(
    deed: Deed,
    tender: Tender,
    action: str,
    details: dict[str, Any] | None = None,
    *,
    reason: str | None = None,
) -> None:
    tender.version += 1
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="tender",
        subject_id=tender.id,
        at=deed.at,
        details={"state": tender.state, "version": tender.version} | (details or {}),
        reason=reason,
    )
