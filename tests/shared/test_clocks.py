"""Clock rows and the sweeper: warned once, breached once, at the due time, paused exactly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from shared import clocks
from shared.clock import SimulatedClock
from shared.clocks import LookAgain, Start, Sweeper, Tick
from shared.ids import new_id
from shared.messaging.in_process import InProcessTransport
from shared.runtime import Runtime
from tests.servers import Databases
from tests.shared.toy import START, Toy, metadata, open_host

HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A simulated clock, a sweeper, and what it reported: (kind, share)."""

    runtime: Runtime
    clock: SimulatedClock
    heard: list[tuple[str, float]] = field(default_factory=list)
    climbed: list[int | None] = field(default_factory=list)

    async def note(self, _: Runtime, __: AsyncSession, tick: Tick) -> None:
        self.heard.append((tick.clock.kind, tick.share))
        self.climbed.append(tick.rung)

    async def start(self, kind: str, hours: float, ladder: tuple[int, ...] = ()) -> UUID:
        subject = new_id()
        due = START + hours * HOUR
        async with self.runtime.database.transaction() as session:
            await clocks.start(session, Start(subject, kind, START, due, (0.5, 0.8), ladder))
        return subject

    async def sweep_after(self, hours: float) -> None:
        self.clock.move_to(START + hours * HOUR)
        sweeper = Sweeper(self.runtime, self.note, frozenset({"SIGN"}))
        await sweeper.sweep()
        await sweeper.sweep()


@pytest.fixture
async def desk(postgres: Databases) -> AsyncIterator[Desk]:
    url = await postgres.fresh_database(metadata)
    host = await open_host(Toy(), "intake", url, InProcessTransport())
    clock = host.runtime.clock
    assert isinstance(clock, SimulatedClock)
    yield Desk(host.runtime, clock)
    await host.stop()


async def test_a_clock_warns_twice_and_breaches_once(desk: Desk) -> None:
    """CK-01 to CK-18: 50 %, 80 %, breach."""
    await desk.start("DISPATCH", 10)
    for hours in (4.9, 5, 7.9, 8, 10, 10.1, 48):
        await desk.sweep_after(hours)
    assert desk.heard == [("DISPATCH", 0.5), ("DISPATCH", 0.8), ("DISPATCH", 1.0)]


async def test_a_promise_is_kept_at_the_due_instant(desk: Desk) -> None:
    """B04: 10:00:00 is on time, the second after is late; X04: signing acts on the dot."""
    await desk.start("DISPATCH", 1)
    await desk.start("SIGN", 1)
    await desk.sweep_after(1)
    assert [kind for kind, share in desk.heard if share == 1.0] == ["SIGN"]
    await desk.sweep_after(1 + 1 / 3600)
    assert sorted(kind for kind, share in desk.heard if share == 1.0) == ["DISPATCH", "SIGN"]


async def test_a_breach_noticed_late_is_recorded_at_its_due_time(desk: Desk) -> None:
    """X38: stopped from 09:00 to 11:00, due 10:00: one breach, at 10:00."""
    subject = await desk.start("DISPATCH", 1)
    await desk.sweep_after(2)
    async with desk.runtime.database.transaction() as session:
        (row,) = await clocks.of_subject(session, subject)
    assert desk.heard == [("DISPATCH", 1.0)]
    assert row.breached_at == START + HOUR


async def test_a_clock_met_late_stays_breached(desk: Desk) -> None:
    subject = await desk.start("FEEDBACK", 1)
    async with desk.runtime.database.transaction() as session:
        await clocks.meet(session, subject, "FEEDBACK", at=START + 2 * HOUR)
        (row,) = await clocks.of_subject(session, subject)
    assert (row.state, row.breached_at) == ("MET", START + HOUR)
    await desk.sweep_after(3)
    assert desk.heard == []


async def test_a_pause_moves_the_due_time_by_exactly_its_length(desk: Desk) -> None:
    """X06: 30 hours of pause, 30 hours later."""
    subject = await desk.start("MEDIUM_RESOLVE", 100)
    async with desk.runtime.database.transaction() as session:
        await clocks.pause(session, subject, "MEDIUM_RESOLVE", at=START + 10 * HOUR)
    await desk.sweep_after(39)
    assert desk.heard == []
    async with desk.runtime.database.transaction() as session:
        await clocks.resume(session, subject, "MEDIUM_RESOLVE", at=START + 40 * HOUR)
        (row,) = await clocks.of_subject(session, subject)
    assert (row.due_at, row.paused_total) == (START + 130 * HOUR, 30 * HOUR)
    await desk.sweep_after(131)
    assert desk.heard == [("MEDIUM_RESOLVE", 1.0)]


async def test_a_running_clock_is_not_started_again(desk: Desk) -> None:
    subject = await desk.start("DISPATCH", 1)
    async with desk.runtime.database.transaction() as session:
        later = Start(subject, "DISPATCH", START + HOUR, START + 9 * HOUR)
        await clocks.start(session, later)
        (row,) = await clocks.of_subject(session, subject)
    assert row.due_at == START + HOUR


