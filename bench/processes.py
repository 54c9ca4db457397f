"""Processes of a measurement: each in a session of its own, ended with the block."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from deploy.embedded.processes import bound_to_parent

CHECKOUT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds: several may start at once


class DidNotStart(Exception):
    """A process ended, or did not answer in time; the text is the end of what it wrote."""

    def __init__(self, log: Path) -> None:
        super().__init__(log.read_text(errors="replace")[-2000:])


@asynccontextmanager
async def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *bound_to_parent(command, signal.SIGKILL),
            cwd=CHECKOUT,
            env=dict(environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await _end(process)


async def answers(url: str, process: asyncio.subprocess.Process, log: Path) -> None:
    """Until the address answers with success. Raises DidNotStart."""
    async with httpx.AsyncClient() as client:
        for _ in range(PATIENCE * 20):
            if process.returncode is not None:
                break
            if await _success(client, url):
                return
            await asyncio.sleep(0.05)
    raise DidNotStart(log)


def module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


async def _success(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.TransportError:
        return False


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
