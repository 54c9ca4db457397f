"""What happened to a case, in words an ordinary person understands.

`WRITERS` is filled by the modules here; an event without a writer, or whose writer returns
nothing, leaves no line: reminders to the handler (`ClockWarned`) are none of the owner's business.
"""

from __future__ import annotations

from services.intake.complaints.domain.wording import (
    court,
    endings,
    handling,
    joint,
    limits,
    mediation,
    voices,
)
from services.intake.complaints.domain.wording.line import WRITERS, Line
from shared.contracts.routing import CaseEvent

__all__ = [
    "WRITERS",
    "Line",
    "court",
    "endings",
    "handling",
    "joint",
    "limits",
    "line_of",
    "mediation",
    "voices",
]


def line_of(event: CaseEvent, opened: str | None) -> Line | None:
    """`opened` is the sealed reply or note of the event in the clear."""
    writer = WRITERS.get(type(event))
    return writer(event, opened) if writer else None
