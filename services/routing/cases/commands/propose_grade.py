"""T30: who handles a case proposes another grade; the clocks wait for who may set it."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.grade import Judgement, refuse_unknown
from services.routing.cases.domain.grading import NothingToRegrade
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move
from services.routing.cases.tables import GradingProposal
from services.routing.occasion import Occasion
from shared.ids import new_id

PROPOSALS = "grading_proposal"


async def propose_grade(on: Occasion, file: CaseFile, judgement: Judgement) -> None:
    """Raises UnknownCategory or NothingToRegrade."""
    refuse_unknown(on, file, judgement.category)
    if (file.case.degree, file.case.category) == (judgement.grade, judgement.category):
        raise NothingToRegrade
    move(on, file, Action.PROPOSE_GRADE, details={"to": judgement.grade})
    proposal_id = new_id()
    on.session.add(
        GradingProposal(
            id=proposal_id,
            case_id=file.case.id,
            at=on.now,
            category=judgement.category,
            grade=judgement.grade,
            proposed_by=on.actor.id,
            actor_end=on.actor.end,
            reason=on.conceal(judgement.reason, PROPOSALS, proposal_id, "reason"),
        )
    )
