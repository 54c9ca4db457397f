"""`python -m bench.intake [--seconds N] [--json]`: complaints filed per second, all included.

One PostgreSQL with production's settings (fsync on) serves three ways to file in turns: intake's
POST /intake/complaints through uvicorn, pgbench inserting the same rows, and a plain FastAPI and
SQLModel endpoint that does the same.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.neighbourhood import Neighbourhood, settled
from bench.output import run, table
from bench.pgbench import script, transactions_per_second
from bench.processes import answers, module, running
from bench.rounds import Rounds
from bench.world import World, private_world
from deploy.embedded.processes import free_port
from shared.identity import signing_key

SLICE = 3.0  # seconds each way has in a round
CONNECTIONS = 32
AT_ONCE = 1_000  # owners who file within one slice, each a few times
TEXT = "三号楼二单元电梯从上周起频繁停运，老人上下楼十分不便，物业多次答复等待配件。" * 3

TITLES = {
    "intake": "POST /intake/complaints",
    "pgbench": "pgbench, the same rows",
    "plain": "plain FastAPI + SQLModel",
}


@dataclass
class Bench:
    """The ways to file, each returning complaints per second."""

    world: World
    requests: Sequence[tuple[str, str, str]]
    addresses: Mapping[str, str]
    pgbench_script: Path
    generator: list[float] = field(default_factory=list)
    turns: int = 0

    async def intake(self) -> float:
        port = self.world.ports["intake"]
        return await self._driven(port, "/intake/complaints")

    async def plain(self) -> float:
        return await self._driven(int(self.addresses["port"]), "/complaints")

    async def pgbench(self) -> float:
        return await transactions_per_second(self.addresses["pgbench"], self.pgbench_script, SLICE)

    def _order(self, port: int, path: str) -> dict[str, Any]:
        """Each slice begins with other owners: nobody may file without end."""
        begin = self.turns * AT_ONCE % len(self.requests)
        self.turns += 1
        return {
            "host": "127.0.0.1",
            "port": port,
            "path": path,
            "connections": CONNECTIONS,
            "seconds": SLICE,
            "requests": self.requests[begin : begin + AT_ONCE],
        }

    async def _driven(self, port: int, path: str) -> float:
        order = self.world.folder / "order.json"
        order.write_text(json.dumps(self._order(port, path)))
        process = await asyncio.create_subprocess_exec(
            *module("bench.generator", str(order)), stdout=asyncio.subprocess.PIPE
        )
        output, _ = await process.communicate()
        answer = json.loads(output)
        assert answer["created"] > 0 == answer["others"], f"{answer} from {path}"
        self.generator.append(answer["processor"])
        return float(answer["created"] / answer["seconds"])


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    rounds = Rounds()
    async with prepared() as bench:
        ways = {"intake": bench.intake, "pgbench": bench.pgbench, "plain": bench.plain}
        await rounds.measure(ways, seconds)
    figures = {
        "vs_pgbench": round(rounds.ratio("intake", "pgbench"), 3),
        "vs_plain": round(rounds.ratio("intake", "plain"), 2),
    }
    rows = [
        (title, f"{rounds.median(way):,.0f}", rounds.spread(way), _share(rounds, way))
        for way, title in TITLES.items()
    ]
    text = table(("complaints per second", "median", "from … to", "vs pgbench"), rows)
    busiest = max(bench.generator)
    notes = (
        f"intake / plain = {figures['vs_plain']}; {len(rounds.figures)} rounds, {SLICE:g} s each; "
        f"{CONNECTIONS} connections; the generator took {busiest:.0%} of one core"
    )
    return figures, f"{text}\n{notes}"


def _share(rounds: Rounds, way: str) -> str:
    return f"{rounds.ratio(way, 'pgbench'):.2f}"


@asynccontextmanager
async def prepared() -> AsyncIterator[Bench]:
    async with private_world(broker=False) as world, AsyncExitStack() as stack:
        log = world.folder / "processes.log"
        for name in ("plain", "pgbench"):
            await world.postgres.create_database(f"bench_{name}", "liuduan_intake")
        api = await stack.enter_async_context(
            running(world.command("intake", "api"), world.environment, log)
        )
        await answers(f"{world.origin('intake')}/intake/ready", api, log)
        port = free_port()
        plain = await stack.enter_async_context(
            running(module("bench.plain", str(port)), _plain_environment(world), log)
        )
        await answers(f"http://127.0.0.1:{port}/openapi.json", plain, log)
        file = world.folder / "filing.sql"
        neighbourhood = await settled(world)
        requests = _requests(world, neighbourhood)
        file.write_text(await _script(world, requests[0]))
        addresses = {"pgbench": world.postgres.url("bench_pgbench"), "port": str(port)}
        yield Bench(world, requests, addresses, file)


async def _script(world: World, request: tuple[str, str, str]) -> str:
    """From one complaint filed through the front door."""
    token, body, _ = request
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "the-first-one"}
    async with httpx.AsyncClient(base_url=world.origin("intake")) as client:
        answer = await client.post("/intake/complaints", content=body, headers=headers | JSON)
    answer.raise_for_status()
    connection = await world.connect("intake")
    try:
        return await script(connection)
    finally:
        await connection.close()


JSON = {"Content-Type": "application/json"}


def _requests(world: World, neighbourhood: Neighbourhood) -> list[tuple[str, str, str]]:
    """Token, body and address of every owner."""
    body = json.dumps(
        {
            "estate_id": str(neighbourhood.estate_id),
            "title": "电梯停运",
            "text": TEXT,
            "category": "PF01",
        },
        ensure_ascii=False,
    )
    return [
        (world.owner_token(owner), body, neighbourhood.address_of(index))
        for index, owner in enumerate(neighbourhood.owners)
    ]


def _plain_environment(world: World) -> dict[str, str]:
    key = signing_key(world.environment["LIUDUAN_INTAKE_SIGNING_KEY"]).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    url = world.postgres.url("bench_plain").replace("postgresql://", "postgresql+asyncpg://", 1)
    return world.environment | {"BENCH_DATABASE": url, "BENCH_KEY": pem}


if __name__ == "__main__":
    run(measure)
