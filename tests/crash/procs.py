"""The four services as processes: each an API and a worker, each started again when it ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from bench.world import SERVICES, World
from tests.kept import KeptProcess

ROLES = ("api", "worker")
READY_WITHIN = 300  # seconds: eight processes at once, on a machine with other work


def service_processes(world: World, logs: Path) -> list[KeptProcess]:
    """Named `<service>-<role>`; their output lies in `logs`."""
    return [
        KeptProcess(
            name=f"{service}-{role}",
            command=world.command(service, role),
            environment=world.environment,
            log=logs / f"{service}-{role}.log",
        )
        for service in SERVICES
        for role in ROLES
    ]


async def all_ready(world: World) -> None:
    """Until every API answers that it is ready. Raises TimeoutError."""
    async with asyncio.timeout(READY_WITHIN), httpx.AsyncClient() as client:
        for service in SERVICES:
            while not await _ready(client, f"{world.origin(service)}/{service}/ready"):  # noqa: ASYNC110
                await asyncio.sleep(0.1)


async def _ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.TransportError:
        return False
