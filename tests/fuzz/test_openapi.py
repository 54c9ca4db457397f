"""Schemathesis against every service: never a server error, never an undocumented answer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest

from deploy.demo import world
from deploy.demo.callers import owner, staff
from deploy.demo.ephemeral import running
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.city import city_environment
from tests.servers import Databases

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING)
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"
EXAMPLES = "8"
SEED = "20260302"


@pytest.fixture(scope="module")
async def city(postgres: Databases) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(NOW)) as (_, client):
        yield client, keys["LIUDUAN_DEMO_PASSWORD"]


@pytest.mark.parametrize(
    ("service", "person"),
    [
        ("intake", "owner-1"),
        ("routing", "zhongzhi.wenquan"),
        ("routing", "guanli.shi"),
        ("survey", "owner-1"),
        ("notify", "chengguan.xianan"),
        ("notify", "owner-1"),
    ],
)
async def test_no_request_that_the_schema_allows_breaks_a_service(
    city: tuple[httpx.AsyncClient, str], service: str, person: str
) -> None:
    client, password = city
    token = await _token(client, person, password)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run"),
        f"{client.base_url}/{service}/openapi.json".replace("//" + service, "/" + service),
        *("--url", str(client.base_url.join(f"/{service}"))),
        *("--checks", CHECKS, "--max-examples", EXAMPLES, "--phases", "coverage,fuzzing"),
        *("--seed", SEED, "--no-color", "-H", f"Authorization: Bearer {token}"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    said = output.decode()
    assert process.returncode == 0, said[-4000:]
    assert "Test cases:" in said, said[-4000:]


async def _token(client: httpx.AsyncClient, person: str, password: str) -> str:
    if person.startswith("owner-"):
        return await owner(client, world.owner(person)).sign_in()
    return await staff(client, world.staff(person), password).sign_in()
