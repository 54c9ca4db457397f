"""What a service says about itself; hosting turns it into processes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData

from shared.clocks.sweeper import OnTick
from shared.messaging.subscriptions import Subscriptions
from shared.runtime import Runtime
from shared.web.front import Front

Loop = Callable[[Runtime], Awaitable[None]]
Seed = Callable[[Runtime], Awaitable[None]]


class DemoRefused(Exception):
    """Invented people with a known password belong to the embedded mode only."""


async def nothing(_: Runtime) -> None:
    """A service that has nothing of its own to bring."""


@dataclass(frozen=True)
class Definition:
    """`compose` puts the service's own tools into the runtime, `release` lets go of them.

    `loops` run in the worker until cancelled. `reference` brings what every installation has,
    `demo` the service's part of the demo world; both may be repeated.
    """

    name: str
    front: Front
    metadata: MetaData
    migrations: Path
    subscriptions: Subscriptions
    compose: Callable[[Runtime], Awaitable[None]]
    release: Callable[[Runtime], Awaitable[None]]
    reference: Seed = nothing
    demo: Seed = nothing
    on_tick: OnTick | None = None
    on_the_dot: frozenset[str] = frozenset()
    loops: Sequence[Loop] = ()

    async def seed(self, runtime: Runtime) -> None:
        """What every installation has, and in the embedded mode the demo world as well."""
        await self.reference(runtime)
        if runtime.settings.embedded:
            await self.seed_demo(runtime)

    async def seed_demo(self, runtime: Runtime) -> None:
        """Raises DemoRefused outside the embedded mode."""
        if not runtime.settings.embedded:
            raise DemoRefused
        await self.demo(runtime)
