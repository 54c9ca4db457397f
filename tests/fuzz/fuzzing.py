"""Schemathesis against a service: never a server error, never an undocumented answer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from deploy.demo import world
from deploy.demo.callers import hotline, owner, staff, visitor

CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"
SEED = "20260302"
PATIENCE = "120"  # seconds: how fast this machine is today says nothing about the code
# every limit of every parameter, then at random
THOROUGHLY = ("--max-examples", "8", "--phases", "coverage,fuzzing")
# the same doors, refused more often
BRIEFLY = ("--max-examples", "3", "--phases", "fuzzing")
# whoever has signed out, or left, is only told so from then on
STAYING = (
    *("--exclude-name", "DELETE /sessions"),
    *("--exclude-name", "DELETE /sessions/current"),
    *("--exclude-name", "POST /me/erasure"),
)
ELSEWHERE = ("--exclude-path-regex=^/open311|^/stream$",)  # a stream never ends


@dataclass(frozen=True)
class City:
    """A running city, and the tokens of those who have signed in to it."""

    client: httpx.AsyncClient
    tokens: Mapping[str, str]

    async def withstands(self, service: str, person: str, how: tuple[str, ...]) -> None:
        token = f"Authorization: Bearer {self.tokens[person]}"
        await self.fuzzed(service, *how, *STAYING, *ELSEWHERE, "-H", token)

    async def fuzzed(self, service: str, *how: str) -> None:
        origin = str(self.client.base_url).rstrip("/")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "schemathesis.cli", "run"),
            f"{origin}/{service}/openapi.json",
            *("--url", f"{origin}/{service}"),
            *("--checks", CHECKS, *how, "--seed", SEED, "--no-color"),
            *("--request-timeout", PATIENCE),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        said = output.decode()
        assert process.returncode == 0, said[-4000:]
        assert "Test cases:" in said, said[-4000:]


async def token_of(client: httpx.AsyncClient, person: str, keys: Mapping[str, str]) -> str:
    if person == "12345":
        account = (keys[f"LIUDUAN_HOTLINE_CLIENT_{part}"] for part in ("ID", "SECRET"))
        return await hotline(client, *account).sign_in()
    if person == "visitor":  # an account without a home (A04)
        return await visitor(client, "visitor-1").sign_in()
    if person.startswith("owner-"):
        return await owner(client, world.owner(person)).sign_in()
    return await staff(client, world.staff(person), keys["LIUDUAN_DEMO_PASSWORD"]).sign_in()
