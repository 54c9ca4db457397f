"""The whole system for the journeys: databases of its own, a port, a clock, a transport."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from deploy.embedded.system import DEFINITIONS
from shared.definition import Definition
from shared.migrating import upgrade
from tests.environment import environment
from tests.servers import Databases

Migrate = Callable[[str], Awaitable[None]]


def _migrating(definition: Definition) -> Migrate:
    async def migrate(url: str) -> None:
        await asyncio.to_thread(upgrade, definition.migrations, url)

    return migrate


MIGRATE = {definition.name: _migrating(definition) for definition in DEFINITIONS}


async def city_environment(databases: Databases, port: int, **changes: str) -> dict[str, str]:
    """Fresh keys, a fresh database for every service, and simulators on the same port."""
    origin = f"http://127.0.0.1:{port}"
    urls = {
        f"LIUDUAN_{name.upper()}_DATABASE_URL": await databases.fresh_database(migrate)
        for name, migrate in MIGRATE.items()
    }
    addresses = {
        "LIUDUAN_PUBLIC_URL": origin,
        "LIUDUAN_SIMULATORS_URL": origin,
        "LIUDUAN_WECHAT_URL": f"{origin}/simulators/wechat",
        "LIUDUAN_SMS_URL": f"{origin}/simulators/sms",
        "LIUDUAN_INTAKE_FILES": "memory:///",
        "LIUDUAN_HOTLINE_PULL_URL": f"{origin}/simulators/hotline/orders",
        "LIUDUAN_HOTLINE_REPLY_URL": f"{origin}/simulators/hotline/replies",
    }
    return environment(**addresses, **urls, **changes)
