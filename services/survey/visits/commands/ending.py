"""Visits that end without an answer: nobody replied (X33), or the case went on (T32, T33)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.survey.calls.commands.numbers import drop_number
from services.survey.calls.commands.opening import open_call
from services.survey.copies.tables import CaseCopy
from services.survey.deed import Deed
from services.survey.visits.commands.clocks import meet_clocks, start_clock, stop_clocks
from services.survey.visits.commands.recording import public_state, record
from services.survey.visits.domain.lifecycle import VisitAction, advance
from services.survey.visits.domain.voices import Silence
from services.survey.visits.queries import (
    awaiting_answer,
    called_in_vain,
    is_anybody_asked,
    one_by_one,
    untold_silence,
)
from services.survey.visits.tables import Visit
from shared.contracts.survey import VisitUnanswered
from shared.contracts.vocabulary import CaseStatus
from shared.messaging import publish
from shared.rulebook import ClockKind


async def pass_confirmation(deed: Deed, visit: Visit) -> None:
    """CK-12 ran out: somebody calls (CK-14), unless the case is closed already."""
    case = await deed.session.get(CaseCopy, visit.case_id)
    if case is not None and case.state == CaseStatus.CLOSED:
        await give_up(deed, visit, Silence.CLOSED)
        return
    visit.state = advance(visit.state, VisitAction.CALL)
    visit.version += 1
    due_at = await start_clock(deed, visit, ClockKind.RETURN_VISIT, visit.answer_until)
    open_call(deed, visit, call_until=due_at)


async def give_up(deed: Deed, visit: Visit, because: Silence) -> None:
    """No answer is no answer (X33). Whoever was called as often as CK-14 asks, or refused, has
    been asked in full: the clock is met.
    """
    visit.state = advance(visit.state, VisitAction.GIVE_UP)
    visit.version += 1
    visit.unanswered_because = because
    if because in {Silence.ATTEMPTS, Silence.REFUSED}:
        await meet_clocks(deed, visit)
    await stop_clocks(deed, visit)
    await drop_number(deed.session, visit.id)
    record(deed, visit, "visit.unanswered")
    await tell_silence(deed, visit)


async def tell_silence(deed: Deed, visit: Visit) -> None:
    """Once nobody of the case is asked any more: silence closes a case, and another household
    that is still being called would lose its own rating (X09).
    """
    await one_by_one(deed.session, visit.case_id)
    if await is_anybody_asked(deed.session, visit.case_id):
        return
    for silent in await untold_silence(deed.session, visit.case_id, visit.opened_at):
        silent.silence_told = True
        event = VisitUnanswered(visit=public_state(silent))
        publish(deed.session, event, actor=deed.actor, at=deed.at)


async def give_up_calling(deed: Deed, case_id: UUID, *, asked_before: datetime) -> None:
    """The case is closed: nobody calls any more. Whom CK-12 still allows to answer, may; whoever
    was asked after that closing belongs to a later feedback.
    """
    for visit in await called_in_vain(deed.session, case_id, asked_before):
        await give_up(deed, visit, Silence.CLOSED)


async def cancel(deed: Deed, case_id: UUID, *, asked_before: datetime) -> None:
    """The case is handled further; its next feedback asks anew."""
    for visit in await awaiting_answer(deed.session, case_id, asked_before):
        visit.state = advance(visit.state, VisitAction.CANCEL)
        visit.version += 1
        await stop_clocks(deed, visit)
        await drop_number(deed.session, visit.id)
        record(deed, visit, "visit.cancelled")
