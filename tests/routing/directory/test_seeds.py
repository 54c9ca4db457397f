"""What the directory starts with: real divisions and authorities, an invented world."""

from __future__ import annotations

import pytest

from deploy.demo import world
from services.routing.app import service
from shared.contracts.directory import EstateChanged, OrganisationChanged, StaffChanged
from shared.contracts.vocabulary import OrganisationKind
from tests.routing.directory.conftest import empty
from tests.routing.directory.people import get, staff
from tests.servers import Databases
from tests.stage import Stage, staged

COUNTIES = ("421202", "421221", "421222", "421223", "421224", "421281")


async def test_seeding_again_changes_nothing(stage: Stage) -> None:
    before = await stage.count("outbox")
    await service.seed(stage.host.runtime)
    assert before > 0
    assert await stage.count("outbox") == before


async def test_every_change_has_its_audit_entry(untouched: Stage) -> None:
    """A08: as many entries as events."""
    assert await untouched.count("audit_entry") == await untouched.count("outbox")


async def test_the_city_has_exactly_six_county_level_units(untouched: Stage) -> None:
    """D13."""
    page = await get(untouched, staff("zhongzhi.shi"), "/directory/divisions", parent="4212")
    assert [division["code"] for division in page["items"]] == list(COUNTIES)
    assert {division["level"] for division in page["items"]} == {"COUNTY"}
    listed = untouched.host.runtime.rulebooks.in_force_at(untouched.clock.now()).divisions.counties
    assert [(each["code"], each["name"]) for each in page["items"]] == [
        (county.code, county.chinese) for county in listed
    ]


@pytest.mark.parametrize(
    ("county", "streets"), list(zip(COUNTIES, (17, 10, 16, 13, 14, 19), strict=True))
)
async def test_every_street_has_a_centre(untouched: Stage, county: str, streets: int) -> None:
    """B19, facts 2.7: as many street centres as streets and townships."""
    query = {"kind": "CENTRE", "division": county, "limit": 100}
    page = await get(untouched, staff("zhongzhi.shi"), "/directory/organisations", **query)
    levels = [centre["level"] for centre in page["items"]]
    assert levels == ["COUNTY"] + ["STREET"] * streets


@pytest.mark.parametrize("place", ["4212", *COUNTIES])
async def test_city_and_counties_have_all_departments(untouched: Stage, place: str) -> None:
    """A10: at least eight each, and all that the rulebook calls a department."""
    states = [event.organisation for event in await untouched.said(OrganisationChanged)]
    there = {
        state.specialty
        for state in states
        if state.kind is OrganisationKind.DEPARTMENT and state.division == place
    }
    book = untouched.host.runtime.rulebooks.in_force_at(untouched.clock.now())
    assert there == {entry.code for entry in book.organisations if entry.department}
    assert len(there) >= 8


async def test_the_pilot_offices_have_three_people(untouched: Stage) -> None:
    """A14: one in 421281 and one in 421224, without a warning."""
    query = {"kind": "STREET_PROPERTY_OFFICE"}
    page = await get(untouched, staff("zhongzhi.shi"), "/directory/organisations", **query)
    offices = {each["division"][:6]: each["staff_count"] for each in page["items"]}
    assert offices == {"421281": 3, "421224": 3}


async def test_estates_are_published_whole(untouched: Stage) -> None:
    """Three counties, two to four buildings, eight to twenty-four houses in each."""
    newest = {event.estate.id: event.estate for event in await untouched.said(EstateChanged)}
    assert len(newest) == len(world.ESTATES) >= 6
    assert len({state.division[:6] for state in newest.values()}) == 3
    for state in newest.values():
        assert state.demo
        assert 2 <= len(state.buildings) <= 4
        assert all(8 <= len(building.houses) <= 24 for building in state.buildings)
        assert state.households == sum(len(building.houses) for building in state.buildings)


async def test_staff_contacts_are_sealed_for_notify(untouched: Stage) -> None:
    """A13, facts 2.13: plain numbers are neither in events nor in the database."""
    person = world.staff("wangge.wenquan1")
    said = [e.staff for e in await untouched.said(StaffChanged) if e.staff.id == person.id]
    assert said[-1].mobile is not None
    assert said[-1].mobile.audience == "notify"
    sealer = untouched.host.runtime.sealer
    assert sealer.open_(said[-1].mobile, subject=f"{person.id}/mobile") == person.mobile
    for table in ("staff", "outbox", "audit_entry"):
        assert await untouched.count(table, f"{table}::text LIKE '%{person.mobile}%'") == 0


async def test_the_demo_world_stays_out_of_production(postgres: Databases) -> None:
    """The reference data come, invented people and their password do not."""
    url = await postgres.fresh_database(empty)
    async with staged(service, url, LIUDUAN_EMBEDDED="0") as stage:
        await service.seed(stage.host.runtime)
        assert await stage.count("division") == 96
        assert await stage.count("organisation", "demo") == 0
        assert await stage.count("staff") == 0


async def test_a_production_starts_with_its_operators_administrator(postgres: Databases) -> None:
    """Once: a second seed with another password changes nothing."""
    url = await postgres.fresh_database(empty)
    for password in ("first-password-1", "second-password-2"):
        own = {"LIUDUAN_ADMINISTRATOR_PASSWORD": password}
        async with staged(service, url, None, LIUDUAN_EMBEDDED="0", **own) as stage:
            await service.seed(stage.host.runtime)
            assert await stage.count("staff") == 1
            body = {"account": "administrator", "password": "first-password-1"}
            async with stage.client() as client:
                assert (await client.post("/sessions", json=body)).status_code == 201