async def test_one_failing_clock_does_not_stop_the_others(desk: Desk) -> None:
    """Its batch is taken apart; it is tried again a minute later, not at every sweep."""
    await desk.start("BROKEN", 1)
    await desk.start("DISPATCH", 2)
    tried = []

    async def fail(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
        if tick.clock.kind == "BROKEN":
            tried.append(tick.share)
            raise ZeroDivisionError
        await desk.note(runtime, session, tick)

    sweeper = Sweeper(desk.runtime, fail)
    desk.clock.move_to(START + 3 * HOUR)
    await sweeper.sweep()
    await sweeper.sweep()
    assert desk.heard.count(("DISPATCH", 1.0)) == 1
    assert len(tried) == 2  # once in the batch, once alone
    desk.clock.move_to(START + 3 * HOUR + timedelta(minutes=2))
    await sweeper.sweep()
    assert len(tried) == 4


async def test_a_busy_subject_is_looked_at_again(desk: Desk) -> None:
    await desk.start("DISPATCH", 1)
    busy = True

    async def wait(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
        if busy:
            raise LookAgain
        await desk.note(runtime, session, tick)

    sweeper = Sweeper(desk.runtime, wait)
    desk.clock.move_to(START + 2 * HOUR)
    await sweeper.sweep()
    busy = False
    await sweeper.sweep()
    assert desk.heard == [("DISPATCH", 1.0)]


async def test_warnings_count_net_time(desk: Desk) -> None:
    """X06: after a pause, half of the length is half of the net length."""
    subject = await desk.start("MEDIUM_RESOLVE", 10)
    async with desk.runtime.database.transaction() as session:
        await clocks.pause(session, subject, "MEDIUM_RESOLVE", at=START + 2 * HOUR)
        await clocks.resume(session, subject, "MEDIUM_RESOLVE", at=START + 22 * HOUR)
    await desk.sweep_after(24)
    assert desk.heard == []
    await desk.sweep_after(25)
    assert desk.heard == [("MEDIUM_RESOLVE", 0.5)]


async def test_a_clock_met_while_paused_was_not_breached(desk: Desk) -> None:
    subject = await desk.start("MEDIUM_RESOLVE", 10)
    async with desk.runtime.database.transaction() as session:
        await clocks.pause(session, subject, "MEDIUM_RESOLVE", at=START + 2 * HOUR)
        await clocks.meet(session, subject, "MEDIUM_RESOLVE", at=START + 22 * HOUR)
        (row,) = await clocks.of_subject(session, subject)
    assert row.breached_at is None


async def test_a_clock_met_or_stopped_while_paused_counts_the_pause(desk: Desk) -> None:
    """Net time is gross time without all of the pause, also when the clock never ran on."""
    met, stopped = await desk.start("MEDIUM_RESOLVE", 10), await desk.start("DISPATCH", 10)
    async with desk.runtime.database.transaction() as session:
        await clocks.pause(session, met, "MEDIUM_RESOLVE", at=START + 2 * HOUR)
        await clocks.pause(session, stopped, "DISPATCH", at=START + 2 * HOUR)
        await clocks.meet(session, met, "MEDIUM_RESOLVE", at=START + 5 * HOUR)
        await clocks.stop(session, stopped, "DISPATCH", at=START + 6 * HOUR)
        rows = [*await clocks.of_subject(session, met), *await clocks.of_subject(session, stopped)]
    assert [row.paused_total for row in rows] == [3 * HOUR, 4 * HOUR]
    assert [row.stopped_at for row in rows] == [None, START + 6 * HOUR]


async def test_a_pause_hides_no_breach_before_it(desk: Desk) -> None:
    """X38: due after an hour, nobody looked, paused after two: the breach keeps its own time."""
    subject = await desk.start("DISPATCH", 1)
    async with desk.runtime.database.transaction() as session:
        await clocks.pause(session, subject, "DISPATCH", at=START + 2 * HOUR)
        await clocks.resume(session, subject, "DISPATCH", at=START + 5 * HOUR)
    await desk.sweep_after(6)
    async with desk.runtime.database.transaction() as session:
        (row,) = await clocks.of_subject(session, subject)
    assert (row.due_at, row.breached_at) == (START + HOUR, START + HOUR)
    assert desk.heard == [("DISPATCH", 1.0)]


async def test_a_clock_that_takes_over_keeps_what_stood_still(desk: Desk) -> None:
    """X01, X06: ten net hours since START, of which four have stood still: half of them is at 9."""
    subject = new_id()
    async with desk.runtime.database.transaction() as session:
        due = START + 14 * HOUR
        start = Start(subject, "MEDIUM_RESOLVE", START, due, (0.5, 0.8), paused=4 * HOUR)
        await clocks.start(session, start)
        (row,) = await clocks.of_subject(session, subject)
    assert row.paused_total == 4 * HOUR
    await desk.sweep_after(8.9)
    assert desk.heard == []
    await desk.sweep_after(9)
    assert desk.heard == [("MEDIUM_RESOLVE", 0.5)]


async def test_a_breach_climbs_every_rung_once(desk: Desk) -> None:
    """X18, X38: noticed days late, no rung is skipped; a resumed clock takes up where it was."""
    subject = await desk.start("DISPATCH", 1, (7200, 14400))
    await desk.sweep_after(1.1)
    async with desk.runtime.database.transaction() as session:
        await clocks.pause(session, subject, "DISPATCH", at=START + 2 * HOUR)
    await desk.sweep_after(9)
    assert desk.climbed == [None]
    async with desk.runtime.database.transaction() as session:
        await clocks.resume(session, subject, "DISPATCH", at=START + 9 * HOUR)
    for hours in (9.9, 10, 13, 48):
        await desk.sweep_after(hours)
    assert desk.climbed == [None, 0, 1]


async def test_a_met_clock_climbs_no_further(desk: Desk) -> None:
    subject = await desk.start("DISPATCH", 1, (7200,))
    await desk.sweep_after(1.1)
    async with desk.runtime.database.transaction() as session:
        await clocks.meet(session, subject, "DISPATCH", at=START + 2 * HOUR)
    await desk.sweep_after(48)
    assert desk.climbed == [None]
