"""Visits that end without an answer: nobody replied (X33), or the case went on (T32, T33)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.survey.copies.tables import CaseCopy
from services.survey.deed import Deed
from services.survey.visits.commands.clocks import start_clock, stop_clocks
from services.survey.visits.commands.recording import record
from services.survey.visits.domain.lifecycle import VisitAction, advance
from services.survey.visits.queries import awaiting_answer, called_in_vain
from services.survey.visits.tables import Visit
from shared.contracts.survey import VisitUnanswered
from shared.contracts.vocabulary import CaseStatus
from shared.messaging import publish
from shared.rulebook import ClockKind


async def pass_confirmation(deed: Deed, visit: Visit) -> None:
    """CK-12 ran out: somebody calls (CK-14), unless the case is closed already."""
    case = await deed.session.get(CaseCopy, visit.case_id)
    if case is not None and case.state == CaseStatus.CLOSED:
        await give_up(deed, visit)
        return
    visit.state = advance(visit.state, VisitAction.CALL)
    visit.version += 1
    await start_clock(deed, visit, ClockKind.RETURN_VISIT, visit.answer_until)
    record(deed, visit, "visit.calling")


async def give_up(deed: Deed, visit: Visit) -> None:
    visit.state = advance(visit.state, VisitAction.GIVE_UP)
    visit.version += 1
    await stop_clocks(deed, visit)
    state = record(deed, visit, "visit.unanswered")
    publish(deed.session, VisitUnanswered(visit=state), actor=deed.actor, at=deed.at)


async def give_up_calling(deed: Deed, case_id: UUID) -> None:
    """The case is closed: nobody calls any more. Whom CK-12 still allows to answer, may."""
    for visit in await called_in_vain(deed.session, case_id):
        await give_up(deed, visit)


async def cancel(deed: Deed, case_id: UUID, *, asked_before: datetime) -> None:
    """The case is handled further; its next feedback asks anew."""
    for visit in await awaiting_answer(deed.session, case_id, asked_before):
        visit.state = advance(visit.state, VisitAction.CANCEL)
        visit.version += 1
        await stop_clocks(deed, visit)
        record(deed, visit, "visit.cancelled")
