"""T31 to T33: the owner's answer closes the case, brings it back, or asks a dispatcher to."""

from __future__ import annotations

from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.close import close
from services.routing.cases.commands.reopen import (
    ask_to_reopen,
    is_asked_to_reopen,
    reopen,
    window_of,
)
from services.routing.cases.domain.closing import (
    Answer,
    is_overtaken,
    is_within,
    judge_answer,
)
from services.routing.cases.recording import rulebook_of
from services.routing.clocks.commands import owner_answered
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import CaseStatus, Solved


async def take_answer(
    on: Occasion, file: CaseFile, solved: Solved, about: datetime | None = None
) -> None:
    """An answer that comes twice, or when the case has moved on, changes nothing (X36); `about` is
    the moment of its feedback, as far as it was told.
    """
    if is_overtaken(about, file.case.feedback_at):
        return
    verdict = judge_answer(solved, rulebook_of(on, file).reopening, file.case.reopen_count)
    asked = file.case.status is CaseStatus.FEEDBACK
    if asked or (verdict is not Answer.CLOSE and await _may_come_back(on, file)):
        await _follow_answer(on, file, verdict)


async def take_silence(on: Occasion, file: CaseFile, about: datetime) -> None:
    """T31 when the owner could not be reached (X33); too late, or twice, it changes nothing."""
    if is_overtaken(about, file.case.feedback_at):
        return
    if file.case.status is CaseStatus.FEEDBACK and not await is_asked_to_reopen(on, file):
        await close(on, file)


async def _may_come_back(on: Occasion, file: CaseFile) -> bool:
    """T33: closed, and CK-15 is not over."""
    closed = file.case.status is CaseStatus.CLOSED
    return closed and is_within(await window_of(on, file), on.now)


async def _follow_answer(on: Occasion, file: CaseFile, verdict: Answer) -> None:
    match verdict:
        case Answer.CLOSE:
            await owner_answered(on, file)
            await close(on, file)
        case Answer.REOPEN:
            await reopen(on, file)
        case Answer.DISPATCHER_DECIDES:
            await ask_to_reopen(on, file)
