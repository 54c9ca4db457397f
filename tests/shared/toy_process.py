"""The toy pair as a process of its own: `python -m tests.shared.toy_process`.

LIUDUAN_TOY_POISON names a file; a handler that meets an event whose id stands in it ends the
process, as a fault in native code or the kernel's hunt for memory would.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from uuid import UUID

from shared.clock import SystemClock
from shared.composition import choose_transport
from shared.contracts.intake import OwnerSessionRevoked
from shared.hosting import Host, run_worker
from shared.messaging import Reception
from shared.settings import from_environment
from tests.shared.toy import Toy

POISON = Path(os.environ["LIUDUAN_TOY_POISON"])


def poisonous(event_id: UUID) -> bool:
    return str(event_id) in POISON.read_text().split()


async def end_at_poison(reception: Reception[OwnerSessionRevoked]) -> None:
    if poisonous(reception.envelope.id):
        os._exit(9)


async def main() -> None:
    toy = Toy(react=end_at_poison)
    transport = choose_transport(from_environment("intake"))
    intake, notify = [
        await Host.open(toy.definition(name), from_environment(name), SystemClock(), transport)
        for name in ("intake", "notify")
    ]
    if transport.name == "in-process":  # as the one-process system does at its start
        await intake.housekeeping.reconcile(patience=0)
    intake.start_worker()
    await run_worker(notify)


if __name__ == "__main__":
    asyncio.run(main())
