"""The beat that all commands on an edition share: a version up, a line in the audit log."""

from __future__ import annotations

from services.survey.bulletins.tables import Edition
from services.survey.deed import Deed
from shared.audit import append


def record(deed: Deed, edition: Edition, action: str, *, reason: str | None = None) -> None:
    edition.version += 1
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="bulletin_edition",
        subject_id=edition.id,
        at=deed.at,
        details={
            "state": edition.state,
            "version": edition.version,
            "number": edition.number,
            "sha256": edition.sha256,
        },
        reason=reason,
    )
