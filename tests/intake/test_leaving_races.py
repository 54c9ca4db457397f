"""Coming into a home and its owner leaving it at the same moment (A04)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from deploy.simulators.wechat import Vendor
from services.intake.houses.commands import Errand, let_go
from services.intake.houses.inviting import accept
from services.intake.houses.lapsing import end_tenancies
from services.intake.houses.tables import Binding
from services.intake.owners.announcing import owner_as_actor
from services.intake.owners.queries import own_account
from tests.intake.people import ANNA, once, owner
from tests.intake.phones import arrive
from tests.intake.test_filing_once import someone_waits
from tests.intake.test_homes import invited
from tests.stage import Stage
from tests.waiting import until


@asynccontextmanager
async def paused(stage: Stage, who: UUID) -> AsyncIterator[Errand]:
    """What is done with the errand is committed when the block ends."""
    runtime = stage.host.runtime
    async with runtime.database.transaction() as session:
        yield Errand(session, runtime, owner_as_actor(who), stage.clock.now())


async def until_it_waits(stage: Stage, task: asyncio.Task[Any]) -> None:
    async def waits_or_is_done() -> bool:
        return task.done() or await someone_waits(stage)

    await until(waits_or_is_done)


async def test_who_comes_in_while_the_owner_leaves_leaves_too(stage: Stage, vendor: Vendor) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as guest:
        await arrive(guest, vendor, "guest")
        code = await invited(anna)
        (home,) = (await anna.get("/bindings")).json()["items"]
        guest_id = UUID((await guest.get("/me")).json()["id"])
        async with paused(stage, guest_id) as errand:
            account = await own_account(errand.session, guest_id, lock=True)
            await accept(errand, account, code)
            await errand.session.flush()
            leaving = asyncio.create_task(anna.delete(f"/bindings/{home['id']}"))
            await until_it_waits(stage, leaving)
        assert (await leaving).status_code == 204
        assert (await guest.get("/bindings")).json()["items"][0]["state"] == "ENDED"
        assert (await guest.get("/me")).json()["house_ids"] == []


async def test_nobody_comes_in_once_the_owner_is_leaving(stage: Stage, vendor: Vendor) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as guest:
        await arrive(guest, vendor, "guest")
        code = await invited(anna)
        (home,) = (await anna.get("/bindings")).json()["items"]
        async with paused(stage, ANNA.id) as errand:
            await let_go(errand, await errand.session.get_one(Binding, UUID(home["id"])))
            body = {"code": code}
            entering = asyncio.create_task(
                guest.post("/bindings/invited", json=body, headers=once())
            )
            await until_it_waits(stage, entering)
        refused = await entering
        assert (refused.status_code, refused.json()["code"]) == (404, "HOME_INVITATION_REFUSED")
        assert (await guest.get("/bindings")).json()["items"] == []


async def test_a_tenancy_made_longer_meanwhile_does_not_end(stage: Stage, vendor: Vendor) -> None:
    """What was over when the round began is looked at again under the lock."""
    longer = text("UPDATE house_binding SET until = '2027-03-01' WHERE until IS NOT NULL")
    async with stage.client(owner(ANNA)) as anna, stage.client() as tenant:
        await arrive(tenant, vendor, "tenant")
        code = await invited(anna, relation="TENANT", until="2026-03-02")
        await tenant.post("/bindings/invited", json={"code": code}, headers=once())
        stage.clock.advance(timedelta(days=1))
        async with paused(stage, ANNA.id) as errand:
            await errand.session.execute(longer)
            ending = asyncio.create_task(end_tenancies(stage.host.runtime))
            await until_it_waits(stage, ending)
        await ending
        await arrive(tenant, vendor, "tenant")
        assert (await tenant.get("/bindings")).json()["items"][0]["state"] == "VERIFIED"
