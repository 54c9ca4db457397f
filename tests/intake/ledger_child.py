"""`python -m tests.intake.ledger_child URL DOOR FORMAT`: the peak of memory of one export.

A process of its own, so that nothing but the export is measured; prints lines and peak bytes.
"""

from __future__ import annotations

import asyncio
import sys
import tracemalloc

from services.intake.app import service
from services.intake.complaints.domain.doors import DoorKind
from services.intake.ledger import exporting
from services.intake.ledger.domain.filters import LedgerFilter
from services.intake.ledger.exporting import Export, Format, exported
from tests.intake.test_ledger import CITY
from tests.stage import staged

LINES_AT_ONCE = 50


async def measured(url: str, door: DoorKind, format: Format) -> tuple[int, int]:
    """Bytes sent, and the most that was held at once."""
    exporting.LINES_AT_ONCE = LINES_AT_ONCE
    async with staged(service, url) as stage:
        runtime = stage.host.runtime
        rulebook = runtime.rulebooks.in_force_at(stage.clock.now())
        export = Export(runtime, CITY, LedgerFilter(door=(door,)), rulebook)
        async with runtime.database.transaction() as session:
            pieces = exported(export, session, format)
        tracemalloc.start()
        sent = 0
        async for piece in pieces:
            sent += len(piece)
        return sent, tracemalloc.get_traced_memory()[1]


if __name__ == "__main__":
    url, door, format = sys.argv[1:]
    print(*asyncio.run(measured(url, DoorKind(door), Format(format))))  # noqa: T201
