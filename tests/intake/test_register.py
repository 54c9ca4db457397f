"""What the register of residents verifies by itself, and what waits for a desk (A04)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from deploy.demo import world
from deploy.simulators.wechat import Vendor
from services.intake.houses.lapsing import end_tenancies
from tests.intake.people import ANNA, once, owner
from tests.intake.phones import arrive
from tests.stage import Stage

FAMILY = world.owner("owner-13")  # shares the home of ANNA, as family
HOME = ANNA.homes[0].house
RENTER = next(p for p in world.OWNERS if [home.relation for home in p.homes] == ["TENANT"])
RENTED = RENTER.homes[0].house


async def execute(stage: Stage, statement: str) -> None:
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text(statement))


async def with_number_of(
    person: world.Owner, browser: httpx.AsyncClient, vendor: Vendor, telephone: str = "another"
) -> None:
    """Another account that proves the number of somebody the register knows."""
    code = vendor.press_phone_button(telephone, person.mobile)
    await arrive(browser, vendor, telephone, phone_code=code)


async def ask(browser: httpx.AsyncClient, house: world.House, relation: str) -> httpx.Response:
    body = {"house_id": str(house.id), "relation": relation}
    return await browser.post("/bindings", json=body, headers=once())


async def state_of(answer: httpx.Response) -> str:
    assert answer.status_code == 201, answer.text
    return str(answer.json()["state"])


async def test_a_registered_relative_does_not_become_the_owner(
    stage: Stage, vendor: Vendor
) -> None:
    """The householder may let people in and go: only whom the register calls the owner."""
    async with stage.client() as relative, stage.client() as householder:
        await with_number_of(FAMILY, relative, vendor)
        claimed = await ask(relative, HOME, "OWNER")
        assert await state_of(claimed) == "PENDING"
        invitation = {"relation": "FAMILY"}
        refused = await relative.post(
            f"/houses/{HOME.id}/invitations", json=invitation, headers=once()
        )
        assert (refused.status_code, refused.json()["code"]) == (403, "HOUSEHOLDERS_ONLY")
        await relative.delete(f"/bindings/{claimed.json()['id']}")
        assert await state_of(await ask(relative, HOME, "FAMILY")) == "VERIFIED"
        await with_number_of(ANNA, householder, vendor, "the owner's second")
        assert await state_of(await ask(householder, HOME, "OWNER")) == "VERIFIED"


@pytest.mark.parametrize(
    ("relation", "state"), [("OWNER", "PENDING"), ("FAMILY", "VERIFIED"), ("TENANT", "VERIFIED")]
)
async def test_a_register_without_relations_makes_nobody_an_owner(
    stage: Stage, vendor: Vendor, relation: str, state: str
) -> None:
    await execute(stage, "UPDATE house_register SET relation = NULL")
    async with stage.client() as browser:
        await with_number_of(ANNA, browser, vendor)
        assert await state_of(await ask(browser, HOME, relation)) == state


async def test_who_left_is_not_let_in_again_by_the_register(stage: Stage, vendor: Vendor) -> None:
    """Neither with the old account, nor by proving the number anew, nor with another account."""
    async with stage.client(owner(RENTER)) as renter, stage.client() as other:
        (home,) = (await renter.get("/bindings")).json()["items"]
        assert (await renter.delete(f"/bindings/{home['id']}")).status_code == 204
        assert await state_of(await ask(renter, RENTED, "TENANT")) == "PENDING"
        await with_number_of(RENTER, other, vendor)
        assert await state_of(await ask(other, RENTED, "TENANT")) == "PENDING"
        for mobile in ("13900007777", RENTER.mobile):
            code = vendor.press_phone_button(RENTER.person, mobile)
            await arrive(renter, vendor, RENTER.person, phone_code=code)
        (again,) = (await renter.get("/bindings")).json()["items"]
    assert again["state"] == "PENDING"


async def test_a_number_changed_before_leaving_is_of_no_use(stage: Stage, vendor: Vendor) -> None:
    async with stage.client() as renter:
        await arrive(
            renter, vendor, RENTER.person,
            phone_code=vendor.press_phone_button(RENTER.person, "13900007777"),
        )  # fmt: skip
        (home,) = (await renter.get("/bindings")).json()["items"]
        await renter.delete(f"/bindings/{home['id']}")
        await with_number_of(RENTER, renter, vendor, RENTER.person)
        assert await state_of(await ask(renter, RENTED, "TENANT")) == "PENDING"


async def test_a_tenancy_that_ended_waits_for_a_desk(stage: Stage) -> None:
    async with stage.client(owner(RENTER)) as renter:
        await execute(stage, "UPDATE house_binding SET until = '2026-03-02'")
        stage.clock.advance(timedelta(days=1))
        await end_tenancies(stage.host.runtime)
    async with stage.client(owner(RENTER)) as renter:
        assert await state_of(await ask(renter, RENTED, "TENANT")) == "PENDING"


async def test_whoever_only_withdrew_a_request_has_not_left(stage: Stage, vendor: Vendor) -> None:
    async with stage.client() as browser:
        await with_number_of(RENTER, browser, vendor)
        wrong = await ask(browser, RENTED, "OWNER")
        await browser.delete(f"/bindings/{wrong.json()['id']}")
        assert await state_of(await ask(browser, RENTED, "TENANT")) == "VERIFIED"
