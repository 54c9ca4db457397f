"""Dependencies that load a case with its joint action."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.routing.cases.domain.policies import Policy
from services.routing.cases.guards import case_for
from services.routing.deed import OccasionDep
from services.routing.joint.domain.policies import may_convene, may_file, may_lead, may_read
from services.routing.joint.queries import JointFile, latest_joint


def joint_for(
    policy: Policy, *, for_update: bool = True
) -> Callable[[UUID, OccasionDep], Awaitable[JointFile]]:
    """As `case_for`, with the joint action beside it."""
    case_guard = case_for(policy, for_update=for_update)

    async def guard(case_id: UUID, on: OccasionDep) -> JointFile:
        return await latest_joint(on.session, await case_guard(case_id, on))

    return guard


JointToRead = Annotated[JointFile, Depends(joint_for(may_read, for_update=False))]
JointToConvene = Annotated[JointFile, Depends(joint_for(may_convene))]
JointToFile = Annotated[JointFile, Depends(joint_for(may_file))]
JointToLead = Annotated[JointFile, Depends(joint_for(may_lead))]
