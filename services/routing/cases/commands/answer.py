"""T31, T32: the owner's answer to the feedback closes the case or brings it back."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.closing import Answer, judge_answer, refuse_unfinished
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.commands import begin_resolution_anew, follow, owner_answered
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseClosed, CaseReopened
from shared.contracts.vocabulary import CaseStatus, Solved


async def take_answer(on: Occasion, file: CaseFile, solved: Solved) -> None:
    """An answer that comes twice, or when the case has moved on, changes nothing (X36)."""
    if file.case.status is not CaseStatus.FEEDBACK:
        return
    rules = rulebook_of(on, file).reopening
    match judge_answer(solved, rules, file.case.reopen_count):
        case Answer.CLOSE:
            await owner_answered(on, file)
            await close(on, file)
        case Answer.REOPEN:
            await reopen(on, file)
        case Answer.DISPATCHER_DECIDES:
            move(on, file, Action.ASK_TO_REOPEN)
            await follow(on, file, Action.ASK_TO_REOPEN)


async def take_silence(on: Occasion, file: CaseFile) -> None:
    """T31 when the owner could not be reached (X33); too late, or twice, it changes nothing."""
    if file.case.status is CaseStatus.FEEDBACK:
        await close(on, file)


async def close(on: Occasion, file: CaseFile) -> None:
    """T31. Raises FeedbackRequired (B01)."""
    refuse_unfinished(rulebook_of(on, file).closing, file.case.feedback_at, file.case.result_code)
    move(on, file, Action.CLOSE, details={"result": file.case.result_code})
    file.case.closed_at = on.now
    await follow(on, file, Action.CLOSE)
    await tell(on, file, CaseClosed)


async def reopen(on: Occasion, file: CaseFile) -> None:
    """T32: back to the handler with a new resolution clock; what was counted stays counted."""
    move(on, file, Action.REOPEN)
    file.case.reopen_count += 1
    file.case.result_code = None
    file.case.feedback_at = None
    await follow(on, file, Action.REOPEN)
    await begin_resolution_anew(on, file)
    await tell(on, file, CaseReopened)
