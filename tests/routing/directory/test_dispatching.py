"""What dispatching asks the directory: grid, worker, leader, centre, company, departments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import event

from deploy.demo import world
from services.routing.directory.queries import (
    DispatchCandidates,
    OrganisationMissing,
    city_centre,
    county_centre,
    court_for,
    department,
    departments,
    dispatch_candidates,
    estate_by_id,
    street_centre,
    street_office,
)
from shared.clock import BEIJING
from tests.routing.directory.people import administrator, send
from tests.stage import START, Stage

GARDEN = world.estate("温泉花园（演示）")
GUIYU = world.estate("桂语雅苑（演示）")
NEW_VILLAGE = world.estate("浮山新村（演示）")
HOMESTEAD = world.estate("赤马港家园（演示）")
MAY = datetime(2026, 5, 1, 0, 0, tzinfo=BEIJING)


async def candidates(
    stage: Stage, estate: world.Estate, building: str | None, at: datetime = START
) -> DispatchCandidates:
    building_id = estate.building(building).id if building else None
    async with stage.host.runtime.database.transaction() as session:
        found = await dispatch_candidates(session, estate.id, building_id, at)
    assert found is not None
    return found


@contextmanager
def statements(stage: Stage) -> Iterator[list[str]]:
    seen: list[str] = []
    engine = stage.host.runtime.database.engine.sync_engine

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


async def test_one_statement_tells_everybody_concerned(untouched: Stage) -> None:
    """B19, B20: a complaint about building 1 of the garden."""
    async with untouched.host.runtime.database.transaction() as session:
        building = GARDEN.building("1").id
        with statements(untouched) as seen:
            found = await dispatch_candidates(session, GARDEN.id, building, START)
    assert len(seen) == 1
    assert found is not None
    assert found.estate.division == "421202001"
    assert found.community.id == GARDEN.community.id
    assert found.grid is not None
    assert found.grid.code == "421202001901001"
    assert [each.id for each in found.workers] == [world.staff("wangge.wenquan1").id]
    assert found.leader is not None
    assert found.leader.id == world.staff("wanggezhang.wenquan").id
    assert found.street_centre is not None
    assert found.street_centre.id == world.centre("421202001")
    assert found.company is not None
    assert found.company.id == world.company("温馨物业服务有限公司（演示）").id


async def test_a_site_manager_does_not_handle_the_own_company(untouched: Stage) -> None:
    """A13: a complaint against K in G1 goes to the leader, one against others to U."""
    found = await candidates(untouched, GUIYU, "1")
    assert found.company is not None
    assert found.worker_without_interest(found.company.id) is None
    assert found.leader is not None
    other = found.worker_without_interest(uuid4(), None)
    assert other is not None
    assert other.id == world.staff("wuye.guiyu").id


async def test_nobody_handles_the_own_household(untouched: Stage) -> None:
    """A13, X20."""
    found = await candidates(untouched, GARDEN, "1")
    own, neighbours = GARDEN.house("1", "401").id, GARDEN.house("1", "402").id
    assert found.worker_without_interest(own) is None
    assert found.worker_without_interest(neighbours) is not None


@pytest.mark.parametrize(("at", "code"), [(START, "001"), (MAY, "002")])
async def test_the_grid_is_that_of_the_day(untouched: Stage, at: datetime, code: str) -> None:
    """B20, X30: building 3 moved on 05-01."""
    found = await candidates(untouched, GARDEN, "3", at)
    assert found.grid is not None
    assert found.grid.code == f"421202001901{code}"


@pytest.mark.parametrize(("at", "code"), [(START, "001"), (MAY, "001")])
async def test_a_matter_of_the_whole_estate_goes_to_its_largest_grid(
    untouched: Stage, at: datetime, code: str
) -> None:
    """Three of four buildings in March; two and two in May, then the lower number."""
    found = await candidates(untouched, GARDEN, None, at)
    assert found.grid is not None
    assert found.grid.code == f"421202001901{code}"


async def test_an_estate_without_company_has_everybody_else(untouched: Stage) -> None:
    """X29: two workers of one grid, in the order to be asked."""
    found = await candidates(untouched, NEW_VILLAGE, "2")
    assert found.company is None
    workers = [world.staff(account).id for account in ("wangge.fushan1", "wangge.fushan2")]
    assert [each.id for each in found.workers] == workers


async def test_the_company_is_that_of_the_day(untouched: Stage) -> None:
    """A03, X40."""
    march = await candidates(
        untouched, HOMESTEAD, "1", datetime(2026, 3, 31, 23, 59, tzinfo=BEIJING)
    )
    april = await candidates(untouched, HOMESTEAD, "1", datetime(2026, 4, 1, tzinfo=BEIJING))
    assert march.company is not None
    assert april.company is not None
    names = (march.company.display_name, april.company.display_name)
    assert names == ("赤马物业服务有限公司（演示）", "温馨物业服务有限公司（演示）")


async def test_who_has_left_is_not_asked(stage: Stage) -> None:
    for account in ("wangge.fushan1", "wanggezhang.fushan"):
        path = f"/directory/staff/{world.staff(account).id}/closure"
        assert (await send(stage, administrator(), "PUT", path)).status_code == 204
    found = await candidates(stage, NEW_VILLAGE, "1")
    assert [each.id for each in found.workers] == [world.staff("wangge.fushan2").id]
    assert found.leader is None


async def test_before_any_grid_the_centre_is_left(untouched: Stage) -> None:
    """A01: no worker and no leader, so the street centre's queue."""
    found = await candidates(untouched, GARDEN, "1", datetime(2024, 6, 1, tzinfo=BEIJING))
    assert (found.grid, found.workers, found.leader) == (None, (), None)
    assert found.street_centre is not None


