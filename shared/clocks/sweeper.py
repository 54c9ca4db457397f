"""Finds clocks whose moment has come and tells the service, once per warning and breach.

Rows are claimed in batches with SKIP LOCKED, so that any number of sweepers may run; time is the
database's, or the simulated clock's. A breach is recorded at its due time, however late it is
noticed (X38).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from structlog import get_logger

from shared.clocks.rows import COLUMNS, ClockRow, next_look
from shared.database import database_is_away

if TYPE_CHECKING:
    from shared.runtime import Runtime

BATCH = 200
INTERVAL = 1.0  # seconds

CLAIM = text(f"""
    SELECT {COLUMNS} FROM clock WHERE state = 'RUNNING' AND next_at <= :now
    ORDER BY next_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
""")
ADVANCE = text("""
    UPDATE clock SET next_at = row.next_at, breached_at = row.breached_at, warned = row.warned
    FROM unnest(CAST(:ids AS uuid[]), CAST(:nexts AS timestamptz[]),
                CAST(:breaches AS timestamptz[]), CAST(:warned AS float[]))
         AS row (id, next_at, breached_at, warned)
    WHERE clock.id = row.id
""")

logger = get_logger(__name__)


@dataclass(frozen=True)
class Tick:
    """What the sweeper found: the clock has passed `share` of its length; 1.0 is the breach."""

    clock: ClockRow
    share: float
    at: datetime

    @property
    def breached(self) -> bool:
        return self.share >= 1.0


OnTick = Callable[["Runtime", AsyncSession, Tick], Awaitable[None]]


class Sweeper:
    """`on_the_dot` names the kinds that act at the due instant itself (X04); a promise is still
    kept at that instant and broken only after it (B04).
    """

    def __init__(
        self, runtime: Runtime, on_tick: OnTick, on_the_dot: frozenset[str] = frozenset()
    ) -> None:
        self._runtime = runtime
        self._on_tick = on_tick
        self._on_the_dot = on_the_dot

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception as failure:  # house: edge — only an absent database is waited out
                if not database_is_away(failure):
                    raise
                logger.warning("sweeper_waits", error=type(failure).__name__)
            await asyncio.sleep(INTERVAL)

    async def sweep(self) -> int:
        """Deal with everything that is due now; returns how many clocks that were."""
        total = 0
        while True:
            async with self._runtime.database.transaction() as session:
                swept = await self._sweep_batch(session)
            total += swept
            if swept < BATCH:
                return total

    async def _sweep_batch(self, session: AsyncSession) -> int:
        now = await self._now(session)
        rows = await session.execute(CLAIM, {"now": now, "limit": BATCH})
        clocks = [ClockRow(**row._mapping) for row in rows]
        ticks = [tick for clock in clocks if (tick := self._tick(clock, now)) is not None]
        if clocks:
            await session.execute(ADVANCE, self._advanced(clocks, now))
        for tick in ticks:
            await self._on_tick(self._runtime, session, tick)
        return len(clocks)

    async def _now(self, session: AsyncSession) -> datetime:
        if self._runtime.clock.simulated:
            return self._runtime.clock.now()
        now: datetime = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
        return now

    def _tick(self, clock: ClockRow, now: datetime) -> Tick | None:
        """The gravest thing that happened since the last look; earlier warnings are skipped."""
        if self._over(clock, now):
            return Tick(clock, 1.0, clock.due_at)
        length = clock.due_at - clock.started_at
        passed = [share for share in clock.warnings if clock.started_at + length * share <= now]
        if not passed or max(passed) <= clock.warned:
            return None
        share = max(passed)
        return Tick(clock, share, clock.started_at + length * share)

    def _over(self, clock: ClockRow, now: datetime) -> bool:
        return now > clock.due_at or (now == clock.due_at and clock.kind in self._on_the_dot)

    def _advanced(self, clocks: Sequence[ClockRow], now: datetime) -> dict[str, list[object]]:
        ticks = [self._tick(clock, now) for clock in clocks]
        return {
            "ids": [clock.id for clock in clocks],
            "nexts": [self._next(clock, now) for clock in clocks],
            "breaches": [tick.at if tick and tick.breached else None for tick in ticks],
            "warned": [
                tick.share if tick else clock.warned
                for tick, clock in zip(ticks, clocks, strict=True)
            ],
        }

    def _next(self, clock: ClockRow, now: datetime) -> datetime | None:
        if self._over(clock, now):
            return None
        return next_look(clock.started_at, clock.due_at, clock.warnings, after=now)
