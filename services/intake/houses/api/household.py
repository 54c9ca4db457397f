"""Who else lives in one's own home, and letting family and tenants in."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.houses.guards import GuessCounted, HouseToKeep, OwnersErrand, OwnInvitation
from services.intake.houses.inviting import accept, invite, issue_code, withdraw
from services.intake.houses.queries import others_at_home
from services.intake.houses.schemas import (
    BindingOut,
    InvitationAcceptance,
    InvitationCode,
    InvitationOut,
    NewInvitation,
    ResidentOut,
)
from services.intake.houses.views import binding_out, household
from services.intake.owners.guards import Consented, OwnAccountToChange
from shared.clock import BEIJING
from shared.web.once import OnceDep

router = APIRouter(tags=["houses"])


@router.get("/houses/{house_id}/residents")
async def residents(house: HouseToKeep, errand: OwnersErrand) -> list[ResidentOut]:
    """Everybody else who is bound to a home one owns."""
    rows = await others_at_home(errand.session, errand.actor.id, house.id)
    return household(errand, rows)


@router.post("/houses/{house_id}/invitations", status_code=201, response_model=InvitationOut)
async def invite_home(
    body: NewInvitation, house: HouseToKeep, errand: OwnersErrand, once: OnceDep
) -> Response:
    """Invite family or a tenant; issue the code next."""

    async def work() -> InvitationOut:
        return InvitationOut.of(await invite(errand, house, body))

    return await once.run(work)


@router.post("/home-invitations/{invitation_id}/code", status_code=201)
async def code(row: OwnInvitation, errand: OwnersErrand) -> InvitationCode:
    """A code to hand over, shown this once; the one before is void."""
    issued = issue_code(errand, row)
    return InvitationCode(code=issued, expires_at=row.expires_at.astimezone(BEIJING))


@router.delete("/home-invitations/{invitation_id}", status_code=204)
async def take_back(row: OwnInvitation, errand: OwnersErrand) -> None:
    """Take an invitation back before it is accepted."""
    withdraw(errand, row)


@router.post(
    "/bindings/invited", status_code=201, response_model=BindingOut, dependencies=[Consented]
)
async def come_in(
    body: InvitationAcceptance,
    _: GuessCounted,
    owner: OwnAccountToChange,
    errand: OwnersErrand,
    once: OnceDep,
) -> Response:
    """Be bound to a home with the code its owner handed over."""

    async def work() -> BindingOut:
        return await binding_out(errand, await accept(errand, owner, body.code))

    return await once.run(work)