async def test_an_unknown_estate_has_nobody(untouched: Stage) -> None:
    async with untouched.host.runtime.database.transaction() as session:
        assert await dispatch_candidates(session, uuid4(), None, START) is None
        assert await estate_by_id(session, uuid4()) is None
        known = await estate_by_id(session, GARDEN.id)
    assert known is not None
    assert known.display_name == GARDEN.name


async def test_centres_of_all_levels(untouched: Stage) -> None:
    """A01, B19: 421281002 is the centre of 赤马港街道, also for a community within it."""
    async with untouched.host.runtime.database.transaction() as session:
        street = await street_centre(session, "421281002901")
        county = await county_centre(session, "421281002")
        city = await city_centre(session, "421281002")
        with pytest.raises(OrganisationMissing):
            await street_centre(session, "421281")
    assert (street.display_name, street.division) == ("赤马港街道综治中心", "421281002")
    assert [county.division, city.division] == ["421281", "4212"]
    assert (street.parent_id, county.parent_id) == (county.id, city.id)


@pytest.mark.parametrize(
    ("division", "kind"), [("421281002", "STREET_PROPERTY_OFFICE"), ("421281001", "STREET_OFFICE")]
)
async def test_the_property_office_goes_before_the_street_office(
    untouched: Stage, division: str, kind: str
) -> None:
    """A14."""
    async with untouched.host.runtime.database.transaction() as session:
        assert (await street_office(session, division)).kind == kind


async def test_the_county_goes_before_the_city(untouched: Stage) -> None:
    """B08, B12: a joint team with one statement; utilities exist at the city only."""
    async with untouched.host.runtime.database.transaction() as session:
        with statements(untouched) as seen:
            team = await departments(session, ["FIRE_RESCUE", "HOUSING", "UTILITY"], "421202001")
        fire = await department(session, "FIRE_RESCUE", "421281002")
        with pytest.raises(OrganisationMissing) as refused:
            await departments(session, ["HOUSING", "DEVELOPER"], "421202001")
    assert len(seen) == 1
    places = {specialty: each.division for specialty, each in team.items()}
    assert places == {"FIRE_RESCUE": "421202", "HOUSING": "421202", "UTILITY": "4212"}
    assert fire.id == world.department("FIRE_RESCUE", "421281")
    assert refused.value.details == {"specialties": ["DEVELOPER"]}


@pytest.mark.parametrize(
    ("division", "code"),
    [("421202001", "鄂1202"), ("421281002", "鄂1281"), ("421224100", "鄂1224")],
)
async def test_the_court_of_the_place(untouched: Stage, division: str, code: str) -> None:
    """A07, T34."""
    async with untouched.host.runtime.database.transaction() as session:
        court = await court_for(session, division)
    assert (court.court_code, court.id) == (code, world.court(division[:6]))
