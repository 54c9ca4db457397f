"""Opening a complaint by number and code. Attempts count before anything is looked at."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.lookup_codes import is_code_of
from services.intake.complaints.queries import timeline_of
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.lookups.schemas import ENTRIES, LookedUp
from shared.errors import NotFound, TooMany
from shared.identity import AttemptLimit, TooManyAttempts, admit
from shared.runtime import Runtime
from shared.web.paging import PageRequest

ANYWHERE, NOWHERE = "*", "-"
NOBODY = UUID(int=0)  # so that an unknown number costs as much as a known one


class LookUpRefused(NotFound):
    """Number and code do not belong together; please compare them with the receipt."""

    code = "LOOK_UP_REFUSED"
    chinese = "编号或查询码不正确，请核对受理回执。"


class TooManyLookUps(TooMany):
    """Too many attempts; `retry_after_seconds` says when to go on."""

    code = "TOO_MANY_LOOK_UPS"
    chinese = "查询次数过多，请稍后再试。"


async def admit_look_up(runtime: Runtime, number: str, address: str | None) -> None:
    """Of one number, and from one address, in a transaction that outlives the refusal.

    Raises TooManyLookUps.
    """
    now = runtime.clock.now()
    rules = runtime.rulebooks.in_force_at(now).following.look_ups
    of_number = AttemptLimit(rules.of_number, rules.window)
    from_address = AttemptLimit(rules.from_address, rules.window)
    async with runtime.database.transaction() as session:
        try:
            await admit(
                session, account=f"look-up:{number}", address=ANYWHERE, limit=of_number, at=now
            )
            await admit(
                session,
                account="look-up",
                address=address or NOWHERE,
                limit=from_address,
                at=now,
            )
        except TooManyAttempts as refused:
            raise TooManyLookUps(**refused.details) from None


async def opened(session: AsyncSession, runtime: Runtime, number: str, code: str) -> Complaint:
    """Locked. Unknown, wrong and not to be opened so are one answer. Raises LookUpRefused."""
    found = await session.execute(
        select(Complaint).where(col(Complaint.number) == number).with_for_update()
    )
    complaint = found.scalar_one_or_none()
    fits = is_code_of(runtime.blind_index, complaint.id if complaint else NOBODY, code)
    if complaint is None or not fits or not _is_opened_by_code(complaint):
        raise LookUpRefused
    return complaint


async def looked_up(session: AsyncSession, complaint: Complaint) -> LookedUp:
    case = await session.get(FollowedCase, complaint.case_id) if complaint.case_id else None
    entries, _ = await timeline_of(session, complaint.id, PageRequest(ENTRIES, None))
    return LookedUp.of(complaint, case, list(entries))


def _is_opened_by_code(complaint: Complaint) -> bool:
    """Whoever filed by name from an own account signs in instead."""
    return complaint.anonymous or complaint.door != DoorKind.MINI_PROGRAM
