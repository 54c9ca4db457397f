"""What a desk may see of those who say to live in its estates or grids (A04)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, cast, false, func, or_
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.houses.commands import Errand
from services.intake.houses.domain.binding import BindingState
from services.intake.houses.domain.policies import Reach, reach_of
from services.intake.houses.queries import NOT_YET_KNOWN, addresses_of
from services.intake.houses.schemas import HomeRequestOut
from services.intake.houses.tables import Binding, Building, Estate, House
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Owner
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation
from shared.identity import Actor
from shared.privacy import mask_name, mask_phone
from shared.web.paging import PageRequest, cursor_key

SERVES = (
    "$[*] ? (@.company_id == $company && @.valid_from <= $day"
    " && (@.valid_to == null || @.valid_to >= $day))"
)


def waiting_within(
    actor: Actor, at: datetime, *, decided_too: bool = False
) -> SelectOfScalar[Binding]:
    """Of the company the estates it serves today (X40), of the grid its buildings.

    Raises HomeDesksOnly.
    """
    reach = reach_of(actor)
    found = (
        select(Binding)
        .join(House, col(House.id) == Binding.house_id)
        .join(Building, col(Building.id) == House.building_id)
        .join(Estate, col(Estate.id) == Binding.estate_id)
        .where(or_(_served(reach, at), _in_places(reach)))
    )
    return found if decided_too else found.where(Binding.state == BindingState.PENDING)


async def requests_at(errand: Errand, paging: PageRequest) -> Sequence[Binding]:
    """Oldest first; one more than the page holds."""
    key = col(Binding.id)
    query = waiting_within(errand.actor, errand.at).order_by(key)
    if paging.after:
        query = query.where(key > cursor_key(paging.after, UUID)[0])
    return (await errand.session.execute(query.limit(paging.limit + 1))).scalars().all()


async def shown_at_desk(errand: Errand, bindings: Sequence[Binding]) -> list[HomeRequestOut]:
    addresses = await addresses_of(errand.session, [each.house_id for each in bindings])
    found = await errand.session.execute(
        select(Owner).where(col(Owner.id).in_([each.owner_id for each in bindings]))
    )
    owners = {owner.id: owner for owner in found.scalars()}
    shown = []
    for each in bindings:
        address = addresses.get(each.house_id, NOT_YET_KNOWN)
        mobile = errand.runtime.part(Contacts).mobile(owners[each.owner_id])
        name = each.applicant_name and errand.reveal(each.applicant_name, each.id, "applicant_name")
        shown.append(
            HomeRequestOut(
                id=each.id,
                estate_name=address.estate,
                building=address.building,
                unit=address.unit,
                room=address.room,
                relation=Relation(each.relation),
                masked_name=mask_name(name) if name else None,
                masked_mobile=mask_phone(mobile) if mobile else None,
                requested_at=each.requested_at.astimezone(BEIJING),
            )
        )
    return shown


def _served(reach: Reach, at: datetime) -> ColumnElement[bool]:
    if reach.company_id is None:
        return false()
    day = at.astimezone(BEIJING).date().isoformat()
    asked = {"company": str(reach.company_id), "day": day}
    return and_(
        col(Binding.estate_id).in_(reach.estates),
        func.jsonb_path_exists(col(Estate.contracts), cast(SERVES, JSONPATH), cast(asked, JSONB)),
    )


def _in_places(reach: Reach) -> ColumnElement[bool]:
    code = col(Building.grid_code)
    return or_(false(), *(code.startswith(place, autoescape=True) for place in reach.places))
