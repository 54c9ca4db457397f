"""A verified owner lets family or tenants in, with a code that works once (A04)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from services.intake.houses.commands import Errand, asked_for, tell
from services.intake.houses.domain.binding import Voucher
from services.intake.houses.domain.inviting import (
    ALPHABET,
    CODE_LENGTH,
    InvitationGuessedAt,
    InvitationRefused,
    TooManyInvitations,
    as_code,
    refuse_strange_invitation,
)
from services.intake.houses.moving import verify
from services.intake.houses.queries import current_house, is_householder
from services.intake.houses.schemas import NewInvitation
from services.intake.houses.tables import Binding, HomeInvitation, House
from services.intake.owners.tables import Owner
from shared import audit
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation
from shared.identity import AttemptLimit, TooManyAttempts, admit
from shared.ids import new_id
from shared.runtime import Runtime

TABLE = "home_invitation"


async def invite(errand: Errand, house: House, wish: NewInvitation) -> HomeInvitation:
    """Without a code yet. Raises RelationNotInvitable, TenancyOver or TooManyInvitations."""
    rules = errand.runtime.rulebooks.in_force_at(errand.at).home_invitations
    today = errand.at.astimezone(BEIJING).date()
    refuse_strange_invitation(rules, wish.relation, wish.until, today)
    if await _open(errand, house) >= rules.open_at_most:
        raise TooManyInvitations(at_most=rules.open_at_most)
    row = HomeInvitation(
        id=new_id(),
        house_id=house.id,
        invited_by=errand.actor.id,
        relation=wish.relation,
        until=wish.until,
        invited_at=errand.at,
        expires_at=errand.at + rules.lifetime,
    )
    errand.session.add(row)
    _record(errand, row, "home_invitation.made")
    return row


def issue_code(errand: Errand, row: HomeInvitation) -> str:
    """A code that is shown once; the one before is void. Raises InvitationRefused."""
    if row.accepted_at or row.withdrawn_at or row.expires_at <= errand.at:
        raise InvitationRefused
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row.code_index = errand.runtime.blind_index.of(code, table=TABLE, column="code")
    _record(errand, row, "home_invitation.code_issued")
    return code


def withdraw(errand: Errand, row: HomeInvitation) -> None:
    """Twice is as once; what was accepted stays until the person is let go."""
    if row.withdrawn_at is None and row.accepted_at is None:
        row.withdrawn_at, row.code_index = errand.at, None
        _record(errand, row, "home_invitation.withdrawn")


async def count_guess(runtime: Runtime, owner_id: UUID) -> None:
    """A transaction of its own, so that a refusal counts. Raises InvitationGuessedAt."""
    now = runtime.clock.now()
    rules = runtime.rulebooks.in_force_at(now).home_invitations
    window = timedelta(minutes=rules.guesses_within_minutes)
    limit = AttemptLimit(rules.guesses_at_most, window)
    try:
        async with runtime.database.transaction() as session:
            account = f"{TABLE}:{owner_id}"
            await admit(session, account=account, address="*", limit=limit, at=now)
    except TooManyAttempts as refused:
        raise InvitationGuessedAt(**refused.details) from None


async def accept(errand: Errand, owner: Owner, typed: str) -> Binding:
    """The owner who invited must still live there, and cannot leave meanwhile: whoever is let go
    with them has come in before, or does not come in.

    Raises InvitationRefused or BindingExists.
    """
    row = await _by_code(errand, as_code(typed))
    if row is None or row.expires_at <= errand.at:
        raise InvitationRefused
    house = await current_house(errand.session, row.house_id)
    binding = await asked_for(errand, owner, house, Relation(row.relation))
    if not await is_householder(errand.session, row.invited_by, house.id, hold=True):
        raise InvitationRefused
    binding.invited_by, binding.until = row.invited_by, row.until
    verify(errand.session, errand.actor, binding, Voucher.INVITATION, at=errand.at)
    row.accepted_at, row.accepted_by, row.code_index = errand.at, owner.id, None
    _record(errand, row, "home_invitation.accepted")
    await tell(errand, owner)
    return binding


async def _open(errand: Errand, house: House) -> int:
    found = await errand.session.execute(
        select(func.count())
        .select_from(HomeInvitation)
        .where(
            HomeInvitation.house_id == house.id,
            col(HomeInvitation.accepted_at).is_(None),
            col(HomeInvitation.withdrawn_at).is_(None),
            col(HomeInvitation.expires_at) > errand.at,
        )
    )
    return int(found.scalar_one())


async def _by_code(errand: Errand, code: str) -> HomeInvitation | None:
    """Locked: of two who type the same code the second finds it used."""
    candidates = errand.runtime.blind_index.candidates(code, table=TABLE, column="code")
    found = await errand.session.execute(
        select(HomeInvitation)
        .where(col(HomeInvitation.code_index).in_(candidates))
        .with_for_update()
    )
    return found.scalar_one_or_none()


def _record(errand: Errand, row: HomeInvitation, action: str) -> None:
    audit.append(
        errand.session,
        actor=errand.actor,
        action=action,
        subject_type="home_invitation",
        subject_id=row.id,
        at=errand.at,
        details={"house_id": row.house_id, "relation": row.relation},
    )
