"""What single events tell of a case and its later states do not (T12, T16–T20, T37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from shared.contracts.routing import (
    AgreementPerformed,
    CaseEvent,
    CaseReopened,
    CaseReturned,
    MediationAgreed,
    MediationFailed,
    MediationHeld,
    MediationRefused,
)
from shared.contracts.vocabulary import CaseStatus


class Mark(StrEnum):
    AGREED = "AGREED"
    SETTLED = "SETTLED"  # agreed, and performed at once (T19)
    FAILED = "FAILED"
    REFUSED = "REFUSED"
    UNREACHABLE = "UNREACHABLE"
    HELD = "HELD"
    RETURNED = "RETURNED"
    PERFORMED = "PERFORMED"
    REOPENED = "REOPENED"


class Mediated(StrEnum):
    """How the newest mediation of a case ended; who refuses is not counted (X23, U24)."""

    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    REFUSED = "REFUSED"


OUTCOME: Mapping[Mark, Mediated] = {
    Mark.AGREED: Mediated.SUCCESS,
    Mark.SETTLED: Mediated.SUCCESS,
    Mark.FAILED: Mediated.FAILED,
    Mark.REFUSED: Mediated.REFUSED,
    Mark.UNREACHABLE: Mediated.REFUSED,
}
PERFORMANCES = (Mark.PERFORMED, Mark.SETTLED)
MARKS: Mapping[type[CaseEvent], Mark] = {
    MediationAgreed: Mark.AGREED,
    MediationFailed: Mark.FAILED,
    MediationHeld: Mark.HELD,
    CaseReturned: Mark.RETURNED,
    AgreementPerformed: Mark.PERFORMED,
    CaseReopened: Mark.REOPENED,
}


def mark_of(event: CaseEvent) -> Mark | None:
    if isinstance(event, MediationRefused):
        return Mark.UNREACHABLE if event.unreachable else Mark.REFUSED
    if isinstance(event, MediationAgreed) and event.case.state == CaseStatus.RESULT_REVIEW:
        return Mark.SETTLED
    return MARKS.get(type(event))


def newest_outcome(marks: Sequence[Mark]) -> Mediated | None:
    """`marks` in the order of the case's versions."""
    return next((OUTCOME[mark] for mark in reversed(marks) if mark in OUTCOME), None)


def is_performed(marks: Sequence[Mark]) -> bool:
    """And not reopened since: then the dispute was not settled by it. `marks` in the order of the
    case's versions.
    """
    kept = False
    for mark in marks:
        kept = mark in PERFORMANCES or (kept and mark is not Mark.REOPENED)
    return kept


def unit_of(event: CaseEvent) -> UUID | None:
    """The organisation that objected to a dispatch (T12)."""
    return event.organisation_id if isinstance(event, CaseReturned) else None


def detail_of(event: CaseEvent) -> str | None:
    """The reason of an objection, a code of the rulebook."""
    return event.reason if isinstance(event, CaseReturned) else None
