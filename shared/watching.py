"""A worker's own small door, for whoever watches it: is it alive, and how is it doing?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.serving import server_for


def watching_app(service: str) -> Starlette:
    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "service": service})

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/health", health), Route("/metrics", metrics)])


@asynccontextmanager
async def watched(service: str, address: str, port: int | None) -> AsyncIterator[None]:
    """Answers at `port` while the block runs; without one there is no door."""
    if port is None:
        yield
        return
    server = server_for(watching_app(service), address=address, port=port)
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving
