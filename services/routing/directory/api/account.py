"""The own account: who am I, password, one-time codes."""

from __future__ import annotations

from fastapi import APIRouter

from services.routing.directory.guards import OwnAccount, OwnAccountToChange, OwnErrand
from services.routing.directory.schemas.sessions import (
    CodeProof,
    PasswordChange,
    SecondFactorOut,
)
from services.routing.directory.schemas.staff import StaffDetail
from services.routing.directory.sessions import second_factor
from services.routing.directory.sessions.passwords import change_password
from services.routing.directory.showing import staff_detail

router = APIRouter(prefix="/me", tags=["account"])


@router.get("")
async def me(errand: OwnErrand, staff: OwnAccount) -> StaffDetail:
    """The own account with roles and scope."""
    return await staff_detail(errand, staff)


@router.post("/password", status_code=204)
async def password(body: PasswordChange, errand: OwnErrand, staff: OwnAccountToChange) -> None:
    """Change the password; every session ends."""
    await change_password(errand, staff, body.present, body.new)


@router.post("/second-factor", status_code=201)
async def begin_second_factor(errand: OwnErrand, staff: OwnAccountToChange) -> SecondFactorOut:
    """A new secret for an authenticator app; on once a code of it is confirmed."""
    return SecondFactorOut.of(second_factor.begin(errand, staff), staff.account)


@router.post("/second-factor/confirmation", status_code=204)
async def confirm_second_factor(
    body: CodeProof, errand: OwnErrand, staff: OwnAccountToChange
) -> None:
    """From now on sign-in asks for a code."""
    second_factor.confirm(errand, staff, body.code)


@router.post("/second-factor/removal", status_code=204)
async def remove_second_factor(
    body: CodeProof, errand: OwnErrand, staff: OwnAccountToChange
) -> None:
    """Sign-in asks for the password only."""
    second_factor.remove(errand, staff, body.code)
