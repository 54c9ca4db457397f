"""`python -m bench.intake [--seconds N] [--json]`: complaints filed per second, all included.

One PostgreSQL with production's settings (fsync on) serves three ways to file in turns: intake's
POST /intake/complaints through uvicorn, pgbench inserting the same rows, and a plain FastAPI and
SQLModel endpoint that does the same.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.output import run, table
from bench.pgbench import script, transactions_per_second
from bench.processes import answers, module, running
from bench.rounds import Rounds
from bench.world import World, private_world
from deploy.demo import world as demo
from deploy.embedded.processes import free_port
from shared.identity import signing_key

SLICE = 3.0  # seconds each way has in a round
CONNECTIONS = 32
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
    addresses: Mapping[str, str]
    pgbench_script: Path
    generator: list[float] = field(default_factory=list)

    async def intake(self) -> float:
        port = self.world.ports["intake"]
        return await self._driven(port, "/intake/complaints")

    async def plain(self) -> float:
        return await self._driven(int(self.addresses["port"]), "/complaints")

    async def pgbench(self) -> float:
        return await transactions_per_second(self.addresses["pgbench"], self.pgbench_script, SLICE)

    async def _driven(self, port: int, path: str) -> float:
        order = self.world.folder / "order.json"
        order.write_text(json.dumps(_order(self.world, port, path)))
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
        file.write_text(await _script(world))
        addresses = {"pgbench": world.postgres.url("bench_pgbench"), "port": str(port)}
        yield Bench(world, addresses, file)


async def _script(world: World) -> str:
    """From one complaint filed through the front door."""
    order = _order(world, 0, "")
    token, body = order["requests"][0]
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


def _order(world: World, port: int, path: str) -> dict[str, Any]:
    requests = [(world.owner_token(owner), _body(owner)) for owner in demo.OWNERS]
    return {
        "host": "127.0.0.1",
        "port": port,
        "path": path,
        "connections": CONNECTIONS,
        "seconds": SLICE,
        "requests": requests,
    }


def _body(owner: demo.Owner) -> str:
    home = owner.homes[0]
    body = {"estate_id": str(home.estate.id), "title": "电梯停运", "text": TEXT, "category": "PF01"}
    return json.dumps(body, ensure_ascii=False)


def _plain_environment(world: World) -> dict[str, str]:
    key = signing_key(world.environment["LIUDUAN_INTAKE_SIGNING_KEY"]).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    url = world.postgres.url("bench_plain").replace("postgresql://", "postgresql+asyncpg://", 1)
    return world.environment | {"BENCH_DATABASE": url, "BENCH_KEY": pem}


if __name__ == "__main__":
    run(measure)
