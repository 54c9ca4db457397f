"""docs/integration/open-data.md is as survey answers everybody, once a bulletin is published."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from deploy.demo.stories import Stage
from shared.identity import End, Role
from tests.documents.playing import Player
from tests.house.callers import bearer
from tests.samples import named, staff

DRAFTER = staff(named("drafter"), End.CENTRE, Role.DISPATCHER, divisions=("4212",))
QUARTER = {"kind": "BULLETIN", "period": "2026-Q1", "division": "4212"}
APRIL = datetime.fromisoformat("2026-04-10T09:00:00+08:00")


async def published(hub: Stage) -> None:
    """The first quarter's bulletin, drafted by one person and published by another."""
    await hub.system.move_to(APRIL)
    headers = {"Idempotency-Key": str(uuid4()), **bearer(DRAFTER, hub.system.clock)}
    answer = await hub.client.post("/survey/bulletins", json=QUARTER, headers=headers)
    drafted = answer.raise_for_status().json()
    chief = hub.staff("zhongzhi.shi")
    address = f"/survey/bulletins/{drafted['id']}"
    await chief.post(f"{address}/approval", {"version": drafted["version"]})
    await chief.post(f"{address}/publication", {})


async def test_open_data(hub: Stage) -> None:
    """D10, D11: what the page promises to whoever reads without a token."""
    await published(hub)
    assert await Player(hub, {}).play("open-data.md") == 6
