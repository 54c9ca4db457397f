"""Signing in: counted, checked with no transaction open, then opened (ASVS 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from services.routing.directory.commands.keeping_up import keep_up
from services.routing.directory.domain.periods import beginning_of
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.acting import actor_of
from services.routing.directory.sessions.second_factor import check_code, demand_second_factor
from services.routing.directory.tables import Staff
from shared.errors import Forbidden, Unauthenticated
from shared.identity import (
    SYSTEM,
    AccessToken,
    AttemptLimit,
    Grant,
    PasswordCheck,
    Passwords,
    RefreshSessions,
    TokenIssuer,
    admit,
    forgive,
)
from shared.runtime import Runtime

FROM_ONE_ADDRESS = AttemptLimit(5, timedelta(minutes=15))
FROM_EVERYWHERE = AttemptLimit(50, timedelta(hours=1))


class SignInRefused(Unauthenticated):
    """Account or password is wrong."""

    code = "SIGN_IN_REFUSED"
    chinese = "账号或密码错误。"


class NoRoleAtPresent(Forbidden):
    """None of your roles is in force today."""

    code = "NO_ROLE_AT_PRESENT"
    chinese = "您的角色目前均不在有效期内。"


@dataclass(frozen=True)
class Attempt:
    """`code` is the one-time code; `installation` an id the client makes once and keeps."""

    account: str
    password: str = field(repr=False)
    code: str | None
    installation: str
    address: str


@dataclass(frozen=True)
class SignedIn:
    access: AccessToken
    grant: Grant


@dataclass(frozen=True)
class Proven:
    """An account whose password was given, as it was read then."""

    staff: Staff
    check: PasswordCheck
    now: datetime


async def sign_in(runtime: Runtime, attempt: Attempt) -> SignedIn:
    """Raises what `proven` and `signed` raise, CodeNeeded or CodeRefused."""
    proof = await proven(runtime, attempt)
    async with runtime.database.transaction() as session:
        return await _open(Errand(runtime, session, SYSTEM, proof.now), proof, attempt)


async def proven(runtime: Runtime, attempt: Attempt) -> Proven:
    """Raises TooManyAttempts or SignInRefused.

    An unknown account, a closed one and a wrong password look the same and take the same work.
    """
    now = runtime.clock.now()
    staff = await _admitted(runtime, attempt, now)
    passwords = runtime.part(Passwords)
    check = await passwords.check(staff.password_hash if staff else None, attempt.password)
    if staff is None or not check.matches:
        await _note_refusal(runtime, staff, now)
        raise SignInRefused
    return Proven(staff, check, now)


async def unlocked(errand: Errand, proof: Proven, attempt: Attempt) -> Staff:
    """The account, held for a change; the failures before are forgiven. Raises SignInRefused."""
    staff = await errand.session.get_one(Staff, proof.staff.id, with_for_update=True)
    if not staff.active or staff.password_hash != proof.staff.password_hash:
        raise SignInRefused
    await forgive(errand.session, account=attempt.account, address=attempt.address)
    return staff


async def signed(errand: Errand, staff: Staff, grant: Grant) -> SignedIn:
    """What the token says ends with it at the latest. Raises NoRoleAtPresent, EnrolmentNeeded."""
    await keep_up(errand, staff)
    if not staff.roles:
        raise NoRoleAtPresent
    demand_second_factor(errand, staff)
    actor = await actor_of(errand.session, staff, grant.session_id)
    until = beginning_of(staff.changes_on) if staff.changes_on else None
    return SignedIn(errand.runtime.part(TokenIssuer).issue(actor, until=until), grant)


async def _admitted(runtime: Runtime, attempt: Attempt, now: datetime) -> Staff | None:
    """The count outlives whatever happens next."""
    async with runtime.database.transaction() as session:
        for address, limit in ((attempt.address, FROM_ONE_ADDRESS), ("*", FROM_EVERYWHERE)):
            await admit(session, account=attempt.account, address=address, limit=limit, at=now)
        found = await session.execute(
            select(Staff).where(col(Staff.account) == attempt.account, col(Staff.active))
        )
        return found.scalar_one_or_none()


async def _note_refusal(runtime: Runtime, staff: Staff | None, now: datetime) -> None:
    if staff is None:
        return
    async with runtime.database.transaction() as session:
        Errand(runtime, session, SYSTEM, now).note("staff.sign_in_refused", staff.id)


async def _open(errand: Errand, proof: Proven, attempt: Attempt) -> SignedIn:
    staff = await unlocked(errand, proof, attempt)
    check_code(errand, staff, attempt.code)
    staff.password_hash = proof.check.replacement or staff.password_hash
    grant = await errand.runtime.part(RefreshSessions).open(
        errand.session, subject_id=staff.id, client=attempt.installation, at=errand.now
    )
    errand.note("staff.signed_in", staff.id)
    return await signed(errand, staff, grant)
