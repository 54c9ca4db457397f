"""Interests are declared by the person or found by an administrator, and lifted by another."""

from __future__ import annotations

from uuid import UUID

from services.routing.directory.commands.holding import add_interest, kind_of_interest
from services.routing.directory.commands.positions import require_present
from services.routing.directory.commands.standing import held_roles, interests_on_record, take_up
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.domain.interests import InterestRecorded, refuse_own
from services.routing.directory.domain.periods import Period
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.ending import end_every_session
from services.routing.directory.tables import Interest, Staff


async def declare_interest(
    errand: Errand, staff: Staff, subject_id: UUID, period: Period
) -> Interest:
    """One's own. From its first day nobody lets that person near (A13, X20)."""
    return await _record(errand, staff, subject_id, period, "staff.interest_declared")


async def record_interest(
    errand: Errand, staff: Staff, subject_id: UUID, period: Period
) -> Interest:
    """Somebody else's, by whoever keeps the account."""
    await require_present(errand, staff, await held_roles(errand, staff.id))
    return await _record(errand, staff, subject_id, period, "staff.interest_found")


async def lift_interest(errand: Errand, staff: Staff, row: Interest) -> Interest:
    """It stays on record as lifted. Raises OwnInterest."""
    refuse_own(staff.id, errand.actor.id)
    await require_present(errand, staff, await held_roles(errand, staff.id))
    if row.withdrawn_at is None:
        row.withdrawn_at = errand.now
        await _take_up(errand, staff, row, "staff.interest_lifted")
    return row


async def _record(
    errand: Errand, staff: Staff, subject_id: UUID, period: Period, action: str
) -> Interest:
    kind = await kind_of_interest(errand, subject_id)
    known = await interests_on_record(errand, staff.id)
    if any(row.subject_id == subject_id and row.period.meets(period) for row in known):
        raise InterestRecorded
    row = add_interest(errand, staff.id, kind, subject_id, period)
    await _take_up(errand, staff, row, action)
    return row


async def _take_up(errand: Errand, staff: Staff, row: Interest, action: str) -> None:
    """Tokens name interests, so the person signs in again."""
    await errand.session.flush()
    staff.version += 1
    await take_up(errand, staff)
    details = {"interest": str(row.id), "kind": row.kind, "source": row.source}
    errand.audit(action, "staff", staff.id, details)
    await tell_of_staff(errand, staff, "staff.interests_changed")
    await end_every_session(errand, staff.id)
