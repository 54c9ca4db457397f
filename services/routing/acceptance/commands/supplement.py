"""T03: the reporter supplied something; CK-13 is met, CK-00 runs on."""

from __future__ import annotations

from services.routing.acceptance.commands.decide_again import decide_again
from services.routing.acceptance.domain.lifecycle import PendingAction, PendingStatus, is_possible
from services.routing.acceptance.queries import in_hand, was_screened_out
from services.routing.acceptance.recording import keep_narrative, move, narrative_of
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.submission import lock_complaint, opened, retold
from services.routing.clocks.calendar import calendar_for
from services.routing.clocks.domain.deadlines import start_of
from services.routing.clocks.starting import clock_start
from services.routing.occasion import Occasion
from shared import clocks
from shared.contracts.intake import ComplaintSupplemented
from shared.contracts.narrative import Narrative
from shared.errors import TryLater
from shared.rulebook import ClockKind


class ComplaintNotYetKnown(TryLater):
    """The complaint itself has not been heard of yet."""

    code = "COMPLAINT_NOT_YET_KNOWN"
    chinese = "该诉求尚未收到，稍后重试。"


async def supplement(on: Occasion, event: ComplaintSupplemented) -> None:
    """Told twice, or after something newer, it changes nothing (X36, X37).

    Raises ComplaintNotYetKnown.
    """
    pending = await in_hand(on.session, event.complaint.id)
    if pending is None:
        await _add_unasked(on, event)
        return
    if event.complaint.version <= pending.complaint["version"]:
        return
    pending.complaint = event.complaint.model_dump(mode="json")
    if is_possible(pending.status, PendingAction.SUPPLY):
        await _take(on, pending, opened(on, event.narrative, pending.complaint_id))
    elif pending.status is PendingStatus.ACCEPTED:
        await _add_to_case(on, event)


async def _take(on: Occasion, pending: PendingComplaint, narrative: Narrative) -> None:
    """Also when CK-13 was found to be over a moment before: it was sent in time."""
    known = narrative_of(on, pending)
    expired = pending.status is PendingStatus.EXPIRED
    move(on, pending, PendingAction.SUPPLY)
    pending.refusal_reason, pending.decided_by, pending.decided_at = None, None, None
    keep_narrative(on, pending, with_what_was_told_once(narrative, known))
    await clocks.meet(on.session, pending.complaint_id, ClockKind.SUPPLEMENT, at=on.now)
    if expired:
        await _begin_to_accept(on, pending)
    else:
        await clocks.resume(on.session, pending.complaint_id, ClockKind.ACCEPT, at=on.now)
    await decide_again(on.by_system(), pending)


def with_what_was_told_once(narrative: Narrative, known: Narrative | None) -> Narrative:
    """The building of a hidden reporter, for the grid (X15, X16), and whom to join (X09)."""
    if known is None:
        return narrative
    told = {
        "building_id": narrative.building_id or known.building_id,
        "joins": narrative.joins or known.joins,
    }
    return narrative.model_copy(update=told)


async def _begin_to_accept(on: Occasion, pending: PendingComplaint) -> None:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    calendar = await calendar_for(on.session, (ClockKind.ACCEPT,), rulebook)
    start = start_of(ClockKind.ACCEPT, on.now, rulebook, calendar)
    await clocks.start(on.session, clock_start(pending.complaint_id, start))


async def _add_unasked(on: Occasion, event: ComplaintSupplemented) -> None:
    """It was accepted the moment it came and never lay on a desk: a correction by the hotline
    (B03), or what its reporter adds for those who handle the case.
    """
    if await _add_to_case(on, event):
        return
    if not await was_screened_out(on.session, event.complaint.id):
        raise ComplaintNotYetKnown


async def _add_to_case(on: Occasion, event: ComplaintSupplemented) -> bool:
    """Whether there is a case: those who handle it read there what no desk waited for."""
    row = await lock_complaint(on.session, event.complaint.id)
    if row is None:
        return False
    narrative = opened(on, event.narrative, row.complaint_id)
    if retold(on, row, event.complaint.version, narrative):
        on.audit("complaint.supplemented", "complaint", row.complaint_id, {"case_id": row.case_id})
    return True
