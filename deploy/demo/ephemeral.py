"""A system of its own for one demonstration: made, played on, and gone without a trace."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex

import httpx

from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.servers import PostgresServer
from deploy.embedded.serving import embedded_environment, served
from deploy.embedded.system import System
from shared.clock import Clock
from shared.logs import configure_logs
from shared.messaging.rabbitmq import RabbitTransport
from shared.settings import from_environment

ADDRESS = "127.0.0.1"
PATIENCE = httpx.Timeout(60)


@asynccontextmanager
async def running(
    environment: Mapping[str, str], port: int, clock: Clock
) -> AsyncIterator[tuple[System, httpx.AsyncClient]]:
    """The demo world served on `port`, and a client for it; seeded and at rest."""
    system = await System.open(environment, clock)
    try:
        async with served(system, ADDRESS, port):
            system.start()
            await system.seed()
            await system.settle()
            system.admit()
            origin = f"http://{ADDRESS}:{port}"
            async with httpx.AsyncClient(base_url=origin, timeout=PATIENCE) as client:
                yield system, client
    finally:
        await system.close()
        if isinstance(system.transport, RabbitTransport):
            await system.transport.delete()
            await system.transport.close()


async def demo_environment(postgres: PostgresServer, state: Path, port: int) -> dict[str, str]:
    """As for `liuduan up`, with queues of its own when a broker is used."""
    environment = await embedded_environment(postgres, state, port=port)
    environment["LIUDUAN_AMQP_NAMESPACE"] = f"liuduan-demo-{token_hex(4)}"
    configure_logs(from_environment("demo", environment))
    return environment


class ThrowAway:
    """PostgreSQL in a temporary folder, for as long as the block runs."""

    def __enter__(self) -> tuple[EmbeddedPostgres, Path]:
        self._folder = Path(tempfile.mkdtemp(prefix="liuduan-demo-"))
        self._folder.chmod(0o711)
        self._postgres = EmbeddedPostgres(self._folder, durable=False)
        self._postgres.start()
        return self._postgres, self._folder

    def __exit__(self, *_: object) -> None:
        self._postgres.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
