"""Owners' sessions: opened, continued and ended; every access token lives fifteen minutes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.houses.queries import dwellings_of
from services.intake.owners.announcing import owner_as_actor
from services.intake.owners.queries import own_account
from services.intake.owners.schemas import OwnSession, Renewal, SessionOut
from services.intake.owners.standing import missing_of
from shared import audit
from shared.clock import BEIJING
from shared.contracts.intake import OwnerSessionRevoked, RevokedSession
from shared.identity import (
    ACCESS_LIFETIME,
    SYSTEM,
    Actor,
    Grant,
    RefreshSessions,
    TokenIssuer,
)
from shared.messaging import publish
from shared.runtime import Runtime


async def open_session(
    session: AsyncSession, runtime: Runtime, owner_id: UUID, installation: str, *, at: datetime
) -> SessionOut:
    grant = await runtime.part(RefreshSessions).open(
        session, subject_id=owner_id, client=installation, at=at
    )
    return await _signed(session, runtime, grant, at)


async def continue_session(runtime: Runtime, renewal: Renewal) -> SessionOut:
    """Raises Unauthenticated; when the token was stolen its session has ended by then.

    A transaction of its own, because the revocation must outlive the refusal.
    """
    at = runtime.clock.now()
    async with runtime.database.transaction() as session:
        outcome = await runtime.part(RefreshSessions).rotate(
            session, renewal.refresh_token, client=renewal.installation, at=at
        )
        if isinstance(outcome, Grant):
            return await _signed(session, runtime, outcome, at)
        if outcome.revoked is not None:
            _announce_end(session, SYSTEM, outcome.revoked, at)
    raise outcome.error


async def end_session(
    session: AsyncSession, runtime: Runtime, actor: Actor, *, at: datetime
) -> None:
    """Signing out again changes nothing."""
    assert actor.session_id is not None, "every token belongs to a session"
    for ended in await runtime.part(RefreshSessions).sign_out(session, actor.session_id, at=at):
        _announce_end(session, actor, ended, at)


async def end_every_session(
    session: AsyncSession, runtime: Runtime, actor: Actor, *, at: datetime
) -> None:
    """On every telephone, this one included."""
    ended = await runtime.part(RefreshSessions).sign_out_everywhere(session, actor.id, at=at)
    for each in ended:
        _announce_end(session, actor, each, at)


async def own_sessions(
    session: AsyncSession, runtime: Runtime, actor: Actor, *, at: datetime
) -> list[OwnSession]:
    """Those that go on, the newest first."""
    return [
        OwnSession(
            id=each.session_id,
            opened_at=each.opened_at.astimezone(BEIJING),
            idle_until=each.idle_expires_at.astimezone(BEIJING),
            ends_at=each.expires_at.astimezone(BEIJING),
            current=each.session_id == actor.session_id,
        )
        for each in await runtime.part(RefreshSessions).going_on(session, actor.id, at=at)
    ]


def _announce_end(session: AsyncSession, actor: Actor, session_id: UUID, at: datetime) -> None:
    state = RevokedSession(id=session_id, version=1, expires_at=at + ACCESS_LIFETIME)
    audit.append(
        session,
        actor=actor,
        action="session.revoked",
        subject_type="session",
        subject_id=session_id,
        at=at,
    )
    publish(session, OwnerSessionRevoked(session=state), actor=actor, at=at)


async def _signed(
    session: AsyncSession, runtime: Runtime, grant: Grant, at: datetime
) -> SessionOut:
    """Raises AccountClosed."""
    owner = await own_account(session, grant.subject_id)
    dwellings = await dwellings_of(session, grant.subject_id)
    actor = owner_as_actor(grant.subject_id, dwellings, grant.session_id)
    token = runtime.part(TokenIssuer).issue(actor)
    return SessionOut(
        access_token=token.value,
        expires_at=token.expires_at.astimezone(BEIJING),
        refresh_token=grant.refresh_token,
        refresh_expires_at=grant.expires_at.astimezone(BEIJING),
        missing=missing_of(runtime, owner, dwellings, at),
    )
