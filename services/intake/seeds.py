"""Intake's part of the demo world: the house register, and owners who are bound to their homes.

Estates come through events, like anywhere. Everything may be seeded again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from deploy.demo import world
from deploy.simulators.wechat.people import openid_of
from services.intake.houses.domain.binding import BindingAction, BindingState, Voucher, advance
from services.intake.houses.queries import dwellings_of
from services.intake.houses.register import TABLE
from services.intake.houses.tables import Binding, RegisteredResident
from services.intake.open311.seeds import seed_open311
from services.intake.owners.announcing import announce
from services.intake.owners.contacts import Contacts
from services.intake.owners.domain.ages import AgeBand
from services.intake.owners.tables import Owner
from services.intake.settings import IntakeSettings
from shared.runtime import Runtime

VERIFIED = advance(BindingState.PENDING, BindingAction.VERIFY)


async def seed(runtime: Runtime) -> None:
    at = runtime.clock.now()
    async with runtime.database.transaction() as session:
        await _add(
            session, RegisteredResident, [_resident(runtime, r) for r in world.HOUSE_REGISTER]
        )
        new = await _add(session, Owner, [_owner(runtime, owner, at) for owner in world.OWNERS])
        people = [owner for owner in world.OWNERS if owner.id in new]
        await _add(session, Binding, [_binding(*pair, at) for pair in _homes(people)])
        await seed_open311(session, runtime, at)
        for owner in people:
            await _announce(session, runtime, owner, at)


async def _add(session: AsyncSession, table: Any, rows: Sequence[dict[str, Any]]) -> set[Any]:
    """The ids that were not there before."""
    if not rows:
        return set()
    added = await session.execute(
        insert(table).values(list(rows)).on_conflict_do_nothing().returning(col(table.id))
    )
    return set(added.scalars())


async def _announce(
    session: AsyncSession, runtime: Runtime, owner: world.Owner, at: datetime
) -> None:
    account = await session.get_one(Owner, owner.id)
    homes = await dwellings_of(session, owner.id)
    announce(session, runtime.part(Contacts), account, homes, at=at)


def _resident(runtime: Runtime, resident: world.Resident) -> dict[str, Any]:
    index = runtime.blind_index.of(resident.mobile, table=TABLE, column="mobile")
    name = runtime.cipher.encrypt(resident.name, table=TABLE, row_id=resident.id, column="name")
    return {
        "id": resident.id,
        "house_id": resident.house_id,
        "mobile_index": index,
        "name": name,
        "relation": resident.relation,
    }


def _owner(runtime: Runtime, owner: world.Owner, at: datetime) -> dict[str, Any]:
    contacts = runtime.part(Contacts)
    openid = openid_of(runtime.part(IntakeSettings).wechat_app_id, owner.person)
    return {
        "id": owner.id,
        "version": 1,
        "active": True,
        "registered_at": at,
        "privacy_version": runtime.rulebooks.in_force_at(at).privacy.notice_version,
        "privacy_at": at,
        "age_band": AgeBand.ADULT,
        **contacts.openid_columns(owner.id, openid),
        **contacts.mobile_columns(owner.id, owner.mobile),
    }


def _homes(owners: Sequence[world.Owner]) -> list[tuple[world.Owner, world.Home]]:
    return [(owner, home) for owner in owners for home in owner.homes]


def _binding(owner: world.Owner, home: world.Home, at: datetime) -> dict[str, Any]:
    return {
        "id": world.demo_id("binding", owner.person, str(home.house.id)),
        "owner_id": owner.id,
        "house_id": home.house.id,
        "estate_id": home.estate.id,
        "relation": home.relation,
        "state": VERIFIED,
        "requested_at": at,
        "verified_at": at,
        "verified_by": Voucher.REGISTER,
    }
