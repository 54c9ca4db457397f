"""Staff accounts: colleagues see each other, administrators keep the accounts."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.directory import listing
from services.routing.directory.commands import (
    close_account,
    open_account,
    register_mediator,
    reset_codes,
    revise_account,
)
from services.routing.directory.guards import (
    AdministratorsErrand,
    ReadersErrand,
    StaffKeepersErrand,
    StaffToChange,
    StaffToView,
)
from services.routing.directory.schemas.staff import (
    AccountRevision,
    MediatorOut,
    NewAccount,
    NewMediator,
    StaffDetail,
    StaffOut,
)
from services.routing.directory.sessions.passwords import hashed
from services.routing.directory.showing import mediator_out, staff_detail
from shared.identity import Role
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/directory", tags=["directory"])


@router.get("/staff")
async def staff(
    errand: ReadersErrand,
    paging: Paging,
    organisation_id: UUID | None = None,
    role: Role | None = None,
) -> Page[StaffOut]:
    """Colleagues, and the staff in one's own divisions."""
    rows = await listing.staff(errand.session, errand.actor, organisation_id, role, paging)
    page, following = paging.cut(rows, lambda row: (str(row.id),))
    return Page(items=[StaffOut.of(row, errand.actor) for row in page], next=following)


@router.get("/staff/{staff_id}")
async def account(errand: StaffKeepersErrand, row: StaffToView) -> StaffDetail:
    """One account in full."""
    return await staff_detail(errand, row)


@router.post("/staff", status_code=201, response_model=StaffDetail)
async def open_(body: NewAccount, errand: StaffKeepersErrand, once: OnceDep) -> Response:
    """Open an account with a first password."""

    async def work() -> StaffDetail:
        row = body.row(await hashed(errand, body.password))
        return await staff_detail(errand, await open_account(errand, row, body.contacts()))

    return await once.run(work)


@router.put("/staff/{staff_id}")
async def revise(
    body: AccountRevision, errand: StaffKeepersErrand, row: StaffToChange
) -> StaffDetail:
    """Change position and contacts; the person has to sign in again."""
    await revise_account(errand, row, body.position(), body.contacts(), version=body.version)
    return await staff_detail(errand, row)


@router.put("/staff/{staff_id}/closure", status_code=204)
async def close(errand: StaffKeepersErrand, row: StaffToChange) -> None:
    """Close an account for good; its sessions end at once."""
    await close_account(errand, row)


@router.delete("/staff/{staff_id}/second-factor", status_code=204)
async def reset_second_factor(errand: StaffKeepersErrand, row: StaffToChange) -> None:
    """For a lost phone: one-time codes are off until set up anew; sessions end."""
    await reset_codes(errand, row)


@router.post("/mediators", status_code=201, response_model=MediatorOut)
async def mediator(body: NewMediator, errand: AdministratorsErrand, once: OnceDep) -> Response:
    """Enter a mediator; full-time only with a certificate (C03)."""

    async def work() -> MediatorOut:
        return await mediator_out(errand, await register_mediator(errand, body.row()))

    return await once.run(work)
