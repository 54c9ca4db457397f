"""One origin for a person who tries the system out: serve it, and say where everything is."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import BaseRoute, Route

from deploy.embedded.failures import PortTaken
from deploy.embedded.harmless import refuse_real_settings
from deploy.embedded.keys import kept_keys
from deploy.embedded.landing import front_page
from deploy.embedded.servers import PostgresServer
from deploy.embedded.supervisor import Main
from deploy.embedded.system import DEFINITIONS, System
from shared.clock import SystemClock
from shared.logs import configure_logs
from shared.serving import server_for
from shared.settings import from_environment

Ready = Callable[[System, Mapping[str, str]], None]


def one_machine(state: Path, address: str, port: int, ready: Ready) -> Main:
    """What the supervisor runs: the whole system at `address`, its keys in the `state` folder."""

    async def main(postgres: PostgresServer, stopping: asyncio.Event) -> None:
        environment = await embedded_environment(postgres, state, port=port)
        configure_logs(from_environment("embedded", environment))
        system = await System.open(environment, SystemClock())
        try:
            async with served(system, address, port):
                system.start()
                await system.recover()
                await system.seed()
                system.admit()
                ready(system, environment)
                await stopping.wait()
        finally:
            await system.close()

    return main


async def embedded_environment(
    postgres: PostgresServer, state: Path, *, port: int = 8000
) -> dict[str, str]:
    """Kept keys, this machine's addresses, the four databases; what the caller has set wins.

    Raises RealSettings, or NotOurs for a database with other data.
    """
    refuse_real_settings(os.environ)
    origin = f"http://127.0.0.1:{port}"
    databases = {}
    for definition in DEFINITIONS:
        await postgres.claim_database(f"liuduan_{definition.name}")
        name = f"LIUDUAN_{definition.name.upper()}_DATABASE_URL"
        databases[name] = postgres.url(f"liuduan_{definition.name}")
    addresses = {
        "LIUDUAN_PUBLIC_URL": origin,
        "LIUDUAN_WECHAT_URL": f"{origin}/simulators/wechat",
        "LIUDUAN_SMS_URL": f"{origin}/simulators/sms",
        "LIUDUAN_HOTLINE_PULL_URL": f"{origin}/simulators/hotline/orders",
        "LIUDUAN_HOTLINE_REPLY_URL": f"{origin}/simulators/hotline/replies",
        "LIUDUAN_SIMULATORS_URL": origin,
        "LIUDUAN_LOG_LEVEL": "WARNING",
    }
    folders = {
        "LIUDUAN_ROUTING_PHOTOS": str(state / "photos"),
        "LIUDUAN_INTAKE_FILES": (state / "files").absolute().as_uri(),
    }
    return {**kept_keys(state), **addresses, **databases, **folders, **os.environ}


class served:
    """Serves the system's application while the block runs."""

    def __init__(self, system: System, address: str, port: int) -> None:
        self._system = system
        self._door = _listening(address, port)
        self._server = server_for(system.application(*front(system)))
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._server.serve(sockets=[self._door]))
        while not (self._server.started or self._task.done()):  # noqa: ASYNC110 — no event to wait for
            await asyncio.sleep(0.01)

    async def __aexit__(self, *_: object) -> None:
        self._system.drain()
        self._server.should_exit = True
        if self._task is not None:
            with suppress(asyncio.CancelledError):
                await self._task
        self._door.close()


def _listening(address: str, port: int) -> socket.socket:
    """Raises PortTaken; uvicorn would end the process.

    The protocol is named, because asyncio sets TCP_NODELAY only on sockets that say they are TCP.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((address, port))
    except OSError as failure:
        door.close()
        raise PortTaken(address, port) from failure
    return door


def front(system: System) -> list[BaseRoute]:
    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "services": list(system.hosts)})

    async def page(_: Request) -> HTMLResponse:
        return HTMLResponse(front_page(system))

    return [Route("/health", health), Route("/", page), Route("/simulators", page)]
