"""T32, T33, X35: the case comes back, or a dispatcher explains why it does not."""

from __future__ import annotations

from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.close import close
from services.routing.cases.domain.closing import (
    Reopening,
    ReopeningNotAsked,
    refuse_after_window,
)
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.history import last_word_on_reopening
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import begin_resolution_anew, due_of, follow
from services.routing.governance.commands.prompt import prompt_talk
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseProgressed, CaseReopened
from shared.contracts.vocabulary import CaseStatus
from shared.rulebook import ClockKind


async def reopen(on: Occasion, file: CaseFile, reason: str | None = None) -> None:
    """Back to the handler with a new resolution clock; what was counted stays counted."""
    move(on, file, Action.REOPEN, note=reason)
    file.case.reopen_count += 1
    file.case.result_code = None
    file.case.feedback_at = None
    file.case.closed_at = None
    await follow(on, file, Action.REOPEN)
    await begin_resolution_anew(on, file)
    await tell(on, file, CaseReopened)
    await on.session.flush()
    await prompt_talk(on, file)


async def ask_to_reopen(on: Occasion, file: CaseFile) -> None:
    """A dispatcher is to decide; asking again, or after the final explanation, changes nothing."""
    if await last_word_on_reopening(on.session, file.case.id) in (None, Action.REOPEN):
        move(on, file, Action.ASK_TO_REOPEN)
        await follow(on, file, Action.ASK_TO_REOPEN)


async def decide_on_reopening(
    on: Occasion, file: CaseFile, decision: Reopening, reason: str
) -> None:
    """A closed case comes back without being asked for as well, while CK-15 runs.

    Raises ReopeningNotAsked or ReopeningTooLate.
    """
    closed = file.case.status is CaseStatus.CLOSED
    if closed:
        refuse_after_window(await window_of(on, file), on.now)
    if decision is Reopening.REOPEN and closed:
        await reopen(on, file, reason)
        return
    if not await is_asked_to_reopen(on, file):
        raise ReopeningNotAsked
    if decision is Reopening.REOPEN:
        await reopen(on, file, reason)
    else:
        await _explain_finally(on, file, reason)


async def is_asked_to_reopen(on: Occasion, file: CaseFile) -> bool:
    return await last_word_on_reopening(on.session, file.case.id) == Action.ASK_TO_REOPEN


async def window_of(on: Occasion, file: CaseFile) -> datetime | None:
    """The last instant of CK-15."""
    return await due_of(on, file, ClockKind.REOPEN_WINDOW)


async def _explain_finally(on: Occasion, file: CaseFile, reason: str) -> None:
    """X35: the owner is told why, and the case ends."""
    move(on, file, Action.EXPLAIN_FINALLY, note=reason, public=True)
    note = on.runtime.sealer.seal(reason, audience="intake", subject=f"{file.case.id}/note")
    await tell(on, file, CaseProgressed, note=note)
    if file.case.status is CaseStatus.FEEDBACK:
        await close(on, file)
