"""`python -m bench.live [--seconds N] [--json]`: how soon a complaint is in the estate's figures.

First from the owner's POST until GET of the estate's figures counts the case, through
the services as processes and RabbitMQ; the figures are asked for all the time, so an answer that
counts it may be one question old. Then how long the figures of one estate take among 1,000 and
among 100,000 cases, through the API, in turns.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median, quantiles
from time import monotonic, perf_counter
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from bench.output import progress, run, table
from bench.processes import answers, running
from bench.world import SERVICES, World, private_world
from bench.year import lived, write_answers
from deploy.demo import world as demo
from deploy.embedded.postgres import EmbeddedPostgres
from services.survey.app import service
from shared.clock import SystemClock
from shared.hosting import Host, mounted
from shared.identity import Actor, End, Issuer, Role, Scope, TokenIssuer
from shared.messaging.in_process import InProcessTransport
from shared.migrating import upgrade
from shared.runtime import Runtime
from shared.settings import from_environment

OWNER = demo.OWNERS[0]
ESTATE = OWNER.homes[0].estate
CATEGORY = "NS01"
TEXT = "楼上晚上十点以后还在拖动桌椅，持续半个多月，希望上门沟通。"
WARM_UP = 3  # complaints
LOOK_AGAIN = 0.005  # seconds
PATIENCE = 60  # seconds
ARRIVING = 0.7  # of the time
SIZES: Mapping[str, int] = {"small": 1_000, "large": 100_000}
FEWEST = 20  # rounds


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    async with private_world(broker=True) as world:
        taken = await _arrivals(world, seconds * ARRIVING)
        times = await _questions(world.postgres, world.environment, seconds * (1 - ARRIVING))
    medians = {size: median(each) * 1000 for size, each in times.items()}
    figures = {
        "complaints": len(taken),
        "median_ms": round(median(taken) * 1000),
        "p95_ms": round(quantiles(taken, n=20)[-1] * 1000),
        "figures_ms": {size: round(each, 1) for size, each in medians.items()},
        "ratio": round(medians["large"] / medians["small"], 2),
    }
    rows = [(f"among {SIZES[size]:,} cases", f"{each:.1f}") for size, each in medians.items()]
    notes = (
        f"POST → in the estate's figures: median {figures['median_ms']} ms, p95 "
        f"{figures['p95_ms']} ms ({len(taken)} complaints, one after the other)\n"
        f"ratio {figures['ratio']}"
    )
    return figures, f"{table(('median ms of an estate’s figures', ''), rows)}\n{notes}"


async def _arrivals(world: World, seconds: float) -> list[float]:
    async with _served(world) as (owner, street):
        progress("filing complaints one after the other")
        taken: list[float] = []
        started = monotonic()
        while len(taken) < WARM_UP + 2 or monotonic() - started < seconds:
            taken.append(await _one(owner, street))
    return taken[WARM_UP:]


async def _one(owner: httpx.AsyncClient, street: httpx.AsyncClient) -> float:
    before = await _accepted(street)
    key = str(uuid4())
    complaint = {
        "text": f"{TEXT}（{key[:8]}）",
        "category": CATEGORY,
        "estate_id": str(ESTATE.id),
    }
    started = perf_counter()
    filed = await owner.post(
        "/intake/complaints",
        content=json.dumps(complaint, ensure_ascii=False),
        headers={"Idempotency-Key": key, "Content-Type": "application/json"},
    )
    filed.raise_for_status()
    async with asyncio.timeout(PATIENCE):
        while await _accepted(street) == before:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_AGAIN)
    return perf_counter() - started


async def _accepted(street: httpx.AsyncClient) -> int:
    answer = await street.get(f"/survey/estates/{ESTATE.id}/figures")
    return int(answer.raise_for_status().json()["standing"]["accepted"])


@asynccontextmanager
async def _served(world: World) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """All workers, and the APIs of intake, routing and survey."""
    world.lift_filing_limits()
    log = world.folder / "services.log"
    progress("starting seven processes, half a minute on an idle machine")
    apis = ("intake", "routing", "survey")
    async with AsyncExitStack() as stack:
        for name, role in (*((each, "worker") for each in SERVICES), *((a, "api") for a in apis)):
            process = await stack.enter_async_context(
                running(world.command(name, role), world.environment, log)
            )
            if role == "api":
                await answers(f"{world.origin(name)}/{name}/ready", process, log)
        owner = await stack.enter_async_context(
            _client(world.origin("intake"), world.owner_token(OWNER.id))
        )
        street = await stack.enter_async_context(
            _client(world.origin("survey"), _token(world.environment, _reader()))
        )
        yield owner, street


async def _questions(
    postgres: EmbeddedPostgres, environment: Mapping[str, str], seconds: float
) -> dict[str, list[float]]:
    """The same question of the first estate, in turns."""
    times: dict[str, list[float]] = {size: [] for size in SIZES}
    async with AsyncExitStack() as stack:
        asked = {
            size: await stack.enter_async_context(_filled(postgres, environment, number))
            for size, number in SIZES.items()
        }
        token = _token(environment, _reader())  # filling may take longer than one is good for
        for client, _ in asked.values():
            client.headers["Authorization"] = f"Bearer {token}"
        progress("asking")
        started = monotonic()
        while len(times["large"]) < FEWEST or monotonic() - started < seconds:
            for size, (client, estate) in asked.items():
                begun = perf_counter()
                answer = await client.get(
                    f"/survey/estates/{estate}/figures", params={"period": "2026-Q3"}
                )
                times[size].append(perf_counter() - begun)
                answer.raise_for_status()
    return times


@asynccontextmanager
async def _filled(
    postgres: EmbeddedPostgres, environment: Mapping[str, str], complaints: int
) -> AsyncIterator[tuple[httpx.AsyncClient, UUID]]:
    """Survey in this process, on a database of its own with a generated year."""
    progress(f"telling survey of a year with {complaints:,} complaints")
    name = f"figures_{complaints}"
    await postgres.create_database(name, "template0")
    url = postgres.url(name)
    await asyncio.to_thread(upgrade, service.migrations, url)
    settings = from_environment(
        "survey", {**environment, "LIUDUAN_SURVEY_DATABASE_URL": url, "LIUDUAN_AMQP_URL": ""}
    )
    host = await Host.open(service, settings, SystemClock(), InProcessTransport())
    try:
        estate = await _told(host.runtime, complaints)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=mounted(host)), base_url="http://hub.test"
        ) as client:
            yield client, estate
    finally:
        await host.stop()


async def _told(runtime: Runtime, complaints: int) -> UUID:
    """Survey has heard of a year; returns one of its estates."""
    year = await lived(runtime, complaints, twice=0)
    async with runtime.database.transaction() as session:
        await write_answers(session, year.answers)
        await session.execute(text("ANALYZE"))
    return year.known[0].estate_id


def _reader() -> Actor:
    return Actor(
        id=uuid4(),
        end=End.CENTRE,
        roles=frozenset({Role.STREET_OFFICER}),
        scope=Scope(divisions=("4212",)),
        session_id=uuid4(),
    )


def _token(environment: Mapping[str, str], actor: Actor) -> str:
    """Good for a quarter of an hour."""
    key = environment["LIUDUAN_ROUTING_SIGNING_KEY"]
    key_id = environment["LIUDUAN_ROUTING_SIGNING_KEY_ID"]
    return TokenIssuer(key, key_id, Issuer.ROUTING, SystemClock()).issue(actor).value


def _client(origin: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=origin, headers={"Authorization": f"Bearer {token}"}, trust_env=False
    )


if __name__ == "__main__":
    run(measure)
