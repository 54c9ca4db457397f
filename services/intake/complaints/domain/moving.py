"""Which complaints an event of a case speaks of, and where it puts them (T07, X10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.intake.complaints.domain.lifecycle import Action, allows
from shared.contracts.routing import CaseEvent, CaseMerged, ComplaintsJoined, ComplaintUnmerged
from shared.contracts.vocabulary import ComplaintStatus


def concerned(event: CaseEvent) -> Sequence[UUID]:
    """Who was moved hears of the case they are in now, and nothing of the one that ended."""
    match event:
        case ComplaintsJoined(joined=joined):
            return joined
        case CaseMerged():
            return ()
        case _:
            return event.case.complaint_ids


def move_of(event: CaseEvent) -> Action | None:
    match event:
        case ComplaintsJoined():
            return Action.JOIN
        case ComplaintUnmerged():
            return Action.SEPARATE
        case _:
            return None


def is_due(
    action: Action, state: ComplaintStatus, *, at: datetime, placed_at: datetime | None
) -> bool:
    """A move that is older than the last one is history (X37)."""
    return allows(state, action) and (placed_at is None or at >= placed_at)
