"""Where an organisation is, as far as its people show."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from services.notify.copies.tables import StaffCopy
from services.notify.deed import Deed


async def place_of(deed: Deed, organisation_id: UUID) -> str:
    """The widest division that somebody there looks after; the city's while nobody is known."""
    wanted = select(StaffCopy.divisions).where(
        StaffCopy.organisation_id == organisation_id, col(StaffCopy.active)
    )
    held = [code for codes in (await deed.session.execute(wanted)).scalars() for code in codes]
    return min(held, key=len, default=_city(deed))


def _city(deed: Deed) -> str:
    return deed.runtime.rulebooks.in_force_at(deed.at).header.city_code
