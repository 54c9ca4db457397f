"""How an order of the hotline is handled, for whoever waits for the reply."""

from __future__ import annotations

from typing import Any

import httpx

from deploy.demo.stories import Stage

DISPATCHER, WORKER, LEADER = "zhongzhi.wenquan", "wangge.wenquan1", "wanggezhang.wenquan"
REPLY = "楼道垃圾已清运，物业已安排每日巡查。"


async def case_of(stage: Stage, order_number: str) -> str:
    """The case behind an order, by the number that the complaint has in it."""
    found = await stage.hotline().get(f"/intake/hotline/orders/{order_number}/reply")
    pool = await stage.system.hosts["intake"].runtime.database.pool()
    number = found["complaint_number"]
    return str(await pool.fetchval("SELECT case_id FROM complaint WHERE number = $1", number))


async def handle(stage: Stage, order_number: str) -> str:
    """Dispatched, signed for, done, reviewed: the feedback is given."""
    address = f"/routing/cases/{await case_of(stage, order_number)}"
    await stage.staff(DISPATCHER).post(f"{address}/dispatch")
    await solve(stage, address)
    return address


async def solve(stage: Stage, address: str) -> None:
    """By the worker of the grid, judged by its leader."""
    await stage.staff(WORKER).post(f"{address}/signature")
    result = {"result_code": "SOLVED", "text": "已清运", "proofs": ["照片1"]}
    await stage.staff(WORKER).post(f"{address}/result", result)
    review = {"decision": "APPROVE", "reply": REPLY}
    await stage.staff(LEADER).post(f"{address}/review", review)
    await stage.settled()


async def replies(client: httpx.AsyncClient, order_number: str) -> list[Any]:
    query = {"order_number": order_number}
    answer = await client.get("/simulators/hotline/_control/replies", params=query)
    found: list[Any] = answer.raise_for_status().json()
    return found
