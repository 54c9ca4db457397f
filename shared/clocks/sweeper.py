"""Finds clocks whose moment has come and tells the service, once per warning and breach.

Rows are claimed in batches with SKIP LOCKED, so that any number of sweepers may run; time is the
database's, or the simulated clock's. A breach is recorded at its due time, however late it is
noticed (X38).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from structlog import get_logger

from shared.clocks.rows import COLUMNS, ClockRow
from shared.database import database_is_away

if TYPE_CHECKING:
    from shared.runtime import Runtime

BATCH = 200
INTERVAL = 1.0  # seconds
PAUSE_AFTER_FAILURE = 60.0  # seconds

Place = tuple[datetime | None, UUID]
BEGINNING: Place = (datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))

CLAIM = text(f"""
    SELECT {COLUMNS} FROM clock
    WHERE state = 'RUNNING' AND next_at <= :now AND (next_at, id) > (:since, :after)
    ORDER BY next_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
""")
CLAIM_ONE = text(f"""
    SELECT {COLUMNS} FROM clock WHERE id = :id AND state = 'RUNNING' AND next_at <= :now
    FOR UPDATE SKIP LOCKED
""")
POSTPONE = text("""
    UPDATE clock SET next_at = CAST(:now AS timestamptz) + make_interval(secs => :seconds)
    WHERE id = :id AND state = 'RUNNING'
""")
ADVANCE = text("""
    UPDATE clock SET next_at = row.next_at, breached_at = row.breached_at, warned = row.warned,
                     climbed = row.climbed
    FROM unnest(CAST(:ids AS uuid[]), CAST(:nexts AS timestamptz[]),
                CAST(:breaches AS timestamptz[]), CAST(:warned AS float[]),
                CAST(:climbed AS int[]))
         AS row (id, next_at, breached_at, warned, climbed)
    WHERE clock.id = row.id
""")

logger = get_logger(__name__)


class LookAgain(Exception):
    """What the clock belongs to is busy now; leave the clock for the next sweep."""


@dataclass(frozen=True)
class Tick:
    """What the sweeper found: the clock has passed `share` of its length; 1.0 is the breach.

    With a `rung` it was breached before, and that step of its ladder has come (0 is the first).
    """

    clock: ClockRow
    share: float
    at: datetime
    rung: int | None = None

    @property
    def breached(self) -> bool:
        return self.share >= 1.0 and self.rung is None


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
        """Deal with everything that is due now, once; returns how many clocks that were."""
        now = await self._now()
        total = 0
        place: Place | None = BEGINNING
        while place is not None:
            swept, place = await self._sweep_batch(now, place)
            total += swept
        return total

    async def _sweep_batch(self, now: datetime, place: Place) -> tuple[int, Place | None]:
        """A batch shares one transaction; when one of its clocks fails, each gets its own."""
        clocks: list[ClockRow] = []
        try:
            async with self._runtime.database.transaction() as session:
                clocks = await self._claim(session, now, place)
                await self._deal_with(session, clocks, now)
        except Exception as failure:  # house: edge — a failing batch is taken apart
            if database_is_away(failure):
                raise
            for clock in clocks:
                await self._alone(clock, now)
        following = (clocks[-1].next_at, clocks[-1].id) if len(clocks) == BATCH else None
        return len(clocks), following

    async def _alone(self, clock: ClockRow, now: datetime) -> None:
        """A clock that fails is looked at again in a minute; a busy subject at the next sweep."""
        try:
            async with self._runtime.database.transaction() as session:
                rows = await session.execute(CLAIM_ONE, {"id": clock.id, "now": now})
                claimed = [ClockRow(**row._mapping) for row in rows]
                await self._deal_with(session, claimed, now)
        except LookAgain:
            return
        except Exception as failure:  # house: edge — one bad clock must not stop the others
            if database_is_away(failure):
                raise
            logger.error(
                "tick_failed", clock=clock.kind, error=type(failure).__name__, exc_info=failure
            )
            await self._postpone(clock, now)

    async def _postpone(self, clock: ClockRow, now: datetime) -> None:
        async with self._runtime.database.transaction() as session:
            values = {"id": clock.id, "now": now, "seconds": PAUSE_AFTER_FAILURE}
            await session.execute(POSTPONE, values)

    async def _claim(self, session: AsyncSession, now: datetime, place: Place) -> list[ClockRow]:
        since, after = place
        values = {"now": now, "since": since, "after": after, "limit": BATCH}
        return [ClockRow(**row._mapping) for row in await session.execute(CLAIM, values)]

    async def _deal_with(
        self, session: AsyncSession, clocks: Sequence[ClockRow], now: datetime
    ) -> None:
        if not clocks:
            return
        await session.execute(ADVANCE, self._advanced(clocks, now))
        for clock in clocks:
            if (tick := self._tick(clock, now)) is not None:
                await self._on_tick(self._runtime, session, tick)

    async def _now(self) -> datetime:
        if self._runtime.clock.simulated:
            return self._runtime.clock.now()
        async with self._runtime.database.transaction() as session:
            now: datetime = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
        return now

    def _tick(self, clock: ClockRow, now: datetime) -> Tick | None:
        """The gravest thing that happened since the last look; earlier warnings are skipped.

        Of the ladder no rung is skipped: each is a step that somebody must see.
        """
        if clock.breached_at is not None:
            return self._climb(clock, now)
        if self._over(clock, now):
            return Tick(clock, 1.0, clock.due_at)
        passed = [(share, at) for share, at in clock.warning_times if at <= now]
        if not passed or passed[-1][0] <= clock.warned:
            return None
        share, at = passed[-1]
        return Tick(clock, share, at)

    def _climb(self, clock: ClockRow, now: datetime) -> Tick | None:
        rung = clock.next_rung
        return Tick(clock, 1.0, rung, clock.climbed) if rung is not None and rung <= now else None

    def _over(self, clock: ClockRow, now: datetime) -> bool:
        return now > clock.due_at or (now == clock.due_at and clock.kind in self._on_the_dot)

    def _advanced(self, clocks: Sequence[ClockRow], now: datetime) -> dict[str, list[object]]:
        after = [self._after(clock, self._tick(clock, now)) for clock in clocks]
        return {
            "ids": [clock.id for clock in after],
            "nexts": [self._next(clock, now) for clock in after],
            "breaches": [clock.breached_at for clock in after],
            "warned": [clock.warned for clock in after],
            "climbed": [clock.climbed for clock in after],
        }

    def _after(self, clock: ClockRow, tick: Tick | None) -> ClockRow:
        """The clock once the tick has been reported."""
        if tick is None:
            return clock
        if tick.rung is not None:
            return replace(clock, climbed=tick.rung + 1, warned=tick.share)
        breached_at = tick.at if tick.breached else None
        return replace(clock, warned=tick.share, breached_at=breached_at)

    def _next(self, clock: ClockRow, now: datetime) -> datetime | None:
        if clock.breached_at is not None:
            return clock.next_rung
        return next((at for _, at in clock.warning_times if at > now), clock.due_at)
