"""Homes by a desk's word and by invitation, and leaving them (A04, A13, X40)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from deploy.demo import world
from deploy.simulators.wechat import Vendor
from services.intake.houses.domain.binding import (
    TRANSITIONS,
    BindingAction,
    BindingForbidden,
    BindingState,
    advance,
)
from services.intake.houses.lapsing import end_tenancies
from shared.contracts.directory import EstateContract
from shared.contracts.intake import OwnerChanged, OwnerHomesChanged
from shared.identity import Actor, End, Role, Scope
from shared.ids import new_id
from tests.intake.people import ANNA, BORIS, GARDEN, complaint, estate_changed, once, owner
from tests.intake.phones import arrive
from tests.samples import staff
from tests.stage import START, Stage

UPSTAIRS = GARDEN.house("1", "202")
HOME = ANNA.homes[0].house
COMPANY, FORMER = new_id(), new_id()
GRID = GARDEN.buildings[0].coverage[0].grid_code


@pytest.fixture
async def served(stage: Stage) -> Stage:
    """GARDEN has a company today, and had another until yesterday."""
    today = START.date()
    event = estate_changed(GARDEN, 2)
    contracts = (
        EstateContract(
            company_id=FORMER,
            valid_from=today - timedelta(days=900),
            valid_to=today - timedelta(days=1),
        ),
        EstateContract(company_id=COMPANY, valid_from=today, valid_to=None),
    )
    state = event.estate.model_copy(update={"contracts": contracts})
    await stage.hear(event.model_copy(update={"estate": state}))
    return stage


def office(company: UUID, **changes: Any) -> Actor:
    scope = {"organisation_id": company, "estates": frozenset({GARDEN.id})} | changes
    return _desk(End.PROPERTY, Role.SITE_OFFICE, **scope)


def _desk(end: End, role: Role, **scope: Any) -> Actor:
    person = staff(new_id(), end, role)
    return replace(
        person,
        organisation_id=scope.pop("organisation_id", new_id()),
        interests=scope.pop("interests", frozenset()),
        scope=Scope(**scope),
    )


WORKER = _desk(End.COMMUNITY, Role.GRID_WORKER, grids=frozenset({GRID}))
LEADER = _desk(End.GRID, Role.GRID_LEADER, divisions=(GRID[:12],))
STRANGERS = {
    "another company": office(new_id()),
    "the company of yesterday": office(FORMER),
    "another estate": office(COMPANY, estates=frozenset({new_id()})),
    "another grid": _desk(End.COMMUNITY, Role.GRID_WORKER, grids=frozenset({"429999999999001"})),
    "another community": _desk(End.GRID, Role.GRID_LEADER, divisions=("429999999999",)),
}


async def asked(stage: Stage, person: world.Owner = BORIS) -> str:
    """The id of a request that waits."""
    body = {"house_id": str(UPSTAIRS.id), "relation": "OWNER", "name": "演示住户"}
    async with stage.client(owner(person)) as browser:
        answer = await browser.post("/bindings", json=body, headers=once())
    assert answer.json()["state"] == "PENDING", answer.text
    return str(answer.json()["id"])


async def decide(desk: httpx.AsyncClient, binding_id: str, **decision: Any) -> httpx.Response:
    address = f"/binding-requests/{binding_id}/decision"
    return await desk.post(address, json=decision, headers=once())


@pytest.mark.parametrize(
    ("desk", "voucher"),
    [(office(COMPANY), "COMPANY"), (WORKER, "COMMUNITY"), (LEADER, "COMMUNITY")],
    ids=["company", "grid worker", "grid leader"],
)
async def test_a_desk_in_charge_approves(served: Stage, desk: Actor, voucher: str) -> None:
    """A04: it sees a masked name and number; afterwards the owner may complain there."""
    binding_id = await asked(served)
    async with served.client(desk) as browser:
        (waiting,) = (await browser.get("/binding-requests")).json()["items"]
        approved = await decide(browser, binding_id, approved=True)
        again = await decide(browser, binding_id, approved=True)
        left = (await browser.get("/binding-requests")).json()["items"]
    assert waiting["id"] == binding_id
    assert (waiting["masked_name"], waiting["masked_mobile"][3:7]) == ("演**", "****")
    assert "演示住户" not in str(waiting)
    assert (approved.status_code, approved.json()["state"]) == (201, "VERIFIED")
    assert (again.status_code, again.json()["code"]) == (409, "BINDING_STATE_FORBIDS")
    assert left == []
    async with served.client(owner(BORIS)) as boris:
        bindings = (await boris.get("/bindings")).json()["items"]
    (mine,) = (each for each in bindings if each["id"] == binding_id)
    assert (mine["state"], mine["verified_by"]) == ("VERIFIED", voucher)
    assert UPSTAIRS.id in (await served.said(OwnerChanged))[-1].owner.house_ids


async def test_survey_hears_as_what_somebody_lives_there(served: Stage) -> None:
    """E29, E30: only what is verified, with its relation, in the version of the account."""
    binding_id = await asked(served)
    homes = (await served.said(OwnerHomesChanged))[-1].owner
    assert UPSTAIRS.id not in {each.house_id for each in homes.homes}
    async with served.client(office(COMPANY)) as browser:
        await decide(browser, binding_id, approved=True)
    told = (await served.said(OwnerHomesChanged))[-1].owner
    (home,) = (each for each in told.homes if each.house_id == UPSTAIRS.id)
    assert (told.id, home.estate_id, home.relation) == (BORIS.id, GARDEN.id, "OWNER")
    assert told.version == (await served.said(OwnerChanged))[-1].owner.version > homes.version


async def test_a_refusal_says_why_and_one_may_ask_again(served: Stage) -> None:
    binding_id = await asked(served)
    async with served.client(office(COMPANY)) as desk:
        silent = await decide(desk, binding_id, approved=False)
        refused = await decide(desk, binding_id, approved=False, reason="登记簿上没有此人")
    assert silent.status_code == 422
    assert refused.json()["state"] == "REFUSED"
    async with served.client(owner(BORIS)) as boris:
        bindings = (await boris.get("/bindings")).json()["items"]
        assert "登记簿上没有此人" in [each["reason"] for each in bindings]
    assert await served.count("house_binding", "reason LIKE '%登记簿%'") == 0
    assert await asked(served) == binding_id


@pytest.mark.parametrize("who", STRANGERS)
async def test_to_other_organisations_it_does_not_exist(served: Stage, who: str) -> None:
    """X40: nor to the company whose contract ended yesterday."""
    binding_id = await asked(served)
    async with served.client(STRANGERS[who]) as desk:
        assert (await desk.get("/binding-requests")).json()["items"] == []
        refused = await decide(desk, binding_id, approved=True)
    assert (refused.status_code, refused.json()["code"]) == (404, "BINDING_NOT_FOUND")


async def test_other_ends_do_not_decide_and_nobody_about_the_own_home(served: Stage) -> None:
    """A13."""
    binding_id = await asked(served)
    court = _desk(End.COURT, Role.COURT_CLERK)
    for actor in (court, owner(BORIS)):
        async with served.client(actor) as browser:
            refused = await decide(browser, binding_id, approved=True)
            assert (refused.status_code, refused.json()["code"]) == (403, "HOME_DESKS_ONLY")
    neighbour = office(COMPANY, interests=frozenset({UPSTAIRS.id}))
    async with served.client(neighbour) as desk:
        own = await decide(desk, binding_id, approved=True)
    assert (own.status_code, own.json()["code"]) == (403, "OWN_HOUSEHOLD")


async def invited(browser: httpx.AsyncClient, **wish: Any) -> str:
    """A code for the home of ANNA."""
    address = f"/houses/{HOME.id}/invitations"
    made = await browser.post(address, json={"relation": "FAMILY"} | wish, headers=once())
    assert made.status_code == 201, made.text
    issued = await browser.post(f"/home-invitations/{made.json()['id']}/code")
    return str(issued.json()["code"])


async def come_in(browser: httpx.AsyncClient, code: str) -> httpx.Response:
    return await browser.post("/bindings/invited", json={"code": code}, headers=once())


async def test_a_verified_owner_lets_family_in_and_go(stage: Stage, vendor: Vendor) -> None:
    """A04: the code works once; the guest may complain there, until let go."""
    async with stage.client(owner(ANNA)) as anna, stage.client() as guest, stage.client() as third:
        await arrive(guest, vendor, "grandmother")
        await arrive(third, vendor, "third")
        code = await invited(anna)
        inside = await come_in(guest, code.lower())
        twice = await come_in(third, code)
        assert (inside.status_code, inside.json()["verified_by"]) == (201, "INVITATION")
        assert (twice.status_code, twice.json()["code"]) == (404, "HOME_INVITATION_REFUSED")
        at_home = (await anna.get(f"/houses/{HOME.id}/residents")).json()
        (resident,) = [each for each in at_home if each["invited_by_me"]]
        assert resident["relation"] == "FAMILY"
        theirs = await third.delete(f"/bindings/{resident['binding_id']}")
        assert (theirs.status_code, theirs.json()["code"]) == (404, "BINDING_NOT_FOUND")
        assert (await anna.delete(f"/bindings/{resident['binding_id']}")).status_code == 204
        assert (await guest.get("/bindings")).json()["items"][0]["state"] == "ENDED"
        assert (await guest.get("/me")).json()["house_ids"] == []
        again = await anna.delete(f"/bindings/{resident['binding_id']}")
        assert again.json()["code"] == "BINDING_STATE_FORBIDS"


async def test_only_a_verified_owner_of_the_home_invites(stage: Stage, vendor: Vendor) -> None:
    address = f"/houses/{HOME.id}/invitations"
    body = {"relation": "FAMILY"}
    async with stage.client(owner(BORIS)) as boris, stage.client(owner(ANNA)) as anna:
        stranger = await boris.post(address, json=body, headers=once())
        async with stage.client() as guest:
            await arrive(guest, vendor, "guest")
            await come_in(guest, await invited(anna))
            family = await guest.post(address, json=body, headers=once())
        owner_again = await anna.post(address, json={"relation": "OWNER"}, headers=once())
        past = {"relation": "TENANT", "until": "2026-03-01"}
        over = await anna.post(address, json=past, headers=once())
    for refused in (stranger, family):
        assert (refused.status_code, refused.json()["code"]) == (403, "HOUSEHOLDERS_ONLY")
    assert owner_again.json()["code"] == "RELATION_NOT_INVITABLE"
    assert over.json()["code"] == "TENANCY_OVER"


async def test_a_code_expires_is_replaced_and_withdrawn(stage: Stage, vendor: Vendor) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as guest:
        await arrive(guest, vendor, "guest")
        made = await anna.post(
            f"/houses/{HOME.id}/invitations", json={"relation": "FAMILY"}, headers=once()
        )
        address = f"/home-invitations/{made.json()['id']}"
        first, second = [(await anna.post(f"{address}/code")).json()["code"] for _ in range(2)]
        assert (await come_in(guest, first)).status_code == 404
        async with stage.client(owner(BORIS)) as boris:
            assert (await boris.delete(address)).status_code == 404
        assert (await anna.delete(address)).status_code == 204
        assert (await come_in(guest, second)).status_code == 404
        third = await invited(anna)
        stage.clock.advance(timedelta(hours=24))
        await arrive(guest, vendor, "guest")
        assert (await come_in(guest, third)).status_code == 404


async def test_codes_cannot_be_tried_out(stage: Stage, vendor: Vendor) -> None:
    async with stage.client() as guest:
        await arrive(guest, vendor, "guest")
        answers = [await come_in(guest, "AAAAAAAAAA") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]
    assert answers[-1].json()["code"] == "HOME_INVITATION_GUESSED_AT"


async def test_a_tenancy_ends_with_its_last_day(stage: Stage, vendor: Vendor) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as tenant:
        await arrive(tenant, vendor, "tenant")
        await come_in(tenant, await invited(anna, relation="TENANT", until="2026-03-03"))
        for days, state in ((1, "VERIFIED"), (1, "ENDED")):
            stage.clock.advance(timedelta(days=days))
            await end_tenancies(stage.host.runtime)
            await arrive(tenant, vendor, "tenant")
            assert (await tenant.get("/bindings")).json()["items"][0]["state"] == state


async def test_who_moves_out_takes_along_whom_they_let_in(stage: Stage, vendor: Vendor) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as guest:
        await arrive(guest, vendor, "guest")
        await come_in(guest, await invited(anna))
        unused = await invited(anna)
        (home,) = (await anna.get("/bindings")).json()["items"]
        assert (await anna.delete(f"/bindings/{home['id']}")).status_code == 204
        assert (await guest.get("/bindings")).json()["items"][0]["state"] == "ENDED"
        assert (await come_in(guest, unused)).status_code == 404
        refused = await anna.post("/complaints", json=complaint(), headers=once())
        assert refused.json()["code"] == "HOUSE_BINDING_REQUIRED"


@pytest.mark.parametrize("state", list(BindingState))
@pytest.mark.parametrize("action", list(BindingAction))
def test_bindings_move_by_the_table_alone(state: BindingState, action: BindingAction) -> None:
    if action in TRANSITIONS[state]:
        assert advance(state, action) is TRANSITIONS[state][action]
        return
    with pytest.raises(BindingForbidden):
        advance(state, action)
