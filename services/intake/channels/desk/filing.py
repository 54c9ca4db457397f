"""Filing at a desk: the same way as everywhere, by somebody who answers for it (T01)."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.channels.desk.schemas import DeskComplaint
from services.intake.channels.domain.desks import (
    Spot,
    kind_of,
    refuse_misfits,
    refuse_other_doors,
    refuse_outside,
)
from services.intake.complaints.domain.placing import EstateUnknown
from services.intake.complaints.domain.supplying import Supplement, refuse_unknown_items
from services.intake.complaints.filing import Door, Draft, Filed, FilingDesk, OnceKey, prepare
from services.intake.houses.tables import Building, Estate
from services.intake.owners.contacts import Contacts
from services.intake.owners.queries import by_mobile
from services.intake.owners.tables import Owner
from shared.identity import Actor
from shared.runtime import Runtime


async def file_at_desk(runtime: Runtime, actor: Actor, key: str, body: DeskComplaint) -> Filed:
    """Raises what refuses the door, the persons, the place or the complaint itself."""
    refuse_other_doors(actor, body.door)
    refuse_misfits(body.matter())
    draft, mobile = body.draft(), body.reporter_mobile()
    _refuse_unknown_proofs(runtime, draft)
    async with runtime.database.transaction() as session:
        refuse_outside(actor, await spot_of(session, body.estate_id, body.building_id))
        reporter = await _account(session, runtime, mobile)
    door = _door(actor, key, body, reporter, mobile)
    return await runtime.part(FilingDesk).hand_in(prepare(runtime, draft, door))


async def spot_of(session: AsyncSession, estate_id: UUID, building_id: UUID | None) -> Spot:
    """A building that is not known is refused at the filing desk. Raises EstateUnknown."""
    estate = await session.get(Estate, estate_id)
    if estate is None:
        raise EstateUnknown
    query = select(Building.grid_code).where(
        Building.estate_id == estate.id,
        Building.version == estate.version,
        col(Building.grid_code).is_not(None),
    )
    if building_id is not None:
        query = query.where(Building.id == building_id)
    grids = (await session.execute(query.distinct())).scalars().all()
    return Spot(estate.id, estate.division, tuple(grid for grid in grids if grid))


async def _account(session: AsyncSession, runtime: Runtime, mobile: str | None) -> Owner | None:
    """The complaint appears among the own ones of a resident who has an account."""
    if mobile is None:
        return None
    return await by_mobile(session, runtime.part(Contacts).candidates(mobile, "mobile"))


def _door(
    actor: Actor, key: str, body: DeskComplaint, reporter: Owner | None, mobile: str | None
) -> Door:
    return Door(
        kind=kind_of(body.door),
        actor=actor,
        once=OnceKey(str(actor.id), key, _fingerprint(body)),
        owner_id=reporter.id if reporter else None,
        client_id=actor.organisation_id,
        submitted_by=actor.id,
        contact_name=body.reporter.name if body.reporter else None,
        contact_mobile=mobile,
        details=body.details(),
    )


def _fingerprint(body: DeskComplaint) -> str:
    """Equal for the same complaint, however its JSON was written."""
    return hashlib.sha256(f"desk\n{body.model_dump_json()}".encode()).hexdigest()


def _refuse_unknown_proofs(runtime: Runtime, draft: Draft) -> None:
    """Raises ItemUnknown."""
    if draft.proofs:
        rulebook = runtime.rulebooks.in_force_at(runtime.clock.now())
        refuse_unknown_items(rulebook, Supplement(proofs=draft.proofs))
