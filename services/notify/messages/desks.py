"""Who sits at a desk of the place: grid leader, street, dispatcher; and who works for a seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ARRAY, Text, cast, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import StaffCopy
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.messages.places import Place
from shared.identity import Role

DESKS: Mapping[str, Role] = {
    "GRID_LEADER": Role.GRID_LEADER,
    "STREET": Role.STREET_OFFICER,
    "DISPATCHER": Role.DISPATCHER,
    "GRID_WORKER": Role.GRID_WORKER,
}


async def at_desk(session: AsyncSession, desk: str, case: Place) -> list[Recipient]:
    """The nearest who hold the role there: a street's dispatcher before the county's."""
    place = case.grid_code or case.division
    within = cast([place[:length] for length in range(2, len(place) + 1)], ARRAY(Text))
    covers = or_(
        col(StaffCopy.divisions).op("&&")(within), col(StaffCopy.grid_codes).op("&&")(within)
    )
    found = await session.execute(
        select(StaffCopy)
        .where(col(StaffCopy.active), covers)
        .where(col(StaffCopy.roles).op("@>")(cast([DESKS[desk]], ARRAY(Text))))
        .order_by(col(StaffCopy.id))
    )
    people = found.scalars().all()
    nearest = max((_nearness(person, place) for person in people), default=0)
    return [
        Recipient(RecipientKind.STAFF, person.id)
        for person in people
        if _nearness(person, place) == nearest
    ]


async def administrators_of(session: AsyncSession, place: str) -> list[Recipient]:
    """Who administers the place, the county's before the city's; where nobody does, who dispatches
    for the county or the city.
    """
    within = cast([place[:length] for length in (2, 4, 6)], ARRAY(Text))
    found: list[Recipient] = []
    for role in (Role.ADMINISTRATOR, Role.DISPATCHER):
        wanted = (
            select(StaffCopy)
            .where(col(StaffCopy.active), col(StaffCopy.divisions).op("&&")(within))
            .where(col(StaffCopy.roles).op("@>")(cast([role], ARRAY(Text))))
            .order_by(col(StaffCopy.id))
        )
        people = (await session.execute(wanted)).scalars().all()
        nearest = max((_nearness(person, place) for person in people), default=0)
        found = [
            Recipient(RecipientKind.STAFF, person.id)
            for person in people
            if _nearness(person, place) == nearest
        ]
        if found:
            break
    return found


def _nearness(person: StaffCopy, place: str) -> int:
    """How many digits of the place the person's area has; a whole grid counts as its community."""
    codes: Sequence[str] = [*person.divisions, *person.grid_codes]
    return max((len(code) for code in codes if place.startswith(code)), default=0)
