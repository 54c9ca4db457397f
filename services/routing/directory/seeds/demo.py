"""The demo world enters the directory through the same commands as everything else."""

from __future__ import annotations

from deploy.demo import world
from deploy.simulators.wechat.people import openid_of
from services.routing.directory.commands import (
    Contacts,
    add_estate,
    add_grid,
    add_organisation,
    move_building,
    open_account,
    register_mediator,
    sign_contract,
    staff_grid,
)
from services.routing.directory.domain.mediators import Certificate
from services.routing.directory.errand import Errand
from services.routing.directory.seeds.reference import known_ids
from services.routing.directory.seeds.rows import (
    community_row,
    contract_row,
    estate_row,
    grid_row,
    organisation_row,
    planned_buildings,
    staff_row,
)
from services.routing.directory.sessions.passwords import hashed
from services.routing.directory.tables import (
    Building,
    Estate,
    Grid,
    Mediator,
    Organisation,
    ServiceContract,
    Staff,
)


async def seed_demo(errand: Errand) -> None:
    """Adds what is missing."""
    await _organisations(errand)
    drawn = await _grids(errand)
    await _estates(errand)
    await _contracts(errand)
    await _staff(errand)
    await _people_of_grids(errand, drawn)


async def _organisations(errand: Errand) -> None:
    known = await known_ids(errand, Organisation)
    communities = map(community_row, world.COMMUNITIES)
    for row in (*communities, *map(organisation_row, world.ORGANISATIONS)):
        if row.id not in known:
            await add_organisation(errand, row)


async def _grids(errand: Errand) -> list[world.Grid]:
    """Drawn now, staffed last: a grid worker may also be a site manager (A13)."""
    known = await known_ids(errand, Grid)
    missing = [grid for grid in world.GRIDS if grid.id not in known]
    for grid in missing:
        await add_grid(errand, grid_row(grid), ())
    return missing


async def _estates(errand: Errand) -> None:
    known = await known_ids(errand, Estate)
    for estate in world.ESTATES:
        if estate.id not in known:
            await add_estate(errand, estate_row(estate), list(planned_buildings(estate)))
            await _moves(errand, estate)


async def _moves(errand: Errand, estate: world.Estate) -> None:
    for building in estate.buildings:
        for move in building.coverage[1:]:
            row = await errand.session.get_one(Building, building.id)
            await move_building(errand, row, move.grid_code, move.valid_from)


async def _contracts(errand: Errand) -> None:
    known = await known_ids(errand, ServiceContract)
    for contract in world.CONTRACTS:
        if contract.id not in known:
            await sign_contract(errand, contract_row(contract))


async def _staff(errand: Errand) -> None:
    known = await known_ids(errand, Staff)
    missing = [person for person in world.STAFF if person.id not in known]
    if not missing:
        return
    password_hash = await hashed(errand, errand.runtime.settings.text("DEMO_PASSWORD"))
    for person in missing:
        await open_account(errand, staff_row(person, password_hash), _contacts(errand, person))
        await _certificate(errand, person)


def _contacts(errand: Errand, person: world.Staff) -> Contacts:
    appid = errand.runtime.settings.optional("WECHAT_APP_ID")
    openid = openid_of(appid, person.account) if appid else None
    return Contacts(openid=openid, mobile=person.mobile)


async def _certificate(errand: Errand, person: world.Staff) -> None:
    if person.certificate is None:
        return
    mediator = Mediator(
        staff_id=person.id,
        full_time=True,
        certificate_kind=Certificate.MEDIATOR,
        certificate_number=person.certificate,
    )
    await register_mediator(errand, mediator)


async def _people_of_grids(errand: Errand, drawn: list[world.Grid]) -> None:
    for grid in drawn:
        row = await errand.session.get_one(Grid, grid.id)
        leader = world.staff(grid.leader).id
        workers = [world.staff(account).id for account in grid.workers]
        await staff_grid(errand, row, leader, workers, version=row.version)
