"""What is kept of a case's newest state, and what no later state tells any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.contracts.intake import ComplaintState
from shared.contracts.routing import CaseState, ClockState
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.divisions import COMMUNITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS
from shared.identity import End
from shared.rulebook import ClockKind

AT_WORK = frozenset({"LEAD", "CO"})
OF_THE_COMMUNITY = frozenset({End.COMMUNITY, End.GRID})
BEYOND_THE_STREET = frozenset({End.DEPARTMENT, End.COURT})
ELSEWHERE = frozenset({CaseStatus.JOINT, CaseStatus.IN_COURT, CaseStatus.TRANSFERRED})
RESOLUTION: Mapping[Grade, ClockKind] = {
    Grade.SMALL: ClockKind.SMALL_RESOLVE,
    Grade.MEDIUM: ClockKind.MEDIUM_RESOLVE,
    Grade.MAJOR: ClockKind.MAJOR_RESULT,
}
PROMISED = frozenset({"RUNNING", "MET"})


@dataclass(frozen=True)
class CasePlace:
    division: str
    county: str
    community: str | None


def place_of(state: CaseState) -> CasePlace:
    """Without a grid the community is the estate's, which is found in its copy."""
    grid = state.grid_code
    return CasePlace(
        division=state.division[:STREET_DIGITS],
        county=state.division[:COUNTY_DIGITS],
        community=grid[:COMMUNITY_DIGITS] if grid else None,
    )


def object_of(estate_id: UUID, category: str, building_id: UUID | None) -> str:
    """What a complaint is about: the same estate, category and building; without a building, the
    estate as a whole.
    """
    return f"{estate_id}/{category}/{building_id or '-'}"


def case_row(state: CaseState, repeated_within: timedelta) -> dict[str, Any]:
    """The columns of a fact that follow from one state alone."""
    place = place_of(state)
    dispatch = _first(state.clocks, ClockKind.DISPATCH)
    mediation = _first(state.clocks, ClockKind.MEDIATION_START)
    feedback = _first(state.clocks, ClockKind.FEEDBACK)
    resolution = _last(state.clocks, RESOLUTION[state.grade]) if state.grade else None
    return {
        "id": str(state.id),
        "version": state.version,
        "number": state.number,
        "state": state.state,
        "category": state.category,
        "category_name": state.category_name,
        "grade": state.grade,
        "estate_id": state.estate_id,
        "estate_name": state.estate_name,
        "building_id": state.building_id,
        "about": object_of(state.estate_id, state.category, state.building_id),
        "company_id": state.company_id,
        "division": place.division,
        "county": place.county,
        "grid_code": state.grid_code,
        "community": place.community,
        "owner_ids": state.owner_ids,
        "at_work": [unit.organisation_id for unit in state.units if unit.role in AT_WORK],
        "anonymous": state.anonymous,
        "overdue": state.overdue,
        "accepted_at": state.accepted_at,
        "first_dispatch_at": state.first_dispatch_at,
        "dispatch_due_at": dispatch.due_at if dispatch else None,
        "dispatch_kept": is_kept(dispatch),
        "mediation_due_at": mediation.due_at if mediation else None,
        "mediation_met_at": mediation.met_at if mediation else None,
        "mediation_kept": is_kept(mediation),
        "feedback_due_at": feedback.due_at if feedback and is_owed(feedback) else None,
        "feedback_kept": is_kept(feedback),
        "feedback_at": state.feedback_at,
        "resolution_due_at": resolution.due_at if resolution else None,
        "resolution_kept": is_kept(resolution),
        "closed_at": state.closed_at,
        "repeated_until": state.closed_at and state.closed_at + repeated_within,
        "result_code": state.result_code,
        "closed_at_community": is_at_community(state),
    }


def complaint_row(state: ComplaintState) -> dict[str, Any]:
    columns = {
        *("id", "version", "number", "channel", "state", "owner_id", "anonymous"),
        *("division", "estate_id", "building_id", "case_id", "submitted_at"),
    }
    return state.model_dump(mode="json", include=columns)


def is_kept(clock: ClockState | None) -> bool:
    """Met in time. What was breached stays so, even if it is met or moved later (3.3)."""
    if clock is None or clock.met_at is None or clock.breached_at is not None:
        return False
    return clock.met_at <= clock.due_at


def is_owed(clock: ClockState) -> bool:
    """Not while it stands still, nor once it was called off before its time."""
    return clock.state in PROMISED or clock.breached_at is not None


def is_at_community(state: CaseState) -> bool:
    """B14: closed, and led by the community's own people."""
    if state.state is not CaseStatus.CLOSED or state.handler is None:
        return False
    return state.handler.end in OF_THE_COMMUNITY


def is_beyond_the_street(state: CaseState) -> bool:
    """B14: a department or court is at work on it, or it is handled or decided elsewhere."""
    at_work = (unit.end for unit in state.units if unit.role in AT_WORK)
    return state.state in ELSEWHERE or any(end in BEYOND_THE_STREET for end in at_work)


def _first(clocks: Sequence[ClockState], kind: ClockKind) -> ClockState | None:
    """The promise to the citizen is the first one; reopening does not renew it."""
    return min(_of(clocks, kind), key=lambda each: each.started_at, default=None)


def _last(clocks: Sequence[ClockState], kind: ClockKind) -> ClockState | None:
    """A reopened case has a resolution clock anew (T32)."""
    return max(_of(clocks, kind), key=lambda each: each.started_at, default=None)


def _of(clocks: Sequence[ClockState], kind: ClockKind) -> Iterable[ClockState]:
    return (each for each in clocks if each.kind == kind)
