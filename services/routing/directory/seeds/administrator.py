"""The first administrator of a new installation, named by its operator."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlmodel import col

from services.routing.directory.commands import Contacts, open_account
from services.routing.directory.domain.codes import Level
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.passwords import hashed
from services.routing.directory.tables import Organisation, Staff
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import End, Role
from shared.ids import new_id

ACCOUNT = "administrator"


async def seed_administrator(errand: Errand) -> None:
    """Once, with `LIUDUAN_ROUTING_ADMINISTRATOR_PASSWORD`; nothing without it or with staff."""
    password = errand.runtime.settings.optional("ADMINISTRATOR_PASSWORD")
    if not password or await errand.session.scalar(select(exists().where(col(Staff.active)))):
        return
    centre = await _city_centre(errand)
    staff = Staff(
        id=new_id(),
        account=ACCOUNT,
        display_name="管理员",
        organisation_id=centre.id,
        end=End.CENTRE,
        roles=[Role.ADMINISTRATOR],
        divisions=[centre.division],
        estate_ids=[],
        interests=[],
        password_hash=await hashed(errand, password),
    )
    await open_account(errand, staff, Contacts(openid=None, mobile=None))


async def _city_centre(errand: Errand) -> Organisation:
    found = await errand.session.execute(
        select(Organisation).where(
            col(Organisation.kind) == OrganisationKind.CENTRE,
            col(Organisation.level) == Level.CITY,
        )
    )
    return found.scalar_one()
