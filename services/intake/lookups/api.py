"""Looking up what was filed anonymously, or through a door that needs no account (X15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from services.intake.complaints.commands.supplementing import supplement
from services.intake.complaints.deed import Deed
from services.intake.complaints.network import address_of
from services.intake.lookups.opening import admit_look_up, looked_up, opened
from services.intake.lookups.schemas import LookedUp, LookUpBody, LookUpSupplement
from shared.identity import SYSTEM
from shared.web.dependencies import CurrentRuntime, Now, SessionDep

router = APIRouter(prefix="/lookups", tags=["lookups"])


async def deed_without_account(runtime: CurrentRuntime, session: SessionDep, now: Now) -> Deed:
    return Deed(session, runtime, SYSTEM, now)


Unnamed = Annotated[Deed, Depends(deed_without_account)]


@router.post("")
async def look_up(body: LookUpBody, request: Request, unnamed: Unnamed) -> LookedUp:
    """How a complaint stands, by the number and code of its receipt; no token."""
    await admit_look_up(unnamed.runtime, body.number, address_of(request, unnamed.runtime))
    complaint = await opened(unnamed.session, unnamed.runtime, body.number, body.code)
    return await looked_up(unnamed.session, complaint)


@router.post("/supplement")
async def supply(body: LookUpSupplement, request: Request, unnamed: Unnamed) -> LookedUp:
    """Supply what was asked for (T03); once supplied, nothing more is asked for."""
    await admit_look_up(unnamed.runtime, body.number, address_of(request, unnamed.runtime))
    complaint = await opened(unnamed.session, unnamed.runtime, body.number, body.code)
    await supplement(unnamed, complaint, body.supplement())
    return await looked_up(unnamed.session, complaint)
