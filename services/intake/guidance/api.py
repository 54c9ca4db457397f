"""Before the form: whom to call first, and what the words sound like."""

from __future__ import annotations

from fastapi import APIRouter

from services.intake.guidance.domain.assessing import assess
from services.intake.guidance.schemas import AssessmentOut, HintsOut, Typed
from services.intake.owners.guards import CurrentOwner
from shared.web.dependencies import CurrentRuntime, Now

router = APIRouter(tags=["complaints"])


@router.get("/emergency-hints")
async def emergency_hints(current: CurrentRuntime, now: Now) -> HintsOut:
    """For the mini-program to warn while somebody types, also without a network (X31)."""
    return HintsOut.of(current.rulebooks.in_force_at(now))


@router.post("/complaints/assessment")
async def assessment(
    body: Typed, _: CurrentOwner, current: CurrentRuntime, now: Now
) -> AssessmentOut:
    """Nothing is stored, so nothing is told twice."""
    rulebook = current.rulebooks.in_force_at(now)
    assessed = assess(rulebook, body.title or "", body.text, body.category)
    return AssessmentOut.of(rulebook, assessed, body.text)
