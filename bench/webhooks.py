"""`python -m bench.webhooks [--seconds N] [--json]`: how many webhooks go out, and past whom.

First the rate of posting alone: fifty deliveries at once to fifty endpoints on loopback, each body
of 1 KB signed with both of our keys, by our sender's way out and by one httpx client for everybody
(its pool is searched for every post). Then the whole sender on PostgreSQL: how long a delivery to a
healthy endpoint takes from its row to its answer, when all fifty are well, and when one of them
takes connections and never answers. The receivers are a process of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import httpx

from bench.dead_endpoint import neighbours
from bench.output import run, table
from bench.processes import CHECKOUT, module
from bench.rounds import Rounds
from bench.world import private_folder
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.ways import Egress
from shared.clock import SystemClock
from shared.egress import SystemResolver, tls
from shared.signatures import PrivateKey, SharedSecret, Signer, sign

ENDPOINTS = 50
POSTS = 500  # per round
BODY = b"x" * 1_000
RATE_SHARE = 0.3  # of the time; the rest is for the neighbours of a dead endpoint

Post = Callable[[UUID, str, dict[str, str]], Awaitable[int | None]]


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    async with receivers() as ports:
        rates = await _rates(ports[:-1], seconds * RATE_SHARE)
        with private_folder() as folder:
            waits = await neighbours(folder, ports, seconds * (1 - RATE_SHARE))
    figures = {
        "vs_shared_client": round(rates.ratio("ours", "shared"), 1),
        "dead_vs_well_p95": round(waits.ratio("one dead", "all well"), 2),
    }
    rows = [
        (title, f"{rounds.median(variant):,.0f}", rounds.spread(variant))
        for title, rounds, variant in (
            ("our sender's posts per second", rates, "ours"),
            ("one shared httpx client", rates, "shared"),
            ("p95 ms, all endpoints well", waits, "all well"),
            ("p95 ms, one of 50 dead", waits, "one dead"),
        )
    ]
    notes = (
        f"{figures['vs_shared_client']} times the shared client ({len(rates.figures)} rounds of "
        f"{POSTS} posts); healthy p95 beside a dead endpoint {figures['dead_vs_well_p95']} times "
        f"({len(waits.figures)} rounds)"
    )
    return figures, f"{table(('webhooks', 'median', 'from … to'), rows)}\n{notes}"


@asynccontextmanager
async def receivers() -> AsyncIterator[Sequence[int]]:
    """Their ports; the last one is dead."""
    process = await asyncio.create_subprocess_exec(
        *module("bench.receivers", str(ENDPOINTS)), cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield [int(port) for port in (await process.stdout.readline()).split()]
    finally:
        process.kill()
        await process.wait()


async def _rates(ports: Sequence[int], seconds: float) -> Rounds:
    context, rounds = tls(), Rounds()
    posting = Posting(Egress(SystemResolver(), context, this_machine=True))
    shared = httpx.AsyncClient(verify=context, trust_env=False, follow_redirects=False)

    async def ours(endpoint_id: UUID, url: str, headers: dict[str, str]) -> int | None:
        return (await posting.post(endpoint_id, url, BODY, headers)).status

    async def by_shared_client(_: UUID, url: str, headers: dict[str, str]) -> int | None:
        return (await shared.post(url, content=BODY, headers=headers)).status_code

    endpoints = [(uuid4(), f"http://127.0.0.1:{port}/hook") for port in ports]
    variants = {
        "ours": partial(_rate, endpoints, ours),
        "shared": partial(_rate, endpoints, by_shared_client),
    }
    for warm_up in variants.values():
        await warm_up()
    await rounds.measure(variants, seconds)
    await posting.close()
    await shared.aclose()
    return rounds


async def _rate(endpoints: Sequence[tuple[UUID, str]], post: Post) -> float:
    """Posts a second, one at a time for every endpoint."""
    keys: list[Signer] = [PrivateKey.generate(), SharedSecret.generate()]
    clock, each = SystemClock(), POSTS // len(endpoints)

    async def serve(endpoint_id: UUID, url: str) -> None:
        for _ in range(each):
            signed = sign(BODY, id=str(uuid4()), at=clock.now(), keys=keys)
            status = await post(endpoint_id, url, {**signed, "content-type": "application/json"})
            assert status == 204

    started = perf_counter()
    await asyncio.gather(*(serve(*endpoint) for endpoint in endpoints))
    return each * len(endpoints) / (perf_counter() - started)


if __name__ == "__main__":
    run(measure)
