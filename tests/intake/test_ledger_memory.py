"""B15: a sheet four times as long needs no more memory; 100,000 lines are in bench/ledger.py."""

from __future__ import annotations

import asyncio
import sys

from sqlalchemy import text

from shared.contracts.vocabulary import Channel
from tests.environment import environment
from tests.intake.people import GARDEN
from tests.stage import Stage

FEW = 250
FILL = text("""
    INSERT INTO complaint (id, version, number, channel, door, state, anonymous, confidential,
                           division, estate_id, title, text, submitted_at, promised_from)
    SELECT gen_random_uuid(), 1, :channel || n, :channel, :channel, 'SUBMITTED', false, false,
           '421202001', :estate, '楼道灯坏了' || n, repeat('楼道灯坏了没有人来修' || n, 30),
           CAST(:at AS timestamptz) + make_interval(secs => n), CAST(:at AS timestamptz)
    FROM generate_series(1, CAST(:lines AS int)) AS n
""")


async def test_memory_does_not_grow_with_the_ledger(stage: Stage) -> None:
    """N lines and 4N lines, each in a process of its own, as CSV and as XLSX."""
    async with stage.host.runtime.database.transaction() as session:
        for channel, lines in ((Channel.HOTLINE, FEW), (Channel.WALK_IN, 4 * FEW)):
            row = {"channel": channel, "estate": GARDEN.id, "lines": lines}
            await session.execute(FILL, row | {"at": stage.clock.now()})
    for format in ("csv", "xlsx"):
        few_sent, few_held = await _measured(stage, Channel.HOTLINE, format)
        many_sent, many_held = await _measured(stage, Channel.WALK_IN, format)
        assert many_sent > 2 * few_sent
        assert many_held < 1.5 * few_held, format


async def _measured(stage: Stage, channel: Channel, format: str) -> tuple[int, int]:
    url = stage.host.runtime.settings.database_url
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.intake.ledger_child", url, channel, format),
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    sent, held = output.decode().split()[-2:]
    return int(sent), int(held)
