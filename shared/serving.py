"""HTTP serving that leaves signals to whoever owns the process, so that nothing is cut short."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

GRACE = 20  # seconds for the requests in hand
YOUNG_OBJECTS = 20_000


class Server(uvicorn.Server):
    """Stops when `should_exit` is set, and lets its owner finish afterwards."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server_for(app: ASGIApp, *, address: str = "127.0.0.1", port: int = 0) -> Server:
    config = uvicorn.Config(
        app,
        host=address,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE,
        server_header=False,
    )
    return Server(config)


def spare_the_collector() -> None:
    """What was made at the start stays for good: the collector need not look through it again, nor
    look at all for every few hundred objects of a request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def stop_signals() -> asyncio.Event:
    """Set by SIGTERM or SIGINT; call it from the main task."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping
