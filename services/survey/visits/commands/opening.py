"""Asking: one visit for each complaint of a case whose owner is known (T25, X15, X45)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.survey.copies.tables import CaseCopy, ComplaintCopy
from services.survey.deed import Deed
from services.survey.visits.commands.clocks import start_clock
from services.survey.visits.commands.ending import cancel
from services.survey.visits.commands.recording import record
from services.survey.visits.domain.relevance import feedback_still_matters
from services.survey.visits.domain.turns import calls_for_centre, handled_by
from services.survey.visits.queries import complaints, last_asked_about
from services.survey.visits.tables import AskedCase, Visit
from shared.calendars import WorkingCalendar
from shared.contracts.routing import CaseState
from shared.contracts.survey import VisitOpened
from shared.contracts.vocabulary import ComplaintStatus
from shared.counting import deadline
from shared.errors import TryLater
from shared.ids import new_id
from shared.messaging import publish
from shared.rulebook import ClockKind


async def open_visits(deed: Deed, case: CaseState, feedback_at: datetime) -> None:
    """Ask everybody who complained; what an earlier feedback asked is withdrawn.

    Raises TryLater while a complaint of the case is not known here.
    """
    if not await _still_matters(deed, case, feedback_at):
        await _note_asked(deed, case.id, feedback_at)
        return
    asked = await _to_be_asked(deed, case)
    await cancel(deed, case.id, asked_before=feedback_at)
    for complaint in asked:
        await _open(deed, _visit(deed, complaint, case, feedback_at))
    await _note_asked(deed, case.id, feedback_at)


async def _still_matters(deed: Deed, case: CaseState, feedback_at: datetime) -> bool:
    known = await deed.session.get(CaseCopy, case.id)
    later_state = known.state if known and known.version > case.version else None
    asked_at = await last_asked_about(deed.session, case.id)
    return feedback_still_matters(feedback_at, asked_at, later_state)


async def _note_asked(deed: Deed, case_id: UUID, feedback_at: datetime) -> None:
    """Also where nobody was asked: an answer that finds no visit need not wait for one."""
    noted = insert(AskedCase).values(case_id=case_id, feedback_at=feedback_at)
    newest = func.greatest(col(AskedCase.feedback_at), noted.excluded.feedback_at)
    await deed.session.execute(
        noted.on_conflict_do_update(index_elements=["case_id"], set_={"feedback_at": newest})
    )


async def _to_be_asked(deed: Deed, case: CaseState) -> Sequence[ComplaintCopy]:
    known = await complaints(deed.session, case.complaint_ids)
    if len(known) < len(case.complaint_ids):
        raise TryLater
    return [complaint for complaint in known if _is_asked(complaint)]


def _is_asked(complaint: ComplaintCopy) -> bool:
    """Nobody is asked about an anonymous, ownerless or withdrawn complaint."""
    if complaint.anonymous or complaint.owner_id is None:
        return False
    return complaint.state != ComplaintStatus.WITHDRAWN


def _visit(deed: Deed, complaint: ComplaintCopy, case: CaseState, feedback_at: datetime) -> Visit:
    assert complaint.owner_id is not None
    book = deed.runtime.rulebooks.named(case.rulebook)
    rule = book.clock(ClockKind.OWNER_CONFIRMATION)
    return Visit(
        id=new_id(),
        complaint_id=complaint.id,
        complaint_number=complaint.number,
        case_id=case.id,
        case_number=case.number,
        category_name=case.category_name,
        estate_name=case.estate_name,
        owner_id=complaint.owner_id,
        rulebook=case.rulebook,
        division=case.division,
        grid_code=case.grid_code,
        company_id=case.company_id,
        handled_by=handled_by(case),
        for_centre=calls_for_centre(case, book.return_visits),
        opened_at=feedback_at,
        answer_until=deadline(feedback_at, rule.length, WorkingCalendar()).at,
    )


async def _open(deed: Deed, visit: Visit) -> None:
    deed.session.add(visit)
    await start_clock(deed, visit, ClockKind.OWNER_CONFIRMATION, visit.opened_at)
    state = record(deed, visit, "visit.opened")
    publish(deed.session, VisitOpened(visit=state), actor=deed.actor, at=deed.at)
