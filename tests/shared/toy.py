"""A toy pair of services: intake says something, notify writes it down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Column, Integer, MetaData, Table, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import BEIJING, SimulatedClock
from shared.contracts.intake import OwnerSessionRevoked, RevokedSession
from shared.definition import Definition
from shared.hosting import Host
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.mechanisms import add_tables
from shared.messaging import Reception, Subscriptions, publish
from shared.messaging.transport import Transport
from shared.runtime import Runtime
from shared.settings import Settings
from shared.web.front import Front
from tests.environment import environment
from tests.servers import Databases

START = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)

metadata = MetaData()
add_tables(metadata)
Table(
    "effect",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("times", Integer, nullable=False),
)
NOTE = text("""
    INSERT INTO effect (event_id, times) VALUES (:id, 1)
    ON CONFLICT (event_id) DO UPDATE SET times = effect.times + 1
""")

React = Callable[[Reception[OwnerSessionRevoked]], Awaitable[None]]


async def nothing(_: object) -> None:
    return None


@dataclass
class Toy:
    """A notify that notes each event once per handling; `react` may be replaced to fail."""

    react: React = nothing
    subscriptions: Subscriptions = field(default_factory=Subscriptions)

    def __post_init__(self) -> None:
        @self.subscriptions.on(OwnerSessionRevoked)
        async def on_revoked(reception: Reception[OwnerSessionRevoked]) -> None:
            await self.react(reception)
            await reception.session.execute(NOTE, {"id": reception.envelope.id})

    def definition(self, name: str) -> Definition:
        return Definition(
            name=name,
            front=Front(title=name, routers=()),
            metadata=metadata,
            migrations=Path(),
            subscriptions=self.subscriptions if name == "notify" else Subscriptions(),
            compose=nothing,
            release=nothing,
        )


async def open_host(
    toy: Toy, name: str, url: str, transport: Transport, delays: tuple[float, ...] = (0,) * 5
) -> Host:
    settings = replace(
        Settings(name, environment(LIUDUAN_DATABASE_URL=""), retry_delays=delays),
        environment=environment() | {f"LIUDUAN_{name.upper()}_DATABASE_URL": url},
    )
    return await Host.open(toy.definition(name), settings, SimulatedClock(START), transport)


@asynccontextmanager
async def pair(
    postgres: Databases, transport: Transport, toy: Toy, delays: tuple[float, ...] = (0,) * 5
) -> AsyncIterator[tuple[Host, Host]]:
    """Intake and notify on databases of their own; nothing runs yet."""
    intake, notify = [
        await open_host(toy, name, await postgres.fresh_database(metadata), transport, delays)
        for name in ("intake", "notify")
    ]
    try:
        yield intake, notify
    finally:
        await intake.stop()
        await notify.stop()


async def say(runtime: Runtime, count: int = 1, failure: Exception | None = None) -> list[UUID]:
    """Publish `count` events in one transaction, which may then fail; returns their ids."""
    async with runtime.database.transaction() as session:
        ids = [_say_one(runtime, session) for _ in range(count)]
        if failure is not None:
            raise failure
        return ids


def _say_one(runtime: Runtime, session: AsyncSession) -> UUID:
    at = runtime.clock.now()
    state = RevokedSession(id=new_id(), version=1, expires_at=at + timedelta(minutes=15))
    return publish(session, OwnerSessionRevoked(session=state), actor=SYSTEM, at=at)


async def effects(runtime: Runtime) -> dict[UUID, int]:
    async with runtime.database.transaction() as session:
        rows = await session.execute(text("SELECT event_id, times FROM effect"))
        return {row.event_id: row.times for row in rows}


async def count(runtime: Runtime, table: str, where: str = "true") -> int:
    async with runtime.database.transaction() as session:
        found = await session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"))
        return int(found.scalar_one())


async def handled(host: Host, expected: int) -> bool:
    return await count(host.runtime, "effect") == expected
