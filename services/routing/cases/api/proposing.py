"""Proposals of a grade, and who reads them (T30)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.commands.grade import Judgement
from services.routing.cases.commands.propose_grade import propose_grade
from services.routing.cases.guards import CaseToProposeGrade, ProposalsToRead
from services.routing.cases.proposals import proposals_out
from services.routing.cases.schemas import CaseSummary, GradingIn, GradingProposalsOut
from services.routing.deed import DeedDep, OccasionDep

router = APIRouter(prefix="/cases/{case_id}/grading-proposals", tags=["cases"])


@router.post("", response_model=CaseSummary)
async def propose(file: CaseToProposeGrade, body: GradingIn, deed: DeedDep) -> Response:
    """T30: who works on the case thinks that it is graded wrongly; nothing moves yet."""
    judgement = Judgement(body.category or file.case.category, body.grade, body.reason)
    return await answered(deed, file, lambda: propose_grade(deed.on, file, judgement))


@router.get("")
async def proposals(file: ProposalsToRead, on: OccasionDep) -> GradingProposalsOut:
    """For those who may set the grade, oldest first."""
    return GradingProposalsOut(items=await proposals_out(on, file))
