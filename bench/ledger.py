"""`python -m bench.ledger [--seconds N] [--json]`: the ledger as a sheet, 100,000 lines of it.

One intake API exports a month of a city as XLSX and as CSV, while its memory is watched. What it
held before the first export is taken off.
"""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx

from bench.output import run, table
from bench.processes import answers, running
from bench.world import World, private_world
from deploy.demo import world as demo
from shared.clock import SystemClock
from shared.identity import Actor, End, Issuer, Role, Scope, TokenIssuer

LINES = 100_000
PATIENCE = 900.0  # seconds
RESIDENT = re.compile(r"^Vm(?:HWM|RSS):\s+(\d+) kB$", re.MULTILINE)
FILL = """
    INSERT INTO complaint (id, version, number, channel, door, state, anonymous, confidential,
                           division, estate_id, title, text, submitted_at, promised_from)
    SELECT gen_random_uuid(), 1, 'BENCH-' || n, 'HOTLINE', 'HOTLINE', 'SUBMITTED', false, false,
           '421202001', $1, '楼道灯坏了' || n, repeat('电梯频繁停运，物业答复等待配件。', 8),
           now() - make_interval(secs => n), now()
    FROM generate_series(1, $2::int) AS n
"""


async def measure(_: float) -> tuple[dict[str, Any], str]:
    async with private_world(broker=False) as world:
        connection = await world.connect("intake")
        await connection.execute(FILL, demo.ESTATES[0].id, LINES)
        await connection.close()
        log = world.folder / "intake.log"
        async with running(world.command("intake", "api"), world.environment, log) as process:
            await answers(f"{world.origin('intake')}/intake/health", process, log)
            before, _ = _memory(process.pid)
            taken = {format: await _exported(world, format) for format in ("csv", "xlsx")}
            _, most = _memory(process.pid)
    grown = (most - before) / 1024
    rows = [(f"{LINES:,} lines as {name}", f"{each:.1f} s") for name, each in taken.items()]
    rows.append(("memory beside that at rest, at most", f"{grown:.0f} MB"))
    figures = {f"{name}_s": round(each, 1) for name, each in taken.items()}
    return figures | {"grown_mb": round(grown)}, table(("the ledger", ""), rows)


async def _exported(world: World, format: str) -> float:
    """Seconds from the question to the last byte."""
    headers = {"Authorization": f"Bearer {_token(world)}"}
    path = f"{world.origin('intake')}/intake/ledger/export"
    started = perf_counter()
    async with (
        httpx.AsyncClient(timeout=PATIENCE, headers=headers) as client,
        client.stream("GET", path, params={"format": format}) as answer,
    ):
        answer.raise_for_status()
        async for _ in answer.aiter_bytes():
            pass
    return perf_counter() - started


def _token(world: World) -> str:
    key = world.environment["LIUDUAN_ROUTING_SIGNING_KEY"]
    key_id = world.environment["LIUDUAN_ROUTING_SIGNING_KEY_ID"]
    reader = Actor(
        id=uuid4(),
        end=End.CENTRE,
        roles=frozenset({Role.CITY_OBSERVER}),
        scope=Scope(divisions=("4212",)),
        session_id=uuid4(),
    )
    return TokenIssuer(key, key_id, Issuer.ROUTING, SystemClock()).issue(reader).value


def _memory(process_id: int) -> tuple[int, int]:
    """Resident now, and at most so far, in kB."""
    found = RESIDENT.findall(Path(f"/proc/{process_id}/status").read_text())
    most, now = (int(each) for each in found)
    return now, most


if __name__ == "__main__":
    run(measure)
