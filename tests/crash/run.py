"""One run: a world, its eight processes, load and monkey side by side, then rest and judgement."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from bench.world import SERVICES, World, private_world
from tests.crash.checkers import Finding, findings
from tests.crash.load import Ledger, Load
from tests.crash.monkey import Monkey
from tests.crash.procs import all_ready, service_processes
from tests.kept import kept
from tests.waiting import until

REST_WITHIN = 120  # seconds
KILLS_PER_SECOND = 1 / 3
COMPLAINTS_PER_SECOND = 500 / 60
SETTINGS = {
    # quick enough that lost messages are found again within the run
    "LIUDUAN_RECONCILE_AFTER": "5",
    "LIUDUAN_RETRY_DELAYS": "0,0.5,1,2,5",
    "LIUDUAN_LOG_LEVEL": "WARNING",
}
UNHANDLED = """
    SELECT (SELECT count(*) FROM outbox WHERE sent_at IS NULL)
         + (SELECT count(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)
"""
UNSETTLED = "SELECT count(*) FROM outbox WHERE settled_at IS NULL"


@dataclass
class Report:
    seed: int
    seconds: float
    ledger: Ledger = field(default_factory=Ledger)
    kills: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    handled_after: float | None = None  # seconds from the last kill to the last effect
    settled_after: float | None = None  # … and to the last receipt

    @property
    def complaints(self) -> int:
        return len(self.ledger.promised)

    @property
    def service_kills(self) -> int:
        return self.kills.total() - self.kills["rabbitmq"]

    def has_enough(self) -> bool:
        kills, complaints = least(self.seconds)
        return self.service_kills >= kills and self.complaints >= complaints

    @property
    def violations(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.amount]


def least(seconds: float) -> tuple[int, int]:
    """Kills and complaints that a run of that length must reach: 20 and 500 in a minute."""
    return int(seconds * KILLS_PER_SECOND), int(seconds * COMPLAINTS_PER_SECOND)


async def run(seconds: float, logs: Path, seed: int | None = None) -> Report:
    """Raises TimeoutError when the services do not start."""
    report = Report(seed if seed is not None else random.randrange(10**6), seconds)
    async with private_world(broker=True) as world:
        world.environment |= SETTINGS
        world.lift_filing_limits()
        async with kept(*(processes := service_processes(world, logs))):
            await all_ready(world)
            assert world.broker is not None
            load = Load(world, report.seed)
            monkey = Monkey(processes, world.broker, report.seed)
            report.ledger, report.kills = load.ledger, monkey.kills
            ended = asyncio.Event()
            filing = asyncio.create_task(load.file_until(ended))
            await monkey.run(seconds, report.has_enough)
            ended.set()
            await filing
            report.handled_after = await _none_left(world, UNHANDLED)
            report.settled_after = await _none_left(world, UNSETTLED, report.handled_after)
            report.findings = [finding async for finding in findings(world, report.ledger)]
    return report


async def _none_left(world: World, query: str, since: float | None = 0.0) -> float | None:
    """Seconds until the query counts nothing in any database; None when that takes too long."""
    if since is None:
        return None
    started = monotonic()
    connections = [await world.connect(service) for service in SERVICES]

    async def none_left() -> bool:
        return not sum([await each.fetchval(query) for each in connections])

    try:
        async with asyncio.timeout(REST_WITHIN):
            await until(none_left)
    except TimeoutError:
        return None
    finally:
        for each in connections:
            await each.close()
    return since + monotonic() - started


def fresh_folder(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
