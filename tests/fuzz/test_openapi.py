"""Schemathesis against every service: never a server error, never an undocumented answer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import httpx
import pytest

from deploy.demo import world
from deploy.demo.callers import hotline, owner, staff, visitor
from deploy.demo.ephemeral import running
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.environment import environment
from tests.journeys.city import city_environment
from tests.servers import Databases

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING)
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"
USUAL = ("--max-examples", "8", "--phases", "coverage,fuzzing")
FEW = ("--max-examples", "3", "--phases", "fuzzing")  # the same doors, refused more often
SEED = "20260302"


FUZZED = (
    ("intake", "owner-1", USUAL),
    ("intake", "visitor", FEW),
    ("intake", "12345", FEW),
    ("intake", "zhongzhi.wenquan", FEW),
    ("routing", "zhongzhi.wenquan", USUAL),
    ("routing", "guanli.shi", USUAL),
    ("routing", "wuye.wenquan", FEW),
    ("routing", "wangge.wenquan2", FEW),
    ("routing", "wanggezhang.wenquan", FEW),
    ("routing", "chengguan.xianan", FEW),
    ("routing", "fayuan.xianan", FEW),
    ("routing", "owner-1", FEW),
    ("survey", "owner-1", USUAL),
    ("survey", "zhongzhi.wenquan", USUAL),
    ("survey", "wangge.wenquan2", FEW),
    ("survey", "zhongzhi.chimagang", USUAL),
    ("survey", "wangge.chimagang1", FEW),
    ("survey", "wuye.jiayuan", FEW),
    ("notify", "jishu.chengguan.xianan", USUAL),
    ("notify", "jishu.fayuan.xianan", USUAL),
    ("notify", "chengguan.xianan", FEW),
    ("notify", "fayuan.xianan", FEW),
    ("notify", "guanli.shi", FEW),
    ("notify", "owner-1", USUAL),
    ("notify", "zhongzhi.wenquan", USUAL),
)

# a path with a line break in it reaches no service, and the origin knows problems alone
OPEN311 = ("--include-path-regex=^/open311", "--exclude-checks", "content_type_conformance")

# whoever has signed out, or left, is only told so from then on
STAYING = (
    *("--exclude-name", "DELETE /sessions"),
    *("--exclude-name", "DELETE /sessions/current"),
    *("--exclude-name", "POST /me/erasure"),
)
WITHOUT_OPEN311 = ("--exclude-path-regex=^/open311|^/stream$",)  # a stream never ends

Tokens = Mapping[tuple[str, str], str]


@pytest.fixture(scope="module")
async def city(postgres: Databases) -> AsyncIterator[tuple[httpx.AsyncClient, Tokens]]:
    """Everybody signs in before anybody fuzzes: who tries at random is soon locked out."""
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(NOW)) as (_, client):
        tokens = {each[:2]: await _token(client, each[1], keys) for each in FUZZED}
        yield client, tokens


@pytest.mark.parametrize(("service", "person", "how"), FUZZED)
async def test_no_request_that_the_schema_allows_breaks_a_service(
    city: tuple[httpx.AsyncClient, Tokens], service: str, person: str, how: tuple[str, ...]
) -> None:
    client, tokens = city
    token = f"Authorization: Bearer {tokens[service, person]}"
    await _fuzzed(client, service, *how, *STAYING, *WITHOUT_OPEN311, "-H", token)


async def test_an_open311_client_breaks_nothing(city: tuple[httpx.AsyncClient, Tokens]) -> None:
    """The facade with a key; forms that it reads leniently, answered in two formats."""
    key = environment()["LIUDUAN_GEOREPORT_DEMO_KEY"]
    await _fuzzed(city[0], "intake", *USUAL, *OPEN311, "-H", f"X-Api-Key: {key}")


async def _fuzzed(client: httpx.AsyncClient, service: str, *how: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run"),
        f"{client.base_url}/{service}/openapi.json".replace("//" + service, "/" + service),
        *("--url", str(client.base_url.join(f"/{service}"))),
        *("--checks", CHECKS, *how, "--seed", SEED, "--no-color"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    said = output.decode()
    assert process.returncode == 0, said[-4000:]
    assert "Test cases:" in said, said[-4000:]


async def _token(client: httpx.AsyncClient, person: str, keys: Mapping[str, str]) -> str:
    if person == "12345":
        account = (keys[f"LIUDUAN_HOTLINE_CLIENT_{part}"] for part in ("ID", "SECRET"))
        return await hotline(client, *account).sign_in()
    if person == "visitor":  # an account without a home (A04)
        return await visitor(client, "visitor-1").sign_in()
    if person.startswith("owner-"):
        return await owner(client, world.owner(person)).sign_in()
    return await staff(client, world.staff(person), keys["LIUDUAN_DEMO_PASSWORD"]).sign_in()
