"""Clocks on their way into the table; those of an admission are written with its other rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from services.routing.bulk import Row
from services.routing.clocks.domain.deadlines import Start
from shared.clocks import ClockRow
from shared.clocks import Start as ClockStart
from shared.clocks.rows import next_look
from shared.ids import new_id


def clock_start(subject_id: UUID, start: Start) -> ClockStart:
    return ClockStart(
        subject_id,
        start.kind,
        start.started_at,
        start.due.at,
        start.warnings,
        start.ladder,
        start.paused,
    )


def new_clock(subject_id: UUID, start: Start) -> ClockRow:
    """The clock as it stands right after its start."""
    return ClockRow(
        id=new_id(),
        subject_id=subject_id,
        kind=start.kind,
        state="RUNNING",
        generation=1,
        started_at=start.started_at,
        due_at=start.due.at,
        warnings=start.warnings,
        warned=0.0,
        ladder=start.ladder,
        climbed=0,
        next_at=next_look(start.started_at, start.due.at, start.warnings, after=start.started_at),
        paused_at=None,
        paused_total=timedelta(),
        met_at=None,
        breached_at=None,
    )


def met(clock: ClockRow, at: datetime) -> ClockRow:
    """The same clock, met in the moment of its start; too late leaves the breach (B04)."""
    breached_at = clock.due_at if at > clock.due_at else None
    return replace(clock, state="MET", met_at=at, breached_at=breached_at, next_at=None)


def paused(clock: ClockRow, at: datetime) -> ClockRow:
    """The same clock, standing still from the moment of its start."""
    return replace(clock, state="PAUSED", paused_at=at, next_at=None)


def row_of_clock(clock: ClockRow) -> Row:
    return {
        "id": clock.id,
        "subject_id": clock.subject_id,
        "kind": clock.kind,
        "state": clock.state,
        "generation": clock.generation,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "warnings": list(clock.warnings),
        "warned": clock.warned,
        "ladder": list(clock.ladder),
        "climbed": clock.climbed,
        "next_at": clock.next_at,
        "paused_at": clock.paused_at,
        "paused_total": "0",
        "met_at": clock.met_at,
        "breached_at": clock.breached_at,
    }
