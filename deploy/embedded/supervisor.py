"""The one process that owns everything on one machine: it starts the database, runs the system,
and ends both in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine

from deploy.embedded.servers import PostgresServer

Main = Callable[[PostgresServer, asyncio.Event], Coroutine[None, None, None]]

LOOK_AFTER = 1.0  # seconds between two looks at the database


def supervise(main: Main, postgres: PostgresServer) -> None:
    """Run `main` until it returns; the database is there before it and gone after it.

    On SIGINT or SIGTERM the event that `main` was given is set, and `main` is expected to finish
    what it has in hand. A second signal cancels it. Raises what `main` raises.
    """
    try:
        postgres.start()
        asyncio.run(_run(main, postgres))
    finally:
        postgres.stop()


async def _run(main: Main, postgres: PostgresServer) -> None:
    stopping = asyncio.Event()
    work = asyncio.create_task(main(postgres, stopping))
    keeper = asyncio.create_task(_keep_alive(postgres))

    def heard() -> None:
        if stopping.is_set():
            work.cancel()
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, heard)
    try:
        await work
    except asyncio.CancelledError:
        if not stopping.is_set():
            raise
    finally:
        keeper.cancel()


async def _keep_alive(postgres: PostgresServer) -> None:
    """A database that was killed comes back on the same port with the same data."""
    while True:
        await asyncio.sleep(LOOK_AFTER)
        postgres.revive()
