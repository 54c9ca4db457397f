"""Importing the hotline's orders (B03): one number, one complaint, one answer."""

from __future__ import annotations

import json

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.channels.domain.hotline import check_accepted_at
from services.intake.channels.hotline.correcting import note_correction
from services.intake.channels.hotline.schemas import HotlineOrder
from services.intake.channels.places import Place, find_place
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.filing import Door, Filed, FilingDesk, OnceKey, prepare
from services.intake.complaints.queries import by_external_number
from services.intake.owners.contacts import Contacts
from services.intake.owners.queries import by_mobile
from services.intake.owners.tables import Owner
from shared.identifiers import mobile_number
from shared.identity import Actor
from shared.runtime import Runtime

HOLDER = "12345"
SAME_WHATEVER_IT_SAYS = "hotline order"


async def import_order(runtime: Runtime, actor: Actor, order: HotlineOrder) -> Filed:
    """The first answer again when the number is known; other words become a supplement."""
    check_accepted_at(order.accepted_at, runtime.clock.now())
    mobile = mobile_number(order.reporter_mobile) if order.reporter_mobile else None
    async with runtime.database.transaction() as session:
        first = await by_external_number(session, order.order_number)
        found = await place_of(session, order)
        reporter = await reporter_of(session, runtime, mobile)
    if first is not None:
        filed = Filed(first.id, first.number, first.submitted_at, replayed=True)
    else:
        door = _door(actor, order, reporter, mobile)
        filed = await runtime.part(FilingDesk).hand_in(prepare(runtime, order.draft(found), door))
    if filed.replayed:
        await note_correction(runtime, actor, filed.id, order)
    return filed


async def place_of(session: AsyncSession, order: HotlineOrder) -> Place:
    """An id is taken at its word and refused if it is wrong; a name may wait for a person."""
    if order.estate_id is not None:
        return Place(order.estate_id, order.building_id)
    return await find_place(session, order.estate, order.building, order.division)


async def reporter_of(session: AsyncSession, runtime: Runtime, mobile: str | None) -> Owner | None:
    """The account with that number, if there is one."""
    if mobile is None:
        return None
    return await by_mobile(session, runtime.part(Contacts).candidates(mobile, "mobile"))


def _door(actor: Actor, order: HotlineOrder, reporter: Owner | None, mobile: str | None) -> Door:
    """A reporter without an account must still be reachable: the number is kept, encrypted."""
    return Door(
        kind=DoorKind.HOTLINE,
        actor=actor,
        once=OnceKey(HOLDER, order.order_number, SAME_WHATEVER_IT_SAYS),
        owner_id=reporter.id if reporter else None,
        promised_from=order.accepted_at,
        external_number=order.order_number,
        client_id=actor.id,
        contact_name=order.reporter_name,
        contact_mobile=None if reporter else mobile,
        details=json.dumps(order.details(), ensure_ascii=False),
    )
