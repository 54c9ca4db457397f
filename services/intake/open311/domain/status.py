"""Open or closed, the only two states that GeoReport v2 knows."""

from __future__ import annotations

from enum import StrEnum

from services.intake.complaints.domain.words import CASE_STATES, COMPLAINT_STATES
from shared.contracts.intake import ComplaintNotAccepted, ComplaintWithdrawn
from shared.contracts.routing import CaseCancelled, CaseClosed, CaseTransferred
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus


class RequestStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


ENDED_COMPLAINTS = frozenset({ComplaintStatus.NOT_ACCEPTED, ComplaintStatus.WITHDRAWN})
ENDED_CASES = frozenset({CaseStatus.CLOSED, CaseStatus.TRANSFERRED, CaseStatus.CANCELLED})
ENDINGS = frozenset(
    event.name
    for event in (
        CaseClosed, CaseTransferred, CaseCancelled, ComplaintNotAccepted, ComplaintWithdrawn,
    )
)  # fmt: skip


def status_of(complaint: ComplaintStatus, case: CaseStatus | None) -> RequestStatus:
    ended = complaint in ENDED_COMPLAINTS or case in ENDED_CASES
    return RequestStatus.CLOSED if ended else RequestStatus.OPEN


def notes_of(complaint: ComplaintStatus, case: CaseStatus | None) -> str:
    """The state in the words people read; of what ended by itself, how."""
    if case is None or complaint in ENDED_COMPLAINTS:
        return COMPLAINT_STATES[complaint]
    return CASE_STATES[case]


def status_after(kind: str) -> RequestStatus:
    """What the request was after an event of that name."""
    return RequestStatus.CLOSED if kind in ENDINGS else RequestStatus.OPEN
