"""Deadlines as rows: started, met, paused and resumed by commands, breached by the sweeper."""

from __future__ import annotations

from shared.clocks.rows import (
    ClockRow,
    Start,
    meet,
    of_subject,
    of_subjects,
    pause,
    resume,
    set_due,
    start,
    stop,
)
from shared.clocks.sweeper import LookAgain, OnTick, Sweeper, Tick

__all__ = [
    "ClockRow",
    "LookAgain",
    "OnTick",
    "Start",
    "Sweeper",
    "Tick",
    "meet",
    "of_subject",
    "of_subjects",
    "pause",
    "resume",
    "set_due",
    "start",
    "stop",
]
