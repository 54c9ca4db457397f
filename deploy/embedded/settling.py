"""Tells when the system has come to rest: every event handled, every due message sent.

For the demo and the tests, which move a simulated clock and must not guess how long work takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy import text

from shared.hosting import Host

PAUSE = 0.005  # seconds between looks

RECENT = text("""
    SELECT id, type, audience, sent_at IS NULL AS unsent FROM outbox
    WHERE position > :after ORDER BY position
""")
LAST = text("SELECT coalesce(max(position), 0) FROM outbox")
SETTLED = text("""
    SELECT event_id, count(*) AS handlers FROM inbox
    WHERE event_id = ANY(:ids) AND (handled_at IS NOT NULL OR parked_at IS NOT NULL)
    GROUP BY event_id
""")


@runtime_checkable
class Pump(Protocol):
    """A part of a service that sends what is due, e.g. messages or webhooks."""

    async def pump(self) -> int: ...


class Settling:
    """Remembers how far each outbox was found at rest, so that a look stays cheap.

    Only once all are: while a handler works, a row may still appear below the last position.
    """

    def __init__(self, hosts: Sequence[Host]) -> None:
        self._hosts = {host.runtime.name: host for host in hosts}
        self._rested: dict[str, int] = dict.fromkeys(self._hosts, 0)
        self._reached = dict(self._rested)

    async def wait(self) -> None:
        """Returns once nothing is under way any more."""
        while True:
            await self._wait_for_events()
            if await self._pump() == 0 and await self._at_rest():
                self._rested = self._reached
                return

    async def _wait_for_events(self) -> None:
        while not await self._at_rest():  # noqa: ASYNC110 — the other side is a database
            await asyncio.sleep(PAUSE)

    async def _pump(self) -> int:
        parts = [part for host in self._hosts.values() for part in host.runtime.parts.values()]
        return sum([await part.pump() for part in parts if isinstance(part, Pump)])

    async def _at_rest(self) -> bool:
        for name in self._hosts:
            if not await self._outbox_at_rest(name):
                return False
        return True

    async def _outbox_at_rest(self, name: str) -> bool:
        async with self._hosts[name].runtime.database.transaction() as session:
            last = (await session.execute(LAST)).scalar_one()
            rows = (await session.execute(RECENT, {"after": self._rested[name]})).all()
        if any(row.unsent for row in rows):
            return False
        for service, expected in self._expected(rows).items():
            if not await self._handled(service, expected):
                return False
        self._reached = self._reached | {name: last}
        return True

    def _expected(self, rows: Sequence[object]) -> dict[str, dict[UUID, int]]:
        """For each service here: the events it must handle, and by how many handlers."""
        expected: dict[str, dict[UUID, int]] = {}
        for row in rows:
            for service in row.audience:  # type: ignore[attr-defined]
                host = self._hosts.get(service)
                handlers = len(host.definition.subscriptions.of(row.type)) if host else 0  # type: ignore[attr-defined]
                if handlers:
                    expected.setdefault(service, {})[row.id] = handlers  # type: ignore[attr-defined]
        return expected

    async def _handled(self, service: str, expected: Mapping[UUID, int]) -> bool:
        async with self._hosts[service].runtime.database.transaction() as session:
            rows = await session.execute(SETTLED, {"ids": list(expected)})
            handled = {row.event_id: row.handlers for row in rows}
        return all(handled.get(event_id, 0) >= count for event_id, count in expected.items())
