"""A private world to measure or to shake: servers of its own, the demo world, its processes.

Nothing of it outlives the block that made it, and nothing of the machine's own servers is touched.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import asyncpg

from bench.processes import answers, module, running
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.processes import free_port
from deploy.embedded.rabbitmq import EmbeddedRabbitMQ
from deploy.embedded.serving import embedded_environment
from deploy.embedded.system import System
from shared.clock import SystemClock
from shared.identity import Actor, End, Issuer, Role, TokenIssuer
from shared.settings import RULEBOOKS

SERVICES = ("intake", "routing", "survey", "notify")


@dataclass
class World:
    """`environment` is what every process of the world gets."""

    folder: Path
    postgres: EmbeddedPostgres
    environment: dict[str, str]
    broker: EmbeddedRabbitMQ | None = None
    ports: dict[str, int] = field(default_factory=lambda: {name: free_port() for name in SERVICES})

    def origin(self, service: str) -> str:
        """Where the API of a service listens, once it runs."""
        return f"http://127.0.0.1:{self.ports[service]}"

    def command(self, service: str, role: str) -> list[str]:
        """`role` is api, worker, migrate or seed."""
        listening = ["--port", str(self.ports[service])] if role == "api" else []
        return [sys.executable, "-m", f"services.{service}", role, *listening]

    def database(self, service: str) -> str:
        return self.environment[f"LIUDUAN_{service.upper()}_DATABASE_URL"]

    async def connect(self, service: str) -> asyncpg.Connection:
        return await asyncpg.connect(self.database(service))

    def lift_filing_limits(self) -> None:
        """For whoever lets a few owners file as no person would: a rulebook that allows it."""
        rulebooks = self.folder / "rulebooks"
        copytree(RULEBOOKS, rulebooks)
        for limits in rulebooks.rglob("filing.toml"):
            limits.write_text(re.sub(r"times = [0-9]+", "times = 1000000", limits.read_text()))
        self.environment["LIUDUAN_RULEBOOKS"] = str(rulebooks)

    def owner_token(self, owner_id: UUID) -> str:
        """What intake gives an owner who signs in; good for a quarter of an hour."""
        key = self.environment["LIUDUAN_INTAKE_SIGNING_KEY"]
        key_id = self.environment["LIUDUAN_INTAKE_SIGNING_KEY_ID"]
        issuer = TokenIssuer(key, key_id, Issuer.INTAKE, SystemClock())
        actor = Actor(id=owner_id, end=End.OWNER, roles=frozenset({Role.OWNER}), session_id=uuid4())
        return issuer.issue(actor).value


@asynccontextmanager
async def private_world(*, broker: bool) -> AsyncIterator[World]:
    """The demo world is seeded and at rest; no process of the services runs yet."""
    with private_folder() as folder:
        postgres = EmbeddedPostgres(folder)
        node = EmbeddedRabbitMQ(folder / "rabbitmq") if broker else None
        try:
            postgres.start()
            if node is not None:
                node.launch()
            async with _open(World(folder, postgres, {}, node)) as world:
                yield world
        finally:
            if node is not None:
                node.stop()
            postgres.stop()


@asynccontextmanager
async def _open(world: World) -> AsyncIterator[World]:
    port = free_port()
    environment = await embedded_environment(world.postgres, world.folder, port=port)
    await _seed(environment)
    if world.broker is not None:
        await asyncio.to_thread(world.broker.wait_until_ready)
        environment["LIUDUAN_AMQP_URL"] = world.broker.url
    world.environment = environment
    log = world.folder / "stand-ins.log"
    command = module("bench.stand_ins", str(port))
    async with running(command, environment, log) as stand_ins:
        await answers(f"http://127.0.0.1:{port}/simulators/wechat/openapi.json", stand_ins, log)
        yield world


@contextmanager
def private_folder() -> Iterator[Path]:
    """Gone with the block. The account that serves PostgreSQL for root may pass through it."""
    with tempfile.TemporaryDirectory(prefix="liuduan-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


async def _seed(environment: Mapping[str, str]) -> None:
    system = await System.open(environment, SystemClock())
    try:
        system.start()
        await system.seed()
        await system.settle()
    finally:
        await system.close()
