"""The rights of a person over what is kept of them (个人信息保护法 art. 45 and 47)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.erasure.commands import erase
from services.intake.erasure.exporting import export
from services.intake.erasure.schemas import ErasureOut, ExportOut
from services.intake.houses.guards import OwnersErrand
from services.intake.owners.guards import OwnAccount
from services.intake.owners.proof import same_person, who_is
from services.intake.owners.schemas import ErasureBody

router = APIRouter(tags=["owners"])


@router.get("/me/export")
async def everything(owner: OwnAccount, errand: OwnersErrand, response: Response) -> ExportOut:
    """Everything that is kept of the person, in the clear, with where it is kept."""
    response.headers["Cache-Control"] = "no-store"
    return await export(errand, owner)


@router.post("/me/erasure")
async def leave(body: ErasureBody, errand: OwnersErrand) -> ErasureOut:
    """Erase the account, for good. Says what is gone, and what has to stay and why."""
    person = await who_is(errand.runtime, body.js_code)
    owner = await same_person(errand.session, errand.runtime, errand.actor.id, person.openid)
    await erase(errand, owner)
    return ErasureOut.promised()
