"""The beat that all commands on a survey share: a version up, a line in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from services.survey.deed import Deed
from services.survey.surveys.tables import Survey
from shared.audit import append

NOTHING: Mapping[str, Any] = MappingProxyType({})


def record(
    deed: Deed,
    survey: Survey,
    action: str,
    *,
    reason: str | None = None,
    details: Mapping[str, Any] = NOTHING,
) -> None:
    """Something was done to the survey as a whole."""
    survey.version += 1
    standing = {"state": survey.state, "version": survey.version}
    note(deed, survey, action, {**standing, **details}, reason=reason)


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
