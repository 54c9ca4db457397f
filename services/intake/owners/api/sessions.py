"""Signing in through WeChat, going on, and signing out."""

from __future__ import annotations

from fastapi import APIRouter, Request

from services.intake.owners.commands import admit_owner
from services.intake.owners.domain.codes import CodePurpose
from services.intake.owners.guards import CurrentOwner
from services.intake.owners.proof import prove
from services.intake.owners.schemas import (
    CodeAsked,
    CodeRequest,
    OwnSession,
    Renewal,
    SessionOut,
    SignIn,
)
from services.intake.owners.sessions import (
    continue_session,
    end_every_session,
    end_session,
    open_session,
    own_sessions,
)
from services.intake.owners.texting import Recipient, send_code
from shared.identifiers import mobile_number
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.network import network_behind

router = APIRouter(tags=["owners"])


@router.post("/sessions", status_code=201)
async def sign_in(
    body: SignIn, current: CurrentRuntime, session: SessionDep, now: Now
) -> SessionOut:
    """Sign in with the code of wx.login and, to be found by number, one proof of the number.

    The session takes no connection before WeChat has answered. `missing` is what to ask for next.
    """
    proof = await prove(current, body)
    owner = await admit_owner(session, current, proof, at=now)
    return await open_session(session, current, owner.id, body.installation, at=now)


@router.post("/sms-codes", status_code=202)
async def ask_for_code(body: CodeRequest, request: Request, current: CurrentRuntime) -> CodeAsked:
    """Have a one-time code sent to a number; the answer is the same for every number (P29)."""
    mobile = mobile_number(body.mobile)
    recipient = Recipient(mobile, CodePurpose(body.purpose), network_behind(request))
    rules = await send_code(current, recipient)
    return CodeAsked(valid_minutes=rules.valid_minutes, again_after_seconds=rules.seconds_between)


@router.post("/sessions/refresh", status_code=201)
async def refresh(body: Renewal, current: CurrentRuntime) -> SessionOut:
    """Exchange a refresh token for the next one and a new access token."""
    return await continue_session(current, body)


@router.get("/sessions")
async def sessions(
    actor: CurrentOwner, current: CurrentRuntime, session: SessionDep, now: Now
) -> list[OwnSession]:
    """Where one is signed in, the newest first."""
    return await own_sessions(session, current, actor, at=now)


@router.delete("/sessions", status_code=204)
async def sign_out_everywhere(
    actor: CurrentOwner, current: CurrentRuntime, session: SessionDep, now: Now
) -> None:
    """End every session, on every telephone; their tokens are refused from now on."""
    await end_every_session(session, current, actor, at=now)


@router.delete("/sessions/current", status_code=204)
async def sign_out(
    actor: CurrentOwner, current: CurrentRuntime, session: SessionDep, now: Now
) -> None:
    """End this session everywhere; its tokens are refused from now on."""
    await end_session(session, current, actor, at=now)
