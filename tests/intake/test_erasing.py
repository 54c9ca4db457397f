"""An account is erased while its owner still files: nothing slips through (facts 2.13)."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from sqlalchemy import text

from deploy.demo import world
from deploy.simulators.wechat import Vendor
from services.intake.complaints.filing.claims import claim
from shared.contracts.intake import ComplaintRedacted
from shared.ids import new_id
from tests.intake.people import ANNA, complaint, once, owner
from tests.stage import Stage
from tests.waiting import until

NUMBER = "13900000001"
SAID = f"楼道灯坏了半个月一直没有人来修理，请回电{NUMBER}"
PLACE = "4栋1单元101室"
SHEET = (
    "INSERT INTO letter_sheet (id, made_by, made_at, expires_at, rows, preview, outcome)"
    " VALUES (:id, :id, now(), now(), '', '{}', CAST(:outcome AS jsonb))"
)
REFUSED = (
    "INSERT INTO refused_order (id, fingerprint, code, detail, body, times, first_at, last_at)"
    " VALUES (:id, 'x', 'X', '', '', 1, now(), now())"
)


async def leave(client: httpx.AsyncClient, vendor: Vendor, person: world.Owner) -> httpx.Response:
    return await client.post("/me/erasure", json={"js_code": vendor.log_in(person.person)})


async def waits_for_a_lock(stage: Stage) -> bool:
    async with stage.host.runtime.database.transaction() as session:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        return bool((await session.execute(text(waiting))).scalar())


async def test_an_erasure_waits_for_what_is_being_filed(
    stage: Stage, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch stands still after it has looked at the account."""
    looked, go_on = asyncio.Event(), asyncio.Event()

    async def paused(*arguments: object) -> object:
        looked.set()
        await go_on.wait()
        return await claim(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("services.intake.complaints.filing.desk.claim", paused)
    body = complaint(text=SAID, place=PLACE)
    async with stage.client(owner(ANNA)) as anna, stage.client(owner(ANNA)) as again:
        filing = asyncio.create_task(anna.post("/complaints", json=body, headers=once()))
        await looked.wait()
        leaving = asyncio.create_task(leave(again, vendor, ANNA))
        await until(lambda: waits_for_a_lock(stage))
        go_on.set()
        assert (await filing).status_code == 201
        assert (await leaving).status_code == 200, (await leaving).text
    kept = "house_id IS NULL AND place IS NULL AND text LIKE '%139****0001%'"
    assert await stage.count("complaint") == await stage.count("complaint", kept) == 1
    (event,) = await stage.said(ComplaintRedacted)
    assert event.complaint.house_id is None


async def test_whoever_files_meanwhile_finds_the_account_closed(
    stage: Stage, vendor: Vendor
) -> None:
    async with stage.client(owner(ANNA)) as anna:
        async with stage.host.runtime.database.transaction() as session:
            closing = "UPDATE owner SET active = false WHERE id = :id"
            await session.execute(text(closing), {"id": ANNA.id})
            filing = asyncio.create_task(anna.post("/complaints", json=complaint(), headers=once()))
            await until(lambda: waits_for_a_lock(stage))
        refused = await filing
    assert (refused.status_code, refused.json()["code"]) == (403, "ACCOUNT_CLOSED")
    assert await stage.count("complaint") == 0


async def test_sheets_of_letters_that_name_a_complaint_go_with_it(
    stage: Stage, vendor: Vendor
) -> None:
    """Other sheets stay, and so does a refused order: it became no complaint."""
    async with stage.client(owner(ANNA)) as anna:
        filed = (await anna.post("/complaints", json=complaint(), headers=once())).json()["id"]
        async with stage.host.runtime.database.transaction() as session:
            for named in (filed, str(new_id())):
                outcome = json.dumps([{"row": 2, "complaint_id": named}])
                await session.execute(text(SHEET), {"id": new_id(), "outcome": outcome})
            await session.execute(text(REFUSED), {"id": new_id()})
        assert (await leave(anna, vendor, ANNA)).status_code == 200
    assert await stage.count("letter_sheet") == 1
    assert await stage.count("letter_sheet", f"CAST(outcome AS text) LIKE '%{filed}%'") == 0
    assert await stage.count("refused_order") == 1
