"""T45: the owner urges; the handler is told, from the third time on somebody above as well."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.domain.urging import leads_to_supervision
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.occasion import Occasion
from services.routing.supervision.commands.supervise import Order, supervise
from services.routing.supervision.domain.orders import Cause
from shared.contracts.routing import CaseUrged


async def urge(on: Occasion, file: CaseFile, complaint_id: UUID, times: int) -> None:
    """`times` counts the urges of this complaint: one that is heard of twice counts once (X36)."""
    complaint = next(each for each in file.complaints if each.complaint_id == complaint_id)
    fresh = times - complaint.urges
    if fresh <= 0 or not is_possible(file.case.status, Action.URGE):
        return
    complaint.urges = times
    before, file.case.urged_count = file.case.urged_count, file.case.urged_count + fresh
    move(on, file, Action.URGE, details={"times": file.case.urged_count})
    await tell(on, file, CaseUrged, times=file.case.urged_count)
    if leads_to_supervision(rulebook_of(on, file).urging, before, file.case.urged_count):
        await supervise(on.by_system(), file, Order(Cause.URGED))
