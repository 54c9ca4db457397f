"""The beat that all visit commands share: a version up, a line in the audit log."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.visits.tables import Visit
from shared.audit import append
from shared.contracts.survey import VisitState


def record(deed: Deed, visit: Visit, action: str) -> VisitState:
    """Note what was done; returns the visit's public state after it."""
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="visit",
        subject_id=visit.id,
        at=deed.at,
        details={"case_id": visit.case_id, "state": visit.state, "version": visit.version},
    )
    return public_state(visit)


def public_state(visit: Visit) -> VisitState:
    return VisitState(
        id=visit.id,
        version=visit.version,
        case_id=visit.case_id,
        complaint_id=visit.complaint_id,
        owner_id=visit.owner_id,
        state=str(visit.state),
        opened_at=visit.opened_at,
        answered_at=visit.answered_at,
        solved=visit.solved,
        result_level=visit.result_level,
        process_level=visit.process_level,
        asks_to_reopen=visit.asks_to_reopen,
    )
