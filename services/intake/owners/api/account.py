"""The own account: what is known, the number, the privacy notice, a guardian."""

from __future__ import annotations

from fastapi import APIRouter

from services.intake.owners.commands import change_mobile
from services.intake.owners.consenting import consent, name_guardian, withdraw_consent
from services.intake.owners.domain.codes import CodePurpose
from services.intake.owners.guards import (
    CurrentOwner,
    OwnAccount,
    OwnAccountToChange,
)
from services.intake.owners.queries import own_account
from services.intake.owners.schemas import (
    ConsentBody,
    ConsentOut,
    GuardianBody,
    Me,
    NewMobile,
    NoticeOut,
)
from services.intake.owners.spending import spend_code
from services.intake.owners.views import account_of, consents_of, notice_in
from shared.identifiers import mobile_number
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["owners"])


@router.get("/privacy-notice")
async def privacy_notice(current: CurrentRuntime, now: Now) -> NoticeOut:
    """What people agree to before they complain, in the version in force."""
    return notice_in(current.rulebooks.in_force_at(now))


@router.get("/me")
async def me(owner: OwnAccount, current: CurrentRuntime, session: SessionDep, now: Now) -> Me:
    """The own account, with the number masked."""
    return await account_of(session, current, owner, now)


@router.put("/me/consent")
async def agree(
    body: ConsentBody,
    owner: OwnAccountToChange,
    current: CurrentRuntime,
    session: SessionDep,
    now: Now,
) -> Me:
    """Agree to the notice in force, and say how old one is (X41)."""
    await consent(session, current.rulebooks.in_force_at(now), owner, body, at=now)
    return await account_of(session, current, owner, now)


@router.delete("/me/consent", status_code=204)
async def take_back(owner: OwnAccountToChange, session: SessionDep, now: Now) -> None:
    """Take the consent back: nothing new can be filed, what was filed goes on."""
    await withdraw_consent(session, owner, at=now)


@router.get("/me/consents")
async def consents(owner: OwnAccount, session: SessionDep, paging: Paging) -> Page[ConsentOut]:
    """What was agreed to and taken back, oldest first."""
    rows = await consents_of(session, owner, paging)
    page, following = paging.cut(rows, lambda row: (row.at.isoformat(), str(row.id)))
    return Page(items=[ConsentOut.of(row) for row in page], next=following)


@router.put("/me/mobile")
async def new_mobile(
    body: NewMobile, actor: CurrentOwner, current: CurrentRuntime, session: SessionDep, now: Now
) -> Me:
    """Change the number to one that a code has reached."""
    mobile = mobile_number(body.mobile)
    await spend_code(current, mobile, body.sms_code, CodePurpose.ACCOUNT)
    owner = await own_account(session, actor.id, lock=True)
    await change_mobile(session, current, owner, mobile, at=now)
    return await account_of(session, current, owner, now)


@router.put("/me/guardian")
async def guardian(
    body: GuardianBody,
    actor: CurrentOwner,
    current: CurrentRuntime,
    session: SessionDep,
    now: Now,
) -> Me:
    """Name the guardian of somebody under fourteen, whose number a code has reached (X41)."""
    number = mobile_number(body.mobile)
    await spend_code(current, number, body.sms_code, CodePurpose.GUARDIAN)
    owner = await own_account(session, actor.id, lock=True)
    await name_guardian(session, current, owner, body, at=now)
    return await account_of(session, current, owner, now)
