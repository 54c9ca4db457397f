"""Routing on a small and on a large backlog, in this process, for measurements in turns.

`BENCH_STATE` names a folder that keeps the databases: filling a million cases takes
minutes, and another run (or the other measurement) then finds them filled.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import httpx

from bench.backlog import fill
from bench.world import private_folder
from deploy.embedded.keys import kept_keys
from deploy.embedded.postgres import EmbeddedPostgres
from services.routing.app import service
from shared.clock import SystemClock
from shared.hosting import Host, mounted
from shared.identity import Actor, Issuer, TokenIssuer
from shared.logs import configure_logs
from shared.messaging.in_process import InProcessTransport
from shared.migrating import upgrade
from shared.settings import from_environment

SIZES = {"small": 10_000, "large": 1_000_000}
FILLED = "filled"  # the comment on a database that is complete
COMMENT = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1"


class Backlog:
    """One database and the service on it."""

    def __init__(self, host: Host, url: str, key: str, key_id: str) -> None:
        self.host = host
        self.url = url
        self._tokens = TokenIssuer(key, key_id, Issuer.ROUTING, SystemClock())
        self._app = mounted(host)

    def client(self, actor: Actor) -> httpx.AsyncClient:
        """Someone's requests, through everything but the network."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self._app),
            base_url="http://hub.bench/routing",
            headers={"Authorization": f"Bearer {self._tokens.issue(actor).value}"},
        )


@asynccontextmanager
async def both_backlogs() -> AsyncIterator[Mapping[str, Backlog]]:
    """By the names of SIZES."""
    with _folder() as folder:
        postgres = EmbeddedPostgres(folder)
        postgres.start()
        try:
            async with AsyncExitStack() as stack:
                yield {
                    name: await stack.enter_async_context(_backlog(postgres, folder, name, size))
                    for name, size in SIZES.items()
                }
        finally:
            postgres.stop()


@contextmanager
def _folder() -> Iterator[Path]:
    kept = os.environ.get("BENCH_STATE")
    if kept is None:
        with private_folder() as folder:
            yield folder
    else:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)


@asynccontextmanager
async def _backlog(
    postgres: EmbeddedPostgres, folder: Path, name: str, size: int
) -> AsyncIterator[Backlog]:
    database = f"backlog_{name}"
    keys = kept_keys(folder)
    url = postgres.url(database)
    variables = {"LIUDUAN_ROUTING_DATABASE_URL": url, "LIUDUAN_LOG_LEVEL": "ERROR"}
    settings = from_environment("routing", keys | variables)
    configure_logs(settings)
    host = await Host.open(service, settings, SystemClock(), InProcessTransport())
    try:
        await _filled(postgres, database, host, size)
        signing = [keys[f"LIUDUAN_ROUTING_SIGNING_KEY{part}"] for part in ("", "_ID")]
        yield Backlog(host, url, *signing)
    finally:
        await host.stop()


async def _filled(postgres: EmbeddedPostgres, database: str, host: Host, size: int) -> None:
    """What an earlier run left half filled is made anew."""
    if await _comment(postgres, database) == FILLED:
        return
    await postgres.drop_database(database)
    await postgres.create_database(database)
    url = postgres.url(database)
    await asyncio.to_thread(upgrade, service.migrations, url)
    connection = await asyncpg.connect(url)
    try:
        rulebook = host.runtime.rulebooks.in_force_at(host.runtime.clock.now())
        await fill(connection, rulebook, size)
        await connection.execute(f"COMMENT ON DATABASE {database} IS '{FILLED}'")
    finally:
        await connection.close()


async def _comment(postgres: EmbeddedPostgres, database: str) -> str | None:
    connection = await asyncpg.connect(postgres.url("postgres"))
    try:
        found: str | None = await connection.fetchval(COMMENT, database)
    finally:
        await connection.close()
    return found
