"""Runs a service: its API, its worker, or both, in whatever process it is asked to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from starlette.applications import Starlette
from starlette.routing import Mount
from structlog import get_logger

from shared.audit.duties import AuditDuties
from shared.clock import Clock
from shared.clocks.sweeper import Sweeper
from shared.composition import compose_runtime
from shared.definition import Definition
from shared.housekeeping import Housekeeping
from shared.logs import configure_logs
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.transport import Transport
from shared.runtime import Runtime
from shared.serving import Server, server_for, spare_the_collector, stop_signals
from shared.settings import Settings
from shared.watching import watched
from shared.web.app import app_of, wants_telemetry
from shared.web.served import Served

NOTICE = 2.0  # seconds between "not ready" and no longer listening
PAUSE_AFTER_CRASH = 1.0  # seconds

logger = get_logger(__name__)


class Host:
    """One service in this process. Start what you need, then `stop` in any case."""

    def __init__(self, definition: Definition, runtime: Runtime) -> None:
        self.definition = definition
        self.runtime = runtime
        self.relay = Relay(runtime.name, runtime.database, runtime.transport)
        self.consumer = Consumer(runtime, definition.subscriptions)
        self.housekeeping = Housekeeping(runtime)
        self.sweeper = (
            Sweeper(runtime, definition.on_tick, definition.on_the_dot)
            if definition.on_tick
            else None
        )
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def open(
        cls, definition: Definition, settings: Settings, clock: Clock, transport: Transport
    ) -> Host:
        runtime = compose_runtime(settings, clock, transport)
        await definition.compose(runtime)
        return cls(definition, runtime)

    def api(self) -> Served:
        telemetry = wants_telemetry(self.runtime.settings)
        return Served(app_of(self.definition.front, telemetry=telemetry), self.runtime)

    def start_worker(self) -> None:
        """Relay, consume, sweep, seal and keep house until stopped."""
        loops: list[Callable[[], Awaitable[None]]] = [
            self.relay.run,
            self.consumer.run,
            AuditDuties(self.runtime).run,
            self.housekeeping.run,
        ]
        if self.sweeper is not None:
            loops.append(self.sweeper.run)
        loops += [partial(loop, self.runtime) for loop in self.definition.loops]
        for duty in loops:
            self._keep(duty)

    def start_api_duties(self) -> None:
        """What an API process needs beside requests: to hear of revoked sessions."""
        self._keep(self.housekeeping.follow_revocations)

    def _keep(self, loop: Callable[[], Awaitable[None]]) -> None:
        self._tasks.append(asyncio.create_task(_keep_running(self.runtime.name, loop)))

    def admit(self) -> None:
        """Say yes to readiness checks."""
        self.runtime.draining = False

    def drain(self) -> None:
        """Say no to readiness checks, so that the proxy sends nothing new."""
        self.runtime.draining = True

    async def stop(self) -> None:
        logger.info("stopping", service=self.runtime.name)
        self.drain()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self.definition.release(self.runtime)
        await self.runtime.database.dispose()


def mounted(*hosts: Host) -> Starlette:
    """One origin: every service under its own name."""
    return Starlette(routes=[Mount(f"/{host.runtime.name}", host.api()) for host in hosts])


async def run_api(host: Host, *, address: str, port: int) -> None:
    """Answer until SIGTERM: no longer ready at once, deaf a moment later, then done."""
    configure_logs(host.runtime.settings)
    stopping = stop_signals()
    server = server_for(Mount(f"/{host.runtime.name}", host.api()), address=address, port=port)
    spare_the_collector()
    host.start_api_duties()
    logger.info("listening", service=host.runtime.name, address=address, port=port)
    closing = asyncio.create_task(_close_after(stopping, host, server))
    try:
        await server.serve()
    finally:
        closing.cancel()
        await host.stop()


async def _close_after(stopping: asyncio.Event, host: Host, server: Server) -> None:
    await stopping.wait()
    host.drain()
    await asyncio.sleep(NOTICE)
    server.should_exit = True


async def run_worker(host: Host, *, address: str = "127.0.0.1", port: int | None = None) -> None:
    """Work until SIGTERM; what is in hand then is delivered again.

    With a `port` it can be watched there: `/health` and `/metrics`.
    """
    configure_logs(host.runtime.settings)
    stopping = stop_signals()
    host.start_worker()
    logger.info("working", service=host.runtime.name, transport=host.runtime.transport.name)
    try:
        async with watched(host.runtime.name, address, port):
            await stopping.wait()
    finally:
        await host.stop()


async def _keep_running(service: str, loop: Callable[[], Awaitable[None]]) -> None:
    """A loop that fails is logged and started again: one bad row must not stop a service."""
    while True:
        try:
            await loop()
        except Exception as failure:  # house: edge — the loop's own handling did not cover it
            logger.error(
                "loop_failed", service=service, error=type(failure).__name__, exc_info=failure
            )
        with suppress(TimeoutError):
            await asyncio.sleep(PAUSE_AFTER_CRASH)
