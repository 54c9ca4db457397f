"""Estates from the directory, and binding owners to their homes (A04)."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from deploy.demo import world
from deploy.simulators.wechat import Vendor
from services.intake.seeds import seed
from shared.contracts.intake import OwnerChanged
from shared.ids import new_id
from tests.intake.people import ANNA, BORIS, GARDEN, RIVER_VIEW, estate_changed, once, owner
from tests.intake.phones import arrive
from tests.stage import Stage

FIRST_FLOOR = GARDEN.house("1", "101")
UPSTAIRS = GARDEN.house("1", "202")


async def test_estates_are_found_by_part_of_their_name(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        found = (await anna.get("/estates", params={"query": "花园"})).json()
        nothing = (await anna.get("/estates", params={"query": "%"})).json()
        whole = (await anna.get(f"/estates/{GARDEN.id}")).json()
        absent = await anna.get(f"/estates/{new_id()}")
    assert [estate["display_name"] for estate in found["items"]] == [GARDEN.name]
    assert nothing["items"] == [], "a wildcard is a letter like any other"
    assert [building["number"] for building in whole["buildings"]] == ["1", "2", "3", "4"]
    assert len(whole["buildings"][0]["houses"]) == 24
    assert (absent.status_code, absent.json()["code"]) == (404, "ESTATE_NOT_FOUND")


async def test_estates_come_in_pages(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        names, cursor = [], None
        while True:
            page = (await anna.get("/estates", params={"limit": 3, "cursor": cursor or ""})).json()
            names += [estate["display_name"] for estate in page["items"]]
            if not (cursor := page["next"]):
                break
    assert sorted(names) == sorted(estate.name for estate in world.ESTATES)


@pytest.mark.parametrize("cursor", ["WyJhIl0=", "WzEsMl0=", "WyJcdTAwMDAiLCJhIl0=", "x"])
async def test_a_foreign_cursor_is_refused(stage: Stage, cursor: str) -> None:
    async with stage.client(owner(ANNA)) as anna:
        refused = await anna.get("/estates", params={"cursor": cursor})
    assert (refused.status_code, refused.json()["code"]) == (422, "CURSOR_INVALID")


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
async def test_the_newest_state_of_an_estate_stays(
    bare_stage: Stage, order: tuple[int, ...]
) -> None:
    """X37: in whatever order; a house that was taken away is gone."""
    smaller = replace(GARDEN, buildings=GARDEN.buildings[:2])
    versions = {
        1: estate_changed(GARDEN, 1),
        2: estate_changed(GARDEN, 2),
        3: estate_changed(smaller, 3),
    }
    await bare_stage.hear(*(versions[number] for number in order))
    async with bare_stage.client(owner(ANNA)) as anna:
        whole = (await anna.get(f"/estates/{GARDEN.id}")).json()
    assert [building["number"] for building in whole["buildings"]] == ["1", "2"]
    await bare_stage.hear(estate_changed(GARDEN, 2))
    async with bare_stage.client(owner(ANNA)) as anna:
        assert (await anna.get(f"/estates/{GARDEN.id}")).json() == whole


async def test_the_register_verifies_a_home_at_once(stage: Stage, vendor: Vendor) -> None:
    """A04: the number WeChat vouches for is the one in the register."""
    phone_code = vendor.press_phone_button("second phone", ANNA.mobile)
    async with stage.client() as browser:
        await arrive(browser, vendor, "second phone", phone_code=phone_code)
        known = await browser.post(
            "/bindings",
            json={"house_id": str(FIRST_FLOOR.id), "relation": "OWNER"},
            headers=once(),
        )
        unknown = await browser.post(
            "/bindings",
            json={"house_id": str(UPSTAIRS.id), "relation": "TENANT"},
            headers=once(),
        )
        listed = (await browser.get("/bindings")).json()["items"]
    assert (known.status_code, known.json()["state"]) == (201, "VERIFIED")
    assert (unknown.status_code, unknown.json()["state"]) == (201, "PENDING")
    assert {binding["id"] for binding in listed} == {known.json()["id"], unknown.json()["id"]}
    assert known.json()["estate_name"] == GARDEN.name
    state = (await stage.said(OwnerChanged))[-1].owner
    assert state.house_ids == (FIRST_FLOOR.id,)
    assert state.estate_ids == (GARDEN.id,)


async def test_a_waiting_binding_is_verified_when_the_number_comes(
    stage: Stage, vendor: Vendor
) -> None:
    async with stage.client() as browser:
        await arrive(browser, vendor, "late")
        body = {"house_id": str(FIRST_FLOOR.id), "relation": "OWNER"}
        waiting = await browser.post("/bindings", json=body, headers=once())
        assert waiting.json()["state"] == "PENDING"
        phone_code = vendor.press_phone_button("late", ANNA.mobile)
        await arrive(browser, vendor, "late", phone_code=phone_code)
        (after,) = (await browser.get("/bindings")).json()["items"]
    assert after["state"] == "VERIFIED"
    assert (await stage.said(OwnerChanged))[-1].owner.house_ids == (FIRST_FLOOR.id,)


async def test_the_same_house_is_bound_once(stage: Stage) -> None:
    body = {"house_id": str(UPSTAIRS.id), "relation": "OWNER"}
    header = once()
    async with stage.client(owner(ANNA)) as anna, stage.client(owner(BORIS)) as boris:
        first = await anna.post("/bindings", json=body, headers=header)
        replay = await anna.post("/bindings", json=body, headers=header)
        again = await anna.post("/bindings", json=body, headers=once())
        others = await boris.post("/bindings", json=body, headers=once())
    assert first.json() == replay.json()
    assert (again.status_code, again.json()["code"]) == (409, "BINDING_EXISTS")
    assert others.status_code == 201


async def test_a_house_that_does_not_exist_cannot_be_bound(stage: Stage) -> None:
    smaller = replace(RIVER_VIEW, buildings=RIVER_VIEW.buildings[:1])
    await stage.hear(estate_changed(smaller, 2))
    async with stage.client(owner(ANNA)) as anna:
        for house_id in (new_id(), RIVER_VIEW.house("2", "301").id):
            body = {"house_id": str(house_id), "relation": "OWNER"}
            refused = await anna.post("/bindings", json=body, headers=once())
            assert (refused.status_code, refused.json()["code"]) == (404, "HOUSE_UNKNOWN")
    assert await stage.count("house_binding", f"owner_id = '{ANNA.id}'") == 1


async def test_seeds_may_be_sown_again(stage: Stage) -> None:
    before = [said.owner.id for said in await stage.said(OwnerChanged)]
    await seed(stage.host.runtime)
    assert [said.owner.id for said in await stage.said(OwnerChanged)] == before
    assert sorted(before) == sorted(person.id for person in world.OWNERS)
    assert await stage.count("house_register") == len(world.HOUSE_REGISTER)
