"""People are invited into an organisation, and open their account with a code."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.routing.directory import listing
from services.routing.directory.commands.invitations import invite, issue_code, withdraw_invitation
from services.routing.directory.guards import InvitationToChange, StaffKeepersErrand
from services.routing.directory.schemas.invitations import (
    InvitationAcceptance,
    InvitationCode,
    InvitationOut,
    NewInvitation,
)
from services.routing.directory.sessions.accepting import accept_invitation
from services.routing.directory.showing import invitation_code, invitation_out
from shared.web.dependencies import CurrentRuntime
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["invitations"])


@router.get("/directory/invitations")
async def invitations(errand: StaffKeepersErrand, paging: Paging) -> Page[InvitationOut]:
    """Invitations into the organisations whose accounts one keeps."""
    rows = await listing.invitations(errand.session, errand.actor, paging)
    page, following = paging.cut(rows, lambda row: (str(row.id),))
    return Page(items=[await invitation_out(errand, row) for row in page], next=following)


@router.post("/directory/invitations", status_code=201, response_model=InvitationOut)
async def make(body: NewInvitation, errand: StaffKeepersErrand, once: OnceDep) -> Response:
    """Invite somebody with roles and scope; issue the code next."""

    async def work() -> InvitationOut:
        granted = body.granted(errand.today)
        row = await invite(errand, body.row(), body.contacts(), granted)
        return await invitation_out(errand, row)

    return await once.run(work)


@router.post("/directory/invitations/{invitation_id}/code", status_code=201)
async def code(errand: StaffKeepersErrand, row: InvitationToChange) -> InvitationCode:
    """A code, shown this once and good for three days; the one before is void."""
    return await invitation_code(errand, row, await issue_code(errand, row))


@router.delete("/directory/invitations/{invitation_id}", status_code=204)
async def withdraw(errand: StaffKeepersErrand, row: InvitationToChange) -> None:
    """Take an invitation back before it is accepted."""
    await withdraw_invitation(errand, row)


@router.post("/invitations/acceptance", status_code=204)
async def accept(body: InvitationAcceptance, request: Request, current: CurrentRuntime) -> None:
    """Open the account with the code and a password of one's own; then sign in."""
    address = request.client.host if request.client else "unknown"
    await accept_invitation(current, body.acceptance(address))
