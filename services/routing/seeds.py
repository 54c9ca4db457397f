"""Routing's part of a new installation, and of the demo world. May be repeated."""

from __future__ import annotations

from services.routing.directory.errand import Errand
from services.routing.directory.seeds.administrator import seed_administrator
from services.routing.directory.seeds.demo import seed_demo
from services.routing.directory.seeds.reference import seed_reference
from services.routing.integration.seeds import seed_demo_keys
from shared.identity import SYSTEM
from shared.runtime import Runtime


async def seed_installation(runtime: Runtime) -> None:
    """Divisions and authorities; where nobody is invented, also the first administrator."""
    async with runtime.database.transaction() as session:
        errand = Errand(runtime, session, SYSTEM, runtime.clock.now())
        await seed_reference(errand)
        if not runtime.settings.embedded:
            await seed_administrator(errand)


async def seed_demo_world(runtime: Runtime) -> None:
    """Invented estates, people and keys."""
    async with runtime.database.transaction() as session:
        errand = Errand(runtime, session, SYSTEM, runtime.clock.now())
        await seed_demo(errand)
        await seed_demo_keys(errand)
