"""How a hook behaves until it is told otherwise: as an organisation's system may, for days.

A single mishap, or several in a row, is a `Fault`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from deploy.simulators.faults import Fault

LONGER_THAN_THE_HUB_WAITS = 20  # seconds


class Mood(StrEnum):
    FINE = "FINE"
    FAILING = "FAILING"  # 500: the hub tries again and, after days, pauses the endpoint
    BUSY = "BUSY"  # 429 with Retry-After: the hub comes later
    GONE = "GONE"  # 410: the hub pauses the endpoint at once
    SLOW = "SLOW"  # takes it, but answers when nobody waits any more


def _fault(status: int, **headers: str) -> Fault:
    return Fault(call="hook", status=status, body="", headers=headers)


INSTEAD: Mapping[Mood, Fault] = {
    Mood.FAILING: _fault(500),
    Mood.BUSY: _fault(429, **{"retry-after": "120"}),
    Mood.GONE: _fault(410),
    Mood.SLOW: Fault(call="hook", delay_seconds=LONGER_THAN_THE_HUB_WAITS),
}
