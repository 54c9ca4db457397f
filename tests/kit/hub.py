"""A hub that takes callbacks: it checks the signature as ours does, and answers by a script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deploy.embedded.processes import free_port
from shared.clock import SystemClock
from shared.serving import Server, server_for
from shared.signatures import Verifier, verify
from tests.waiting import until


@dataclass
class Taken:
    """One attempt whose signature was good."""

    webhook_id: str
    organisation: str
    path: str
    body: bytes
    signature: str


@dataclass
class CallbackHub:
    """`statuses` are what the next attempts are answered, 200 after the last."""

    keys: Sequence[Verifier]
    statuses: list[int] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def take(self, request: Request) -> Response:
        body = await request.body()
        delivery = verify(body, request.headers, now=SystemClock().now(), keys=self.keys)
        self.taken.append(
            Taken(
                delivery.id,
                request.headers["liuduan-organisation"],
                request.url.path,
                body,
                request.headers["webhook-signature"],
            )
        )
        status = self.statuses.pop(0) if self.statuses else 200
        return JSONResponse({"said": json.loads(body)["type"]}, status)


@asynccontextmanager
async def callback_hub(*keys: Verifier) -> AsyncIterator[CallbackHub]:
    hub = CallbackHub(keys)
    route = Route("/routing/callbacks/{kind}", hub.take, methods=["POST"])
    server = server_for(Starlette(routes=[route]), port=hub.port)
    serving = asyncio.create_task(server.serve())
    await until(lambda: _started(server))
    yield hub
    server.should_exit = True
    await serving


async def _started(server: Server) -> bool:
    return server.started
