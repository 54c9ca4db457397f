"""Who may file in person, and how much (A04, X31, X41, X42): told, never silently dropped."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import httpx
from sqlalchemy import text

from deploy.demo import world
from services.intake.complaints.forgetting import forget_tallies
from shared.hosting import mounted
from shared.ids import new_id
from tests.intake.people import ANNA, BORIS, GARDEN, complaint, hotline, lives_in, once, owner
from tests.intake.test_hotline import order
from tests.stage import ORIGIN, Stage

NEIGHBOURS = [person for person in world.OWNERS if lives_in(person, GARDEN)]
SHARED_HOME = [NEIGHBOURS[0], NEIGHBOURS[-1]]  # 1-101: owner and family


async def execute(stage: Stage, statement: str) -> None:
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text(statement))


async def file(client: httpx.AsyncClient, **changes: object) -> httpx.Response:
    return await client.post("/complaints", json=complaint(**changes), headers=once())


def client_from(stage: Stage, address: str) -> httpx.AsyncClient:
    """The browser of ANNA at a network address."""
    transport = httpx.ASGITransport(mounted(stage.host), client=(address, 40_000))
    headers = stage.client(owner(ANNA)).headers
    return httpx.AsyncClient(transport=transport, base_url=f"{ORIGIN}/intake", headers=headers)


async def test_an_account_files_twenty_a_day_and_is_told_when_it_goes_on(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client(owner(BORIS)) as boris:
        first = await asyncio.gather(*(file(anna) for _ in range(21)))
        again = await file(anna)
        neighbour = await file(boris)
    assert sorted(answer.status_code for answer in first) == [201] * 20 + [429]
    assert (again.status_code, again.json()["code"]) == (429, "FILING_LIMIT_REACHED")
    assert again.json()["counted"] == "ACCOUNT"
    assert again.json()["again_from"] == "2026-03-03T09:00:00+08:00"
    assert neighbour.status_code == 201
    assert await stage.count("complaint") == 21


async def test_the_limit_ends_with_its_window(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        await asyncio.gather(*(file(anna) for _ in range(20)))
    stage.clock.advance(timedelta(hours=24))
    async with stage.client(owner(ANNA)) as anna:
        assert (await file(anna)).status_code == 201


async def test_danger_has_a_limit_of_its_own(stage: Stage) -> None:
    """X31: whoever is trapped is heard; a flood is not, and is told whom to call."""
    async with stage.client(owner(ANNA)) as anna:
        await asyncio.gather(*(file(anna) for _ in range(20)))
        assert (await file(anna)).status_code == 429
        cries = await asyncio.gather(*(file(anna, text="电梯困人") for _ in range(21)))
        refused = await file(anna, text="电梯困人")
    assert sorted(answer.status_code for answer in cries) == [201] * 20 + [429]
    assert (refused.status_code, refused.json()["code"]) == (429, "FILING_LIMIT_REACHED")
    assert "119" in refused.json()["call"]
    assert refused.json()["again_from"] == "2026-03-02T10:00:00+08:00"
    stage.clock.advance(timedelta(hours=1))
    async with stage.client(owner(ANNA)) as anna:
        assert (await file(anna, text="电梯困人")).status_code == 201


async def test_one_connection_of_ipv6_is_counted_once_and_forgotten_later(stage: Stage) -> None:
    """T01: it has 2**64 addresses; its count is kept no longer than the window."""
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2"):
        async with client_from(stage, address) as anna:
            assert (await file(anna)).status_code == 201
    assert await stage.count("filing_tally", "times = 2") == 1
    await forget_tallies(stage.host.runtime)
    assert await stage.count("filing_tally") == 1
    stage.clock.advance(timedelta(hours=2))
    await forget_tallies(stage.host.runtime)
    assert await stage.count("filing_tally") == 0


async def test_a_replay_is_answered_whatever_the_limit_says(stage: Stage) -> None:
    header = once()
    async with stage.client(owner(ANNA)) as anna:
        first = await anna.post("/complaints", json=complaint(), headers=header)
        await asyncio.gather(*(file(anna) for _ in range(20)))
        replay = await anna.post("/complaints", json=complaint(), headers=header)
    assert (replay.status_code, replay.content) == (201, first.content)


async def test_one_home_has_a_limit_of_its_own(stage: Stage) -> None:
    """Two people of one household: 20 + 20, then neither; another home is not touched."""
    house = str(ANNA.homes[0].house.id)
    await execute(stage, f"UPDATE complaint SET house_id = '{house}'")
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(stage.client(owner(p))) for p in SHARED_HOME]
        await asyncio.gather(*(file(each) for each in people * 20))
        await execute(stage, f"UPDATE complaint SET owner_id = '{new_id()}'")
        refused = await file(people[0])
        neighbour = await stack.enter_async_context(stage.client(owner(BORIS)))
        assert (await file(neighbour)).status_code == 201
    assert (refused.status_code, refused.json()["counted"]) == (429, "HOME")


async def test_one_network_address_has_a_generous_limit(stage: Stage) -> None:
    """Counted by a keyed hash within the hour; the address itself is nowhere."""
    async with stage.client(owner(ANNA)) as anna:
        assert (await file(anna)).status_code == 201
        assert (
            await stage.count("filing_tally", "times = 1 AND address NOT LIKE '%127.0.0.1%'") == 1
        )
        await execute(stage, "UPDATE filing_tally SET times = 300")
        refused = await file(anna)
        assert (refused.status_code, refused.json()["counted"]) == (429, "ADDRESS")
    stage.clock.advance(timedelta(hours=1))
    async with stage.client(owner(ANNA)) as anna:
        assert (await file(anna)).status_code == 201


async def test_the_hotline_is_not_limited(stage: Stage) -> None:
    """B03: what the hotline took is never refused for its number."""
    async with stage.client(hotline()) as adapter:
        for number in range(25):
            body = order(order_number=f"XN12345-{number:04}", reporter_mobile=ANNA.mobile)
            assert (await adapter.post("/hotline/orders", json=body)).status_code == 201


async def test_without_consent_to_the_notice_in_force_nothing_is_filed(stage: Stage) -> None:
    """A04, facts 2.13: an older notice is not enough; a neighbour who agreed files."""
    await execute(stage, f"UPDATE owner SET privacy_version = '2024-01' WHERE id = '{ANNA.id}'")
    async with stage.client(owner(ANNA)) as anna, stage.client(owner(BORIS)) as boris:
        refused = await file(anna)
        assert (await file(boris)).status_code == 201
    assert (refused.status_code, refused.json()["code"]) == (403, "CONSENT_REQUIRED")
    assert refused.json()["version"] == "2025-07"


async def test_under_fourteen_a_guardian_is_needed(stage: Stage) -> None:
    """X41."""
    await execute(stage, f"UPDATE owner SET guardian_missing = true WHERE id = '{ANNA.id}'")
    async with stage.client(owner(ANNA)) as anna:
        refused = await file(anna)
    assert (refused.status_code, refused.json()["code"]) == (403, "GUARDIAN_REQUIRED")
    assert await stage.count("complaint") == 0


async def test_a_visitor_reports_danger_without_a_home(stage: Stage) -> None:
    """X42, A04: FR01 is taken, a fee dispute is not; without visitor mode a home is asked for."""
    stranger = next(person for person in world.OWNERS if not lives_in(person, GARDEN))
    async with stage.client(owner(stranger)) as visitor:
        unbound = await file(visitor, category="FR01")
        taken = await file(visitor, category="FR01", visitor=True)
        cry = await file(visitor, text="电梯困人", visitor=True)
        fees = await file(visitor, category="PF01", visitor=True)
        unsaid = await file(visitor, visitor=True)
    assert unbound.json()["code"] == "HOUSE_BINDING_REQUIRED"
    assert [taken.status_code, cry.status_code] == [201, 201]
    assert {fees.json()["code"], unsaid.json()["code"]} == {"NOT_FOR_VISITORS"}
    assert "FR01" in fees.json()["categories"]
    assert await stage.count("complaint", "visitor AND house_id IS NULL") == 2
