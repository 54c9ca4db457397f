"""Staff sign in, go on and sign out."""

from __future__ import annotations

from fastapi import APIRouter, Request

from services.routing.directory.guards import OwnErrand
from services.routing.directory.schemas.sessions import (
    Renewal,
    SecondFactorOut,
    SessionOut,
    SignIn,
)
from services.routing.directory.sessions import enrolling
from services.routing.directory.sessions.continuing import continue_session
from services.routing.directory.sessions.ending import end_session
from services.routing.directory.sessions.opening import sign_in
from shared.web.dependencies import CurrentRuntime

router = APIRouter(prefix="/sessions", tags=["sessions"])


@router.post("", status_code=201)
async def open_session(body: SignIn, request: Request, current: CurrentRuntime) -> SessionOut:
    """Sign in with account and password, and the one-time code where it is on."""
    return SessionOut.of(await sign_in(current, body.attempt(_address(request))))


@router.post("/second-factor", status_code=201)
async def begin_enrolment(
    body: SignIn, request: Request, current: CurrentRuntime
) -> SecondFactorOut:
    """Set up one-time codes before signing in, where a role demands them."""
    attempt = body.attempt(_address(request))
    return SecondFactorOut.of(await enrolling.begin_enrolment(current, attempt), attempt.account)


@router.post("/second-factor/confirmation", status_code=204)
async def confirm_enrolment(body: SignIn, request: Request, current: CurrentRuntime) -> None:
    """Prove that the app has the secret with `code`; then sign in with the next one."""
    await enrolling.confirm_enrolment(current, body.attempt(_address(request)))


@router.post("/refresh", status_code=201)
async def refresh(body: Renewal, current: CurrentRuntime) -> SessionOut:
    """Exchange a refresh token for the next one and a new access token."""
    return SessionOut.of(await continue_session(current, body.refresh_token, body.installation))


@router.delete("/current", status_code=204)
async def sign_out(errand: OwnErrand) -> None:
    """End this session everywhere; its tokens are refused from now on."""
    assert errand.actor.session_id is not None, "every token belongs to a session"
    await end_session(errand, errand.actor.session_id)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
