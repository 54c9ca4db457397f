"""Asked before filing: have your neighbours reported this already?"""

from __future__ import annotations

from fastapi import APIRouter

from services.intake.neighbours.comparing import similar_to
from services.intake.neighbours.schemas import SimilarsOut, Sketch
from services.intake.owners.guards import CurrentOwner
from shared.web.dependencies import CurrentRuntime, Now, SessionDep

router = APIRouter(prefix="/complaints", tags=["complaints"])


@router.post("/similar")
async def similar(
    body: Sketch, actor: CurrentOwner, session: SessionDep, current: CurrentRuntime, now: Now
) -> SimilarsOut:
    """Open problems of the estate that sound like this one, the likeliest first (X09)."""
    rulebook = current.rulebooks.in_force_at(now)
    return SimilarsOut(items=await similar_to(session, rulebook, actor, body, now))
