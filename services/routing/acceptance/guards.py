"""Dependencies that load a waiting complaint as far as the caller may see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.routing.acceptance.domain import policies
from services.routing.acceptance.domain.policies import AcceptanceDesksOnly, Policy
from services.routing.acceptance.queries import visible
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.guards import NotYourTask
from services.routing.deed import OccasionDep
from services.routing.occasion import Occasion
from shared.errors import NotFound


class PendingComplaintNotFound(NotFound):
    """There is no such complaint on your desk."""

    code = "PENDING_COMPLAINT_NOT_FOUND"
    chinese = "没有这件待受理诉求，或您无权查看。"


def pending_for(
    policy: Policy, *, for_update: bool = True
) -> Callable[[UUID, OccasionDep], Awaitable[PendingComplaint]]:
    """A dependency: the complaint of the path, locked. Not visible 404, not allowed 403."""

    async def guard(complaint_id: UUID, on: OccasionDep) -> PendingComplaint:
        pending = await visible(on.session, on.actor, complaint_id, for_update=for_update)
        if pending is None:
            raise PendingComplaintNotFound
        if not policy(on.actor, pending):
            raise NotYourTask
        return pending

    return guard


async def at_desk(on: OccasionDep) -> Occasion:
    """Raises AcceptanceDesksOnly."""
    if not policies.may_read_any(on.actor):
        raise AcceptanceDesksOnly
    return on


AtDesk = Annotated[Occasion, Depends(at_desk)]
PendingToRead = Annotated[
    PendingComplaint, Depends(pending_for(policies.may_see, for_update=False))
]
PendingToAsk = Annotated[PendingComplaint, Depends(pending_for(policies.may_ask))]
PendingToDecide = Annotated[PendingComplaint, Depends(pending_for(policies.may_decide))]
