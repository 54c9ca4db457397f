"""What changes on a day by itself: roles, interests, grids and contracts, told as they do."""

from __future__ import annotations

from sqlmodel import col, select

from services.routing.directory.commands.estates import tell_of_estate
from services.routing.directory.commands.standing import take_up
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.errand import Errand
from services.routing.directory.tables import Estate, Staff

AT_ONCE = 100  # accounts in one transaction


async def keep_up(errand: Errand, staff: Staff) -> None:
    """Before a token says what somebody is, the account says what is true today."""
    if staff.changes_on is None or staff.changes_on > errand.today:
        return
    await errand.session.refresh(staff, with_for_update=True)
    if staff.changes_on is not None and staff.changes_on <= errand.today:
        await _turn(errand, staff)


async def turn_accounts(errand: Errand) -> int:
    """Brings up to the day what changed by itself; returns how many accounts."""
    rows = await errand.session.execute(
        select(Staff)
        .where(col(Staff.changes_on) <= errand.today)
        .order_by(col(Staff.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    due = rows.scalars().all()
    for staff in due:
        await _turn(errand, staff)
    return len(due)


async def turn_estates(errand: Errand) -> int:
    """Whom an estate belongs to today is told without anybody's doing (A03, B20)."""
    rows = await errand.session.execute(
        select(Estate)
        .where(col(Estate.changes_on) <= errand.today)
        .order_by(col(Estate.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    due = rows.scalars().all()
    for estate in due:
        estate.version += 1
        await tell_of_estate(errand, estate, "estate.turned")
    return len(due)


async def _turn(errand: Errand, staff: Staff) -> None:
    """Tokens ended by themselves at midnight; the next says the new roles."""
    staff.version += 1
    await take_up(errand, staff)
    await tell_of_staff(errand, staff, "staff.turned")
