"""T31: the end of a case, and the window in which it may come back (CK-15)."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.closing import refuse_unfinished
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.commands import follow
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseClosed


async def close(on: Occasion, file: CaseFile) -> None:
    """Raises FeedbackRequired (B01)."""
    refuse_unfinished(rulebook_of(on, file).closing, file.case.feedback_at, file.case.result_code)
    move(on, file, Action.CLOSE, details={"result": file.case.result_code})
    file.case.closed_at = on.now
    await follow(on, file, Action.CLOSE)
    await tell(on, file, CaseClosed)
