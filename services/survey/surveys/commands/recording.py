"""The beat that all commands on a survey share: a version up, a line in the audit log."""

from __future__ import annotations

from typing import Any

from services.survey.deed import Deed
from services.survey.surveys.tables import Survey
from shared.audit import append


def record(deed: Deed, survey: Survey, action: str, *, reason: str | None = None) -> None:
    """Something was done to the survey as a whole."""
    survey.version += 1
    note(deed, survey, action, {"state": survey.state, "version": survey.version}, reason=reason)


def note(
    deed: Deed, survey: Survey, action: str, details: dict[str, Any], *, reason: str | None = None
) -> None:
    """`details` never hold what somebody answered."""
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="survey",
        subject_id=survey.id,
        at=deed.at,
        details=details,
        reason=reason,
    )
