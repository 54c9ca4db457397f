"""`python -m bench.start [--seconds N] [--json]`: how long one machine takes to be there.

`liuduan up` with a state folder that exists already: from the command to its word that it is
ready, which it gives when every service answers and the demo world stands. Then the memory of all
its processes, PostgreSQL's among them, with shared pages counted once (PSS).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import httpx

from bench.machine import resident_mb
from bench.output import run, table
from bench.processes import CHECKOUT
from bench.world import private_folder
from deploy.embedded.processes import bound_to_parent, free_port

COMMAND = [sys.executable, "-c", "from deploy.cli import main; main()", "up"]
READY = b"ready"
FEWEST = 3  # warm starts
PATIENCE = 60  # seconds


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    with private_folder() as folder:
        started = monotonic()
        first, _ = await _one_start(folder)
        warm = [await _one_start(folder) for _ in range(FEWEST)]
        while monotonic() - started < seconds - first:
            warm.append(await _one_start(folder))
    ready = median(taken for taken, _ in warm)
    memory = median(megabytes for _, megabytes in warm)
    rows = [
        ("first start, everything to be made", f"{first:.1f} s"),
        (f"warm start to ready ({len(warm)} times)", f"{ready:.1f} s"),
        ("memory of all processes", f"{memory:.0f} MB"),
    ]
    return {"ready_s": round(ready, 2), "rss_mb": round(memory)}, table(("liuduan up", ""), rows)


async def _one_start(state: Path) -> tuple[float, float]:
    """Seconds until it says it is ready, and megabytes once it has answered."""
    port = free_port()
    started = monotonic()
    process = await asyncio.create_subprocess_exec(
        *bound_to_parent([*COMMAND, "--port", str(port)], signal.SIGKILL),
        cwd=CHECKOUT,
        env=os.environ | {"LIUDUAN_STATE": str(state)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        await _say_ready(process)
        taken = monotonic() - started
        async with httpx.AsyncClient() as client:
            (await client.get(f"http://127.0.0.1:{port}/health")).raise_for_status()
        return taken, resident_mb(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        await process.communicate()


async def _say_ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while READY not in (line := await process.stdout.readline()):
            assert line, "it ended before it was ready"


if __name__ == "__main__":
    run(measure)
