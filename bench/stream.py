"""`python -m bench.stream [--seconds N]`: thousands of open windows in one process.

A real `notify` API (uvicorn, sockets on loopback, PostgreSQL) with so many Server-Sent Events
streams, each of another person of one organisation, none of whom does anything. Then, one after the
other, a message to the organisation is written by the worker's own command in this process, and
the time until every window has it is taken. Memory is the process's own (PSS), before the first
window and when all are idle.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, perf_counter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from bench.machine import resident_mb
from bench.output import run, table
from bench.processes import answers, module, running
from bench.world import private_folder
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.processes import free_port
from deploy.embedded.serving import embedded_environment
from services.notify.app import service
from services.notify.changes.reading import BELL
from shared.clock import SystemClock
from shared.database import Database
from shared.identity import Actor, End, Issuer, Role, TokenIssuer
from shared.ids import new_id
from shared.migrating import upgrade

WINDOWS = int(os.environ.get("BENCH_WINDOWS", "2000"))
FILES = 16  # beside one per window
OPENING = 50  # windows that are opened at a time
FEWEST = 10  # events
PATIENCE = 120  # seconds

WRITE = text("""
    INSERT INTO message (id, event_id, event_type, notification, recipient_kind, recipient_id,
        title, body, template, card, channels, quiet, state, step, tries, taken, deliver_after,
        created_at)
    VALUES (:id, :id, 'bench', 'N04', 'ORGANISATION', :to, '您有新的待办案件', '', 'TASK', '{}',
        '{}', false, 'DELIVERED', 0, 0, false, :at, :at)
""")


class Window:
    """A client that only reads: as little as possible of its own."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[str, float]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def open(self, port: int, token: str) -> None:
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._writer.write(
            f"GET /notify/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {token}\r\n\r\n".encode()
        )
        status = await reader.readline()
        assert b" 200 " in status, status
        while b"event: unread" not in await reader.readline():
            pass
        self._task = asyncio.create_task(self._read(reader))

    async def close(self) -> None:
        assert self._task is not None
        self._task.cancel()
        self._writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        name = b""
        while line := await reader.readline():
            if line.startswith(b"event: "):
                name = line[7:].strip()
            elif line.startswith(b"data: ") and name == b"message":
                told = json.loads(line[6:])
                self.heard.put_nowait((told["id"], perf_counter()))


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    _allow_files(2 * WINDOWS + FILES * 10)
    with private_folder() as folder:
        postgres = EmbeddedPostgres(folder)
        postgres.start()
        try:
            return await _measured(postgres, folder, seconds)
        finally:
            postgres.stop()


async def _measured(
    postgres: EmbeddedPostgres, folder: Path, seconds: float
) -> tuple[dict[str, Any], str]:
    port, organisation = free_port(), uuid4()
    environment = await embedded_environment(postgres, folder, port=port)
    url = environment["LIUDUAN_NOTIFY_DATABASE_URL"]
    await asyncio.to_thread(upgrade, service.migrations, url)
    async with _served(environment, port, folder) as pid:
        before = resident_mb(pid)
        async with AsyncExitStack() as stack:
            started = monotonic()
            windows = await _opened(stack, environment, port, organisation)
            opening = monotonic() - started
            idle = await _settled_mb(pid)
            times, last = await _events(url, organisation, windows, seconds)
            loaded = resident_mb(pid)
    return _told(before, idle, loaded, opening, times, last)


@asynccontextmanager
async def _served(environment: Mapping[str, str], port: int, folder: Path) -> AsyncIterator[int]:
    log = folder / "notify.log"
    command = module("services.notify", "api", "--port", str(port))
    async with running(command, environment, log) as process:
        await answers(f"http://127.0.0.1:{port}/notify/health", process, log)
        yield process.pid


async def _opened(
    stack: AsyncExitStack, environment: Mapping[str, str], port: int, organisation: UUID
) -> list[Window]:
    key = environment["LIUDUAN_ROUTING_SIGNING_KEY"]
    name = environment["LIUDUAN_ROUTING_SIGNING_KEY_ID"]
    issuer = TokenIssuer(key, name, Issuer.ROUTING, SystemClock())
    windows = [Window() for _ in range(WINDOWS)]
    for begin in range(0, WINDOWS, OPENING):
        some = windows[begin : begin + OPENING]
        tokens = [issuer.issue(_person(organisation)).value for _ in some]
        await asyncio.gather(*(w.open(port, t) for w, t in zip(some, tokens, strict=True)))
        for window in some:
            stack.push_async_callback(window.close)
    return windows


async def _events(
    url: str, organisation: UUID, windows: list[Window], seconds: float
) -> tuple[list[float], list[float]]:
    """Milliseconds from before the commit until each window had it; and until the last had it."""
    database, started = Database(url), monotonic()
    every: list[float] = []
    last: list[float] = []
    try:
        while len(last) < FEWEST or monotonic() - started < seconds:
            message, begun = new_id(), perf_counter()
            async with database.transaction() as session:
                row = {"id": message, "to": organisation, "at": SystemClock().now()}
                await session.execute(WRITE, row)
            database.ring(BELL)
            async with asyncio.timeout(PATIENCE):
                heard = [await window.heard.get() for window in windows]
            assert {told for told, _ in heard} == {str(message)}
            times = [(at - begun) * 1000 for _, at in heard]
            every += times
            last.append(max(times))
            await asyncio.sleep(0.2)
    finally:
        await database.dispose()
    return every, last


async def _settled_mb(pid: int) -> float:
    await asyncio.sleep(2)
    return resident_mb(pid)


def _person(organisation: UUID) -> Actor:
    return Actor(
        id=uuid4(),
        end=End.DEPARTMENT,
        roles=frozenset({Role.DEPARTMENT_OFFICER}),
        organisation_id=organisation,
        session_id=uuid4(),
    )


def _allow_files(wanted: int) -> None:
    """For this process and those it starts. Raises ValueError where the hard limit is lower."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _told(
    before: float,
    idle: float,
    loaded: float,
    opening: float,
    times: list[float],
    last: list[float],
) -> tuple[dict[str, Any], str]:
    each = (idle - before) / WINDOWS * 1024
    p99 = quantiles(times, n=100)[98]
    figures = {
        "windows": WINDOWS,
        "kb_per_window": round(each, 1),
        "mb_before": round(before),
        "mb_idle": round(idle),
        "events": len(last),
        "p50_ms": round(median(times), 1),
        "p99_ms": round(p99, 1),
    }
    rows = [
        ("windows open", f"{WINDOWS:,}"),
        ("to open them all", f"{opening:.1f} s"),
        ("memory without / with them, idle / after the events",
         f"{before:.0f} / {idle:.0f} / {loaded:.0f} MB"),
        ("memory of a window", f"{each:.1f} kB"),
        (f"an event reaches a window ({len(last)} events), p50", f"{median(times):.0f} ms"),
        ("p99", f"{p99:.0f} ms"),
        ("the last of all windows, median", f"{median(last):.0f} ms"),
    ]  # fmt: skip
    return figures, table(("idle Server-Sent Events, one process", ""), rows)


if __name__ == "__main__":
    run(measure)
