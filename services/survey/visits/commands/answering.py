"""The owner's one answer, given here or through intake (T31, T32, X34)."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.visits.commands.clocks import meet_clocks
from services.survey.visits.commands.recording import record
from services.survey.visits.domain.answers import Answer, refuse_unknown_levels
from services.survey.visits.domain.lifecycle import VisitAction, VisitStatus, advance
from services.survey.visits.queries import newest_of_complaint
from services.survey.visits.tables import Visit
from shared.contracts.intake import ComplaintConfirmed
from shared.contracts.survey import VisitAnswered, VisitState
from shared.errors import TryLater
from shared.messaging import publish


async def answer_visit(deed: Deed, visit: Visit, answer: Answer) -> Visit:
    """Raises LevelUnknown, VisitAlreadyAnswered or VisitEnded."""
    book = deed.runtime.rulebooks.named(visit.rulebook)
    refuse_unknown_levels(answer, book.satisfaction)
    visit.state = advance(visit.state, VisitAction.ANSWER)
    visit.asks_to_reopen = book.reopening.is_asked(answer.solved, answer.levels, answer.reason)
    state = await _take(deed, visit, answer)
    publish(deed.session, VisitAnswered(visit=state), actor=deed.actor, at=deed.at)
    return visit


async def take_confirmation(deed: Deed, event: ComplaintConfirmed) -> None:
    """The owner answered in intake, from where routing hears it too: here it is only recorded.

    A visit that has its answer keeps it. Raises TryLater while the feedback that opens the visit
    has not arrived.
    """
    visit = await newest_of_complaint(deed.session, event.complaint.id)
    if visit is None:
        raise TryLater
    if visit.state in {VisitStatus.ANSWERED, VisitStatus.CANCELLED}:
        return
    visit.state = advance(visit.state, VisitAction.CONFIRM)
    visit.asks_to_reopen = event.asks_to_reopen
    await _take(deed, visit, Answer(event.solved, event.level))


async def _take(deed: Deed, visit: Visit, answer: Answer) -> VisitState:
    visit.version += 1
    visit.answered_at = deed.at
    visit.solved = answer.solved
    visit.result_level = answer.result_level
    visit.process_level = answer.process_level
    if answer.reason is not None:
        visit.reason = deed.runtime.cipher.encrypt(
            answer.reason, table="visit", row_id=visit.id, column="reason"
        )
    await meet_clocks(deed, visit)
    return record(deed, visit, "visit.answered")
