"""What came of a call, and what follows from it (CK-14, X33)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from services.survey.calls.commands.claiming import note
from services.survey.calls.domain.attempts import (
    CallLimits,
    CallOutcome,
    Following,
    follows,
)
from services.survey.calls.domain.claims import FREE, held, looked_at
from services.survey.calls.domain.hours import refuse_impossible_time, refuse_quiet_hours
from services.survey.calls.guards import Subject
from services.survey.calls.queries import calls_in_vain
from services.survey.calls.tables import CallAttempt, Known
from services.survey.deed import Deed
from services.survey.visits.commands.answering import record_answer
from services.survey.visits.commands.ending import give_up
from services.survey.visits.domain.answers import Answer
from services.survey.visits.domain.lifecycle import VisitAction, advance
from services.survey.visits.domain.voices import Silence
from shared.errors import Invalid
from shared.ids import new_id
from shared.rulebook import Rulebook

ATTEMPTS = "call_attempt"


class AnswerMismatch(Invalid):
    """An answer belongs to a call that reached somebody, and to no other."""

    code = "CALL_ANSWER_MISMATCH"
    chinese = "接通并作答时须同时登记评价，其他结果不能登记评价。"


@dataclass(frozen=True)
class CallReport:
    """`seconds` is how long was spoken; `recording` says where the recording lies."""

    outcome: CallOutcome
    called_at: datetime
    seconds: int
    answer: Answer | None = field(default=None, repr=False)
    recording: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)


async def note_attempt(deed: Deed, subject: Subject, report: CallReport) -> None:
    """Raises what `_refuse` and `record_answer` raise, and CalledToday."""
    book = deed.runtime.rulebooks.named(subject.visit.rulebook)
    _refuse(deed, subject, report, book)
    limits = CallLimits(book.satisfaction.visit_attempts, book.return_visits.attempts_per_day)
    in_vain = await calls_in_vain(deed.session, subject.visit.id)
    following = follows(in_vain, report.outcome, report.called_at, limits)
    deed.session.add(_attempt(deed, subject.visit.id, report))
    subject.call.take(FREE)
    note(deed, subject, "visit.called", {"outcome": report.outcome})
    await _follow(deed, subject, report, following)


def _refuse(deed: Deed, subject: Subject, report: CallReport, book: Rulebook) -> None:
    """Raises VisitAlreadyAnswered, VisitEnded, CallClaimed, CallNotClaimed, NumberNotRead,
    CallTimeImpossible, QuietNow or AnswerMismatch.
    """
    advance(subject.visit.state, VisitAction.RECORD)
    read_at = looked_at(held(subject.call.claim, deed.actor.id, deed.at))
    skew = timedelta(minutes=book.field_work.clock_skew_minutes)
    refuse_impossible_time(report.called_at, read_at, deed.at, skew)
    refuse_quiet_hours(report.called_at, book.return_visits.quiet_hours)
    if (report.outcome is CallOutcome.REACHED) is not (report.answer is not None):
        raise AnswerMismatch


async def _follow(deed: Deed, subject: Subject, report: CallReport, following: Following) -> None:
    match following:
        case Following.ANSWER:
            assert report.answer is not None
            await record_answer(deed, subject.visit, report.answer)
        case Following.REFUSAL:
            await give_up(deed, subject.visit, Silence.REFUSED)
        case Following.GIVE_UP:
            await give_up(deed, subject.visit, Silence.ATTEMPTS)
        case Following.NO_NUMBER:
            subject.call.drop_number(Known.WRONG)
        case Following.ANOTHER_DAY:
            return


def _attempt(deed: Deed, visit_id: UUID, report: CallReport) -> CallAttempt:
    attempt_id, cipher = new_id(), deed.runtime.cipher

    def hidden(words: str | None, column: str) -> str | None:
        if words is None:
            return None
        return cipher.encrypt(words, table=ATTEMPTS, row_id=attempt_id, column=column)

    return CallAttempt(
        id=attempt_id,
        visit_id=visit_id,
        outcome=report.outcome,
        called_at=report.called_at,
        seconds=report.seconds,
        recording=hidden(report.recording, "recording"),
        note=hidden(report.note, "note"),
        made_by=deed.actor.id,
        recorded_at=deed.at,
    )
