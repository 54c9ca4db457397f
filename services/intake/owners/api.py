"""Signing in through WeChat, going on, signing out, and the own account."""

from __future__ import annotations

from fastapi import APIRouter

from services.intake.houses.queries import dwellings_of
from services.intake.owners.commands import admit_owner
from services.intake.owners.contacts import Contacts
from services.intake.owners.guards import CurrentOwner, OwnAccount
from services.intake.owners.proof import prove
from services.intake.owners.schemas import Me, Renewal, SessionOut, SignIn
from services.intake.owners.sessions import continue_session, end_session, open_session
from shared.clock import BEIJING
from shared.privacy import mask_phone
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.wechat import WeChatClient

router = APIRouter(tags=["owners"])


@router.post("/sessions", status_code=201)
async def sign_in(
    body: SignIn, current: CurrentRuntime, session: SessionDep, now: Now
) -> SessionOut:
    """Sign in with the codes of wx.login and, to be found by number, of the phone button.

    The session takes no connection before WeChat has answered.
    """
    proof = await prove(current.part(WeChatClient), body.js_code, body.phone_code)
    owner = await admit_owner(session, current, proof, at=now)
    return await open_session(session, current, owner.id, body.installation, at=now)


@router.post("/sessions/refresh", status_code=201)
async def refresh(body: Renewal, current: CurrentRuntime) -> SessionOut:
    """Exchange a refresh token for the next one and a new access token."""
    return await continue_session(current, body)


@router.delete("/sessions/current", status_code=204)
async def sign_out(
    actor: CurrentOwner, current: CurrentRuntime, session: SessionDep, now: Now
) -> None:
    """End this session everywhere; its tokens are refused from now on."""
    await end_session(session, current, actor, at=now)


@router.get("/me")
async def me(owner: OwnAccount, current: CurrentRuntime, session: SessionDep) -> Me:
    """The own account, with the number masked."""
    mobile = current.part(Contacts).mobile(owner)
    dwellings = await dwellings_of(session, owner.id)
    return Me(
        id=owner.id,
        masked_mobile=mask_phone(mobile) if mobile else None,
        estate_ids=list(dwellings.estates),
        house_ids=list(dwellings.houses),
        registered_at=owner.registered_at.astimezone(BEIJING),
    )
