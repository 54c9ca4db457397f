"""The owner's one answer: given here, on the telephone or through intake (T31, T32, X34)."""

from __future__ import annotations

from datetime import datetime

from structlog import get_logger

from services.survey.calls.commands.numbers import drop_number
from services.survey.deed import Deed
from services.survey.visits.commands.clocks import meet_clocks
from services.survey.visits.commands.ending import tell_silence
from services.survey.visits.commands.recording import record
from services.survey.visits.domain.answers import (
    Answer,
    refuse_strange_reasons,
    refuse_unknown_levels,
)
from services.survey.visits.domain.lifecycle import VisitAction, VisitStatus, advance
from services.survey.visits.domain.voices import Through
from services.survey.visits.queries import last_asked_about, newest_of_complaint, of_feedback
from services.survey.visits.tables import Visit
from shared.contracts.intake import ComplaintConfirmed, FeedbackConfirmed
from shared.contracts.survey import VisitAnswered, VisitState
from shared.errors import TryLater
from shared.messaging import publish

logger = get_logger(__name__)


async def answer_visit(deed: Deed, visit: Visit, answer: Answer) -> Visit:
    """Raises what `_judge` raises, VisitAlreadyAnswered or VisitEnded."""
    _judge(deed, visit, answer)
    visit.state = advance(visit.state, VisitAction.ANSWER)
    await _announce(deed, visit, answer, Through.OWNER)
    return visit


async def record_answer(deed: Deed, visit: Visit, answer: Answer) -> None:
    """What the owner said on the telephone, noted by the caller. Raises as `answer_visit`."""
    _judge(deed, visit, answer)
    visit.state = advance(visit.state, VisitAction.RECORD)
    await _announce(deed, visit, answer, Through.PHONE)


async def take_confirmation(deed: Deed, event: ComplaintConfirmed, given_at: datetime) -> None:
    """The owner answered in intake, from where routing hears it too: here it is only recorded.

    It answers the feedback it was given to, whatever was given since. A visit that has its answer
    keeps it (facts 2.5). Raises TryLater while the feedback that opens the visit has not arrived.
    """
    case_id = event.complaint.case_id
    # before the visit is looked for, which may be opened at this moment
    asked_at = await last_asked_about(deed.session, case_id) if case_id else None
    visit = await _confirmed_visit(deed, event, given_at)
    if visit is None:
        _refuse_early(event, asked_at)
        logger.info("confirmation_ignored", complaint_id=str(event.complaint.id))
        return
    if visit.state == VisitStatus.ANSWERED:
        return
    visit.state = advance(visit.state, VisitAction.CONFIRM)
    visit.asks_to_reopen = event.asks_to_reopen
    visit.unanswered_because = None
    await _take(deed, visit, Answer(event.solved, event.level), Through.INTAKE)
    await tell_silence(deed, visit)


async def _confirmed_visit(
    deed: Deed, event: ComplaintConfirmed, given_at: datetime
) -> Visit | None:
    """The first version of the event does not say which feedback; it was the newest then."""
    if isinstance(event, FeedbackConfirmed):
        return await of_feedback(deed.session, event.complaint.id, event.feedback_at)
    return await newest_of_complaint(deed.session, event.complaint.id, given_at)


def _refuse_early(event: ComplaintConfirmed, asked_at: datetime | None) -> None:
    """Nobody is asked who withdrew or joined the case later, or whose case was handled again before
    its feedback was heard of. Raises TryLater where that feedback may still come.
    """
    if asked_at is None:
        raise TryLater
    if isinstance(event, FeedbackConfirmed) and asked_at < event.feedback_at:
        raise TryLater


def _judge(deed: Deed, visit: Visit, answer: Answer) -> None:
    """Raises LevelUnknown, ReasonUnknown or ReasonWordsMissing."""
    book = deed.runtime.rulebooks.named(visit.rulebook)
    refuse_unknown_levels(answer, book.satisfaction)
    refuse_strange_reasons(answer, book.return_visits)


async def _announce(deed: Deed, visit: Visit, answer: Answer, through: Through) -> None:
    reopening = deed.runtime.rulebooks.named(visit.rulebook).reopening
    visit.asks_to_reopen = reopening.is_asked(answer.solved, answer.levels, answer.why)
    state = await _take(deed, visit, answer, through)
    publish(deed.session, VisitAnswered(visit=state), actor=deed.actor, at=deed.at)
    await tell_silence(deed, visit)


async def _take(deed: Deed, visit: Visit, answer: Answer, through: Through) -> VisitState:
    visit.version += 1
    visit.answered_at = deed.at
    visit.answered_through = through
    visit.answered_by = deed.actor.id if through is Through.PHONE else visit.owner_id
    visit.solved = answer.solved
    visit.result_level = answer.result_level
    satisfaction = deed.runtime.rulebooks.named(visit.rulebook).satisfaction
    visit.positive = answer.result_level >= satisfaction.positive_from
    visit.process_level = answer.process_level
    visit.reason_codes = list(dict.fromkeys(answer.reasons))
    if answer.reason is not None:
        visit.reason = deed.runtime.cipher.encrypt(
            answer.reason, table="visit", row_id=visit.id, column="reason"
        )
    await meet_clocks(deed, visit)
    await drop_number(deed.session, visit.id)
    return record(deed, visit, "visit.answered")
