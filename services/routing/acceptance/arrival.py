"""A submitted complaint that is not accepted at once: its row, clocks and first question.

Part of the hot path: everything is made in memory and written with the other rows of the batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.routing.acceptance.commands.ask import tell_request
from services.routing.acceptance.domain.lifecycle import PendingAction, PendingStatus
from services.routing.acceptance.domain.reasons import (
    Matter,
    Reason,
    asked_at_once,
    reasons_to_wait,
)
from services.routing.acceptance.recording import keep_narrative, move
from services.routing.acceptance.tables import PendingComplaint
from services.routing.bulk import Row, row_of
from services.routing.cases.domain.assigning import Surroundings
from services.routing.cases.submission import Submission
from services.routing.clocks.calendar import calendar_for
from services.routing.clocks.domain.deadlines import start_of
from services.routing.clocks.starting import new_clock, paused, row_of_clock
from services.routing.occasion import Occasion
from shared.calendars import WorkingCalendar
from shared.clocks import ClockRow
from shared.contracts.directory import UNPLACED_ESTATE
from shared.rulebook import ClockKind
from shared.tracing import traced


@dataclass(frozen=True)
class Arrival:
    submission: Submission
    around: Surroundings
    reasons: tuple[Reason, ...]


def arrive(on: Occasion, submission: Submission, around: Surroundings) -> Arrival:
    """T06: whether the system accepts it, and why it does not."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return Arrival(submission, around, reasons_to_wait(matter_of(submission, around), rulebook))


def matter_of(submission: Submission, around: Surroundings) -> Matter:
    return Matter(
        channel=submission.complaint.channel,
        category=submission.proposal.category,
        emergency=submission.proposal.emergency,
        place_known=around.place_known,
        placed=submission.complaint.estate_id != UNPLACED_ESTATE,
        narrative=submission.narrative,
    )


async def rows_of(on: Occasion, arrivals: Sequence[Arrival]) -> Mapping[str, Sequence[Row]]:
    """Everything of all of them, by table."""
    rows: dict[str, list[Row]] = defaultdict(list)
    if not arrivals:
        return rows
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    calendar = await calendar_for(on.session, (ClockKind.ACCEPT, ClockKind.SUPPLEMENT), rulebook)
    for each in arrivals:
        with traced(each.submission.trace):
            pending, clocks = _waiting(on.by_system(), each, calendar)
        rows["pending_complaint"].append(row_of(pending))
        rows["clock"] += map(row_of_clock, clocks)
    return rows


def _waiting(
    on: Occasion, arrival: Arrival, calendar: WorkingCalendar
) -> tuple[PendingComplaint, Iterable[ClockRow]]:
    pending = _pending(on, arrival)
    on.audit("complaint.waits", "complaint", pending.complaint_id, {"reasons": pending.reasons})
    accepting = _clock(on, pending, ClockKind.ACCEPT, pending.submitted_at, calendar)
    missing = asked_at_once(arrival.reasons)
    if not missing:
        return pending, [accepting]
    supplying = _clock(on, pending, ClockKind.SUPPLEMENT, on.now, calendar)
    move(on, pending, PendingAction.ASK, missing=list(missing))
    pending.missing = list(missing)
    tell_request(on, pending, supplying.due_at)
    return pending, [paused(accepting, on.now), supplying]


def _clock(
    on: Occasion,
    pending: PendingComplaint,
    kind: ClockKind,
    at: datetime,
    calendar: WorkingCalendar,
) -> ClockRow:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return new_clock(pending.complaint_id, start_of(kind, at, rulebook, calendar))


def _pending(on: Occasion, arrival: Arrival) -> PendingComplaint:
    complaint, around = arrival.submission.complaint, arrival.around
    pending = PendingComplaint(
        complaint_id=complaint.id,
        version=1,
        state=PendingStatus.WAITING,
        complaint=complaint.model_dump(mode="json"),
        narrative=None,
        number=complaint.number,
        channel=complaint.channel,
        confidential=complaint.confidential,
        anonymous=complaint.anonymous,
        owner_id=complaint.owner_id,
        house_id=complaint.house_id,
        division=around.division,
        place_code=around.place_code,
        grid_code=around.grid_code,
        estate_id=complaint.estate_id,
        estate_name=around.estate_name,
        company_id=around.company.id if around.company else None,
        category=arrival.submission.proposal.category,
        reasons=list(arrival.reasons),
        submitted_at=complaint.submitted_at,
    )
    keep_narrative(on, pending, arrival.submission.narrative)
    return pending
