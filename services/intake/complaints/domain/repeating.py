"""Whoever is about to complain again is offered to urge the open case instead (X08)."""

from __future__ import annotations

from shared.contracts.vocabulary import CaseStatus, ComplaintStatus

ALIVE = frozenset({ComplaintStatus.SUBMITTED, ComplaintStatus.ACCEPTED, ComplaintStatus.MERGED})
ANSWERED = frozenset(
    {CaseStatus.FEEDBACK, CaseStatus.CLOSED, CaseStatus.TRANSFERRED, CaseStatus.CANCELLED}
)
