"""A visit that nobody answered, its number told, and the people who may call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from shared.clock import BEIJING
from shared.contracts.intake import ReporterNumber, ReporterNumberTold
from shared.contracts.survey import VisitCallingBegan
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPLAINT, DIVISION, STREET, named, staff
from tests.stage import Stage
from tests.survey.test_visits import feedback, once, submitted

GRID = "421202001001001"
NUMBER = "139" + "00000006"
MORNING = datetime(2026, 3, 6, 10, 0, tzinfo=BEIJING)  # CK-12 ended at midnight
DAY = timedelta(days=1)

CALLER = replace(
    staff(named("second grid worker"), End.GRID, Role.GRID_WORKER),
    scope=Scope(grids=frozenset({GRID})),
)
LEADER = staff(named("grid leader"), End.GRID, Role.GRID_LEADER, divisions=(GRID[:12],))
CENTRE = staff(named("dispatcher"), End.CENTRE, Role.DISPATCHER, STREET, (DIVISION,))
COUNTY = staff(named("county dispatcher"), End.CENTRE, Role.DISPATCHER, divisions=(DIVISION[:6],))

GOOD = {"solved": "YES", "result_level": 4, "process_level": 4}
BAD = {"solved": "NO", "result_level": 1, "process_level": 2, "reasons": ["CAME_BACK"]}


async def silent_visit(stage: Stage, **case: Any) -> UUID:
    """The owner was asked and let CK-12 pass; it is the morning after."""
    await stage.hear(submitted())
    await stage.hear(feedback(**case))
    stage.clock.move_to(MORNING)
    await stage.sweep()
    (began,) = await stage.said(VisitCallingBegan)
    return began.visit.id


async def visit_to_call(stage: Stage, **case: Any) -> UUID:
    visit_id = await silent_visit(stage, **case)
    await tell_number(stage, visit_id)
    return visit_id


async def tell_number(stage: Stage, visit_id: UUID, number: str | None = NUMBER) -> None:
    await stage.hear(number_told(stage, visit_id, number))


def number_told(stage: Stage, visit_id: UUID, number: str | None) -> ReporterNumberTold:
    sealer = stage.host.runtime.sealer
    sealed = number and sealer.seal(number, audience="survey", subject=f"{visit_id}/mobile")
    told = ReporterNumber(id=COMPLAINT, version=4, visit_id=visit_id, mobile=sealed or None)
    return ReporterNumberTold(reporter=told)


async def call(
    stage: Stage, visit_id: UUID, verb: str, actor: Actor = CALLER, method: str = "POST"
) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.request(method, f"/calls/{visit_id}/{verb}")


async def attempt(
    stage: Stage, visit_id: UUID, outcome: str, actor: Actor = CALLER, **report: Any
) -> httpx.Response:
    """What was said of a call made now, after nothing else was done."""
    body: Mapping[str, Any] = {
        "outcome": outcome,
        "called_at": stage.clock.now().isoformat(),
        "seconds": 0,
    } | report
    async with stage.client(actor) as client:
        return await client.post(f"/calls/{visit_id}/attempts", json=body, headers=once())


async def called(
    stage: Stage, visit_id: UUID, outcome: str, actor: Actor = CALLER, **report: Any
) -> httpx.Response:
    """Claimed, the number looked at, and tried."""
    for verb in ("claim", "number"):
        answer = await call(stage, visit_id, verb, actor)
        assert answer.status_code == 200, answer.text
    return await attempt(stage, visit_id, outcome, actor, **report)


async def called_in_vain(stage: Stage, visit_id: UUID, days: int) -> None:
    for _ in range(days):
        answer = await called(stage, visit_id, "NOT_REACHED")
        assert answer.status_code == 201, answer.text
        stage.clock.advance(DAY)


async def listed(stage: Stage, actor: Actor = CALLER, **query: Any) -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        answer = await client.get("/calls", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
