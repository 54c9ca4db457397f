"""A person decides about a flag."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.flags.domain.lifecycle import FlagDecision, FlagState, advance
from services.intake.flags.queries import evidence_of
from services.intake.flags.schemas import FlagOut
from services.intake.flags.tables import AccountFlag
from shared import audit
from shared.identity import Actor
from shared.runtime import Runtime


async def decide(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor,
    flag: AccountFlag,
    decision: FlagDecision,
    reason: str,
) -> FlagOut:
    """Raises FlagDecided."""
    at: datetime = runtime.clock.now()
    flag.state = advance(FlagState(flag.state), decision)
    flag.reason = runtime.cipher.encrypt(
        reason, table="account_flag", row_id=flag.id, column="reason"
    )
    flag.decided_by, flag.decided_at = actor.id, at
    audit.append(
        session,
        actor=actor,
        action="account.flag_decided",
        subject_type="account_flag",
        subject_id=flag.id,
        at=at,
        details={"decision": decision},
    )
    return FlagOut.of(flag, await evidence_of(session, [flag]))
