"""From the owner's POST to the grid worker's list, through the real services and RabbitMQ.

A complaint of a SMALL category is dispatched by map, without anybody's doing. It counts as visible
at the commit that makes GET /routing/cases list it, which routing's database is asked for every
half millisecond; at the end the grid worker's list itself is compared. The time begins before
the POST, so it contains the filing as well.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID, uuid4

import asyncpg
import httpx

from bench.processes import answers, running
from bench.world import SERVICES, World
from deploy.demo import world as demo
from deploy.demo.callers import staff

PER_SECOND = 20
WARM_UP = 20  # complaints
ACCOUNT = "wangge.wenquan1"
CATEGORY = "NS01"  # SMALL: to the community's grid worker (T10)
TEXT = "楼上晚上十点以后还在拖动桌椅，持续半个多月，希望上门沟通。"
LOOK_AGAIN = 0.0005  # seconds
PAGE = 100
PATIENCE = 30  # seconds

VISIBLE = """
    SELECT EXISTS (SELECT 1 FROM case_complaint
                   JOIN assignment USING (case_id) WHERE complaint_id = $1)
"""


@dataclass
class Latency:
    """`seconds` of each complaint, in the order of their arrival."""

    world: World
    client: httpx.AsyncClient
    routing: asyncpg.Pool
    seconds: list[float] = field(default_factory=list)
    filed: list[UUID] = field(default_factory=list)

    async def measure(self, seconds: float) -> None:
        """Twenty complaints a second, evenly."""
        async with asyncio.TaskGroup() as group:
            for _ in range(WARM_UP + round(seconds * PER_SECOND)):
                group.create_task(self._follow_one())
                await asyncio.sleep(1 / PER_SECOND)
        del self.seconds[:WARM_UP]

    @property
    def p50_ms(self) -> float:
        return median(self.seconds) * 1000

    @property
    def p99_ms(self) -> float:
        return quantiles(self.seconds, n=100)[98] * 1000

    async def unlisted(self) -> set[str]:
        """The complaints that the grid worker's own list does not have."""
        async with httpx.AsyncClient(base_url=self.world.origin("routing")) as client:
            worker = staff(
                client, demo.staff(ACCOUNT), self.world.environment["LIUDUAN_DEMO_PASSWORD"]
            )
            listed: set[str] = set()
            query = {"limit": str(PAGE)}
            while "cursor" not in query or query["cursor"]:
                page = await worker.get("/routing/cases", **query)
                listed |= {item["id"] for item in page["items"]}
                query["cursor"] = page["next"] or ""
        rows = await self.routing.fetch(
            "SELECT case_id FROM case_complaint WHERE complaint_id = ANY($1::uuid[])", self.filed
        )
        return {str(row["case_id"]) for row in rows} - listed

    async def _follow_one(self) -> None:
        key = str(uuid4())
        started = perf_counter()
        answer = await self.client.post(
            "/intake/complaints", content=_body(key), headers={"Idempotency-Key": key}
        )
        answer.raise_for_status()
        complaint = UUID(answer.json()["id"])
        async with asyncio.timeout(PATIENCE):
            while not await self.routing.fetchval(VISIBLE, complaint):  # noqa: ASYNC110
                await asyncio.sleep(LOOK_AGAIN)
        self.seconds.append(perf_counter() - started)
        self.filed.append(complaint)


OWNER = demo.OWNERS[0]


def _body(key: str) -> str:
    """Words of its own: the same again by one person would join a case (X08)."""
    complaint = {"text": f"{TEXT}（{key[:8]}）", "category": CATEGORY}
    complaint["estate_id"] = str(OWNER.homes[0].estate.id)
    return json.dumps(complaint, ensure_ascii=False)


@asynccontextmanager
async def real_services(world: World) -> AsyncIterator[Latency]:
    """The APIs of intake and routing, and the workers of all four."""
    world.lift_filing_limits()
    log = world.folder / "services.log"
    processes: Sequence[tuple[str, str]] = (
        *((name, "worker") for name in SERVICES),
        *((name, "api") for name in ("intake", "routing")),
    )
    async with AsyncExitStack() as stack:
        for name, role in processes:
            process = await stack.enter_async_context(
                running(world.command(name, role), world.environment, log)
            )
            if role == "api":
                await answers(f"{world.origin(name)}/{name}/ready", process, log)
        headers = {
            "Authorization": f"Bearer {world.owner_token(OWNER.id)}",
            "Content-Type": "application/json",
        }
        client = await stack.enter_async_context(
            httpx.AsyncClient(base_url=world.origin("intake"), headers=headers)
        )
        pool = await stack.enter_async_context(asyncpg.create_pool(world.database("routing")))
        yield Latency(world, client, pool)
