"""T11: the assignee takes the case, or the system does after CK-02 (X04)."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import follow
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseSigned


async def sign(on: Occasion, file: CaseFile) -> None:
    await _sign(on, file, late=False)


async def sign_automatically(on: Occasion, file: CaseFile) -> None:
    """Nobody signed in time: the system does, and the unit is marked late."""
    await _sign(on.by_system(), file, late=True)


async def _sign(on: Occasion, file: CaseFile, *, late: bool) -> None:
    move(on, file, Action.SIGN)
    lead = file.lead
    if lead is not None:
        lead.signed_at, lead.signed_by, lead.late = on.now, on.actor.id, late
    await follow(on, file, Action.SIGN)
    await tell(on, file, CaseSigned, automatic=late)
