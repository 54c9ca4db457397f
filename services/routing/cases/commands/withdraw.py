"""T08, X14: a reporter withdraws; the case ends with the only complaint, or goes on without it."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.domain.withdrawing import WITHDRAWN, Remaining, goes_on
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.tables import CaseComplaint
from services.routing.clocks.commands import follow
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseCancelled, ComplaintReleased
from shared.contracts.vocabulary import ResultCode


async def withdraw_complaint(on: Occasion, file: CaseFile, complaint_id: UUID) -> None:
    """Told twice, or after the feedback, it changes nothing (X36)."""
    if not is_possible(file.case.status, Action.CANCEL):
        return
    found = [each for each in file.standing_complaints if each.complaint_id == complaint_id]
    if not found:
        return
    if goes_on(_without(file), rulebook_of(on, file)):
        await _release(on, file, found[0])
    else:
        await _cancel(on, file)


async def _release(on: Occasion, file: CaseFile, complaint: CaseComplaint) -> None:
    """From here on its reporter is told nothing of the case and asked for nothing."""
    complaint.withdrawn_at = on.now
    move(on, file, Action.RELEASE_COMPLAINT)
    await tell(on, file, ComplaintReleased, complaint_id=complaint.complaint_id)


async def _cancel(on: Occasion, file: CaseFile) -> None:
    """The complaint stays named, so that its reporter reads how the case ended."""
    file.case.result_code = ResultCode.WITHDRAWN
    move(on, file, Action.CANCEL, details={"reason": WITHDRAWN})
    await follow(on, file, Action.CANCEL)
    await tell(on, file, CaseCancelled, reason=WITHDRAWN)


def _without(file: CaseFile) -> Remaining:
    case = file.case
    return Remaining(
        grade=case.degree,
        category=case.category,
        emergency=case.emergency,
        group_incident=case.group_incident,
        standing=len(file.standing_complaints) - 1,
    )
