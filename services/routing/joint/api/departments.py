"""Joint handling: opened by street or centre, led by a department, filed by each (A09)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.commands.submit import Result
from services.routing.cases.guards import CaseToCoordinate
from services.routing.cases.schemas import CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.joint.commands.finish import complete, file_result, release
from services.routing.joint.commands.open import Team, convene, open_joint, plan
from services.routing.joint.guards import (
    JointToConvene,
    JointToFile,
    JointToLead,
    JointToRead,
)
from services.routing.joint.schemas import (
    CompletionIn,
    JointIn,
    JointOut,
    MemberResultIn,
    PlanIn,
    ReleaseIn,
)
from services.routing.joint.views import joint_out

router = APIRouter(prefix="/cases/{case_id}/joint", tags=["joint handling"])


@router.get("")
async def joint_action(joint: JointToRead, on: OccasionDep) -> JointOut:
    """Plan, members and their results."""
    return joint_out(on, joint)


@router.post("", response_model=CaseSummary)
async def open_action(file: CaseToCoordinate, body: JointIn, deed: DeedDep) -> Response:
    """T21: with the team named, or the one proposed by the category (B07, B08, B12)."""
    team = Team(body.lead, body.members) if body.lead else None
    return await answered(deed, file, lambda: open_joint(deed.on, file, team))


@router.post("/convening", response_model=CaseSummary)
async def record_convening(joint: JointToConvene, deed: DeedDep) -> Response:
    """CK-07: the departments have met, within 24 hours."""
    return await answered(deed, joint.file, lambda: convene(deed.on, joint))


@router.post("/plan", response_model=CaseSummary)
async def file_plan(joint: JointToConvene, body: PlanIn, deed: DeedDep) -> Response:
    """CK-07: the shared plan, within 3 working days."""
    return await answered(deed, joint.file, lambda: plan(deed.on, joint, body.plan))


@router.post("/results", response_model=CaseSummary)
async def file_member_result(joint: JointToFile, body: MemberResultIn, deed: DeedDep) -> Response:
    """T22: a member's own result."""
    result = Result(body.result_code, body.text, body.proofs)
    return await answered(deed, joint.file, lambda: file_result(deed.on, joint, result))


@router.post("/releases", response_model=CaseSummary)
async def release_member(joint: JointToLead, body: ReleaseIn, deed: DeedDep) -> Response:
    """X19: the lead goes on without a silent member."""
    return await answered(
        deed, joint.file, lambda: release(deed.on, joint, body.organisation_id, body.reason)
    )


@router.post("/completion", response_model=CaseSummary)
async def complete_action(joint: JointToLead, body: CompletionIn, deed: DeedDep) -> Response:
    """T23: all have filed or were released; the consolidated result goes to review."""
    result = Result(body.result_code, body.text, body.proofs)
    return await answered(deed, joint.file, lambda: complete(deed.on, joint, result))
