"""The end of a suspension as the sweeper sees it: a clock of the suspension, not of the case.

It is no promise to anybody, so no clock of the case: nothing warns, nothing is late.
"""

from __future__ import annotations

from services.routing.limits.tables import Suspension
from services.routing.occasion import Occasion
from shared import clocks
from shared.clocks import Start

SUSPENSION_ENDS = "SUSPENSION_ENDS"


async def watch(on: Occasion, suspension: Suspension) -> None:
    await clocks.start(on.session, Start(suspension.id, SUSPENSION_ENDS, on.now, suspension.until))


async def watch_no_more(on: Occasion, suspension: Suspension) -> None:
    await clocks.stop(on.session, suspension.id, SUSPENSION_ENDS, at=on.now)
