"""A company that reports its fees over HTTP, and those who read the reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.surveys.pollster import MANAGER, STREET, STREET_CODE, estate, once

APRIL = datetime.fromisoformat("2026-04-10T09:00:00+08:00")
COUNTY_CODE = STREET_CODE[:6]
HOUSING = staff(
    named("housing"), End.DEPARTMENT, Role.HOUSING_OFFICER, named("bureau"), (COUNTY_CODE,)
)
FAR_STREET = replace(STREET, scope=Scope(divisions=("421202001",)))
OTHER_COMPANY = named("another company")
OTHER_MANAGER = replace(
    MANAGER,
    id=named("other manager"),
    organisation_id=OTHER_COMPANY,
    interests=frozenset({OTHER_COMPANY}),
)
PARTIAL_STREET = replace(STREET, interests=frozenset({COMPANY}))


@dataclass(frozen=True)
class Cashier:
    """In April, of the first quarter, unless said otherwise."""

    stage: Stage

    async def ready(self) -> Cashier:
        await self.stage.hear(estate())
        self.stage.clock.move_to(APRIL)
        return self

    async def report(
        self,
        due: int = 1_000_000_00,
        received: int = 850_000_00,
        *,
        actor: Actor = MANAGER,
        period: str = "2026-Q1",
        estate_id: UUID = ESTATE,
    ) -> httpx.Response:
        body = {
            "estate_id": str(estate_id),
            "period": period,
            "due_fen": due,
            "received_fen": received,
        }
        async with self.stage.client(actor) as client:
            return await client.post("/fee-reports", json=body, headers=once())

    async def correct(
        self, report_id: str, *, actor: Actor = MANAGER, **changes: Any
    ) -> httpx.Response:
        body = {"replaces": 1, "due_fen": 100, "received_fen": 90, "reason": "漏记一笔"} | changes
        async with self.stage.client(actor) as client:
            return await client.post(
                f"/fee-reports/{report_id}/corrections", json=body, headers=once()
            )

    async def get(self, path: str = "", *, actor: Actor = STREET, **query: Any) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.get(f"/fee-reports{path}", params=query)
