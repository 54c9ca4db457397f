"""The whole system in one process: four services behind one origin, simulators beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from deploy.demo.town import demo_town
from deploy.embedded.settling import Settling
from deploy.simulators.town import Town
from services.intake.app import service as intake
from services.notify.app import service as notify
from services.routing.app import service as routing
from services.survey.app import service as survey
from shared.clock import Clock, SimulatedClock
from shared.composition import choose_transport
from shared.hosting import Host
from shared.messaging.transport import Transport
from shared.migrating import upgrade
from shared.settings import from_environment
from shared.web.problems import path_not_found

SWEEPS = 2  # what the worker's own sweeper held during the first is over by the second

DEFINITIONS = (routing, intake, survey, notify)


@dataclass(frozen=True)
class System:
    """`hosts` by the name of the service. Close it in any case."""

    hosts: Mapping[str, Host]
    transport: Transport
    clock: Clock
    town: Town
    settling: Settling

    @classmethod
    async def open(cls, environment: Mapping[str, str], clock: Clock) -> System:
        """Migrates the four databases; starts nothing yet."""
        settings = [from_environment(each.name, environment) for each in DEFINITIONS]
        for definition, setting in zip(DEFINITIONS, settings, strict=True):
            await asyncio.to_thread(upgrade, definition.migrations, setting.database_url)
        transport = choose_transport(settings[0])
        hosts = {
            definition.name: await Host.open(definition, setting, clock, transport)
            for definition, setting in zip(DEFINITIONS, settings, strict=True)
        }
        for host in hosts.values():
            host.drain()
        town = demo_town(environment, clock)
        return cls(hosts, transport, clock, town, Settling(tuple(hosts.values())))

    def start(self) -> None:
        """Let every worker run."""
        for host in self.hosts.values():
            host.start_worker()
            host.start_api_duties()

    async def recover(self) -> None:
        """Send again what waited in memory when the process died (in-process transport)."""
        for host in self.hosts.values():
            await host.housekeeping.reconcile(patience=0)

    async def seed(self) -> None:
        """Make the demo world; what lies there already is left alone."""
        for host in self.hosts.values():
            await host.definition.seed(host.runtime)

    def admit(self) -> None:
        """Everything is in place: say yes to readiness checks."""
        for host in self.hosts.values():
            host.admit()

    def application(self, *front: BaseRoute) -> Starlette:
        """Everything under one origin: services, simulators, and what stands in front of them."""
        mounts = [Mount(f"/{name}", host.api()) for name, host in self.hosts.items()]
        routes = [*front, *mounts, *self.town.mounts()]
        return Starlette(routes=routes, exception_handlers={404: path_not_found})

    async def settle(self) -> None:
        """Wait until every event was handled and everything that is due was sent."""
        await self.settling.wait()

    async def move_to(self, moment: datetime) -> None:
        """Simulated time only: go there, let due clocks fire, and wait for what follows."""
        assert isinstance(self.clock, SimulatedClock)
        self.clock.move_to(moment)
        for _ in range(SWEEPS):
            for host in self.hosts.values():
                if host.sweeper is not None:
                    await host.sweeper.sweep()
            await self.settle()

    def drain(self) -> None:
        """Say no to readiness checks, and end the streams that are open."""
        for host in self.hosts.values():
            host.drain()

    async def close(self) -> None:
        self.drain()
        for host in self.hosts.values():
            await host.stop()
        await self.transport.close()
