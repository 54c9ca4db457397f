"""Starting, meeting, pausing and moving a clock. All SQL of it is here and in the sweeper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.ids import new_id

COLUMNS = """id, subject_id, kind, state, generation, started_at, due_at, warnings, warned, ladder,
             climbed, next_at, paused_at, paused_total, met_at, breached_at, stopped_at"""

INSERT = text("""
    INSERT INTO clock (id, subject_id, kind, state, started_at, due_at, warnings, ladder, next_at,
                       paused_total)
    SELECT id, subject_id, kind, 'RUNNING', started_at, due_at, warnings, ladder, next_at,
           make_interval(secs => paused)
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
      AS row (id uuid, subject_id uuid, kind text, started_at timestamptz, due_at timestamptz,
              warnings float[], ladder int[], next_at timestamptz, paused float)
    ON CONFLICT DO NOTHING
""")
OF_SUBJECT = text(f"""
    SELECT {COLUMNS} FROM clock WHERE subject_id = :subject_id ORDER BY started_at, kind, id
""")
OF_SUBJECTS = text(f"""
    SELECT {COLUMNS} FROM clock WHERE subject_id = ANY(:subject_ids)
    ORDER BY started_at, kind, id
""")
MEET = text("""
    UPDATE clock SET state = 'MET', met_at = :at, next_at = NULL, paused_at = NULL,
                     paused_total = paused_total + coalesce(:at - paused_at, interval '0'),
                     breached_at = CASE WHEN coalesce(paused_at, :at) > due_at
                                        THEN coalesce(breached_at, due_at)
                                        ELSE breached_at END
    WHERE subject_id = :subject_id AND kind = ANY(:kinds) AND state IN ('RUNNING', 'PAUSED')
""")
STOP = text("""
    UPDATE clock SET state = 'STOPPED', stopped_at = :at, next_at = NULL, paused_at = NULL,
                     paused_total = paused_total + coalesce(:at - paused_at, interval '0')
    WHERE subject_id = :subject_id AND kind = ANY(:kinds) AND state IN ('RUNNING', 'PAUSED')
""")
PAUSE = text("""
    UPDATE clock SET state = 'PAUSED', paused_at = :at, next_at = NULL
    WHERE subject_id = :subject_id AND kind = ANY(:kinds) AND state = 'RUNNING'
""")
RESUME = text("""
    UPDATE clock SET state = 'RUNNING', generation = generation + 1,
                     due_at = CASE WHEN breached_at IS NULL AND paused_at > due_at THEN due_at
                                   ELSE due_at + (:at - paused_at) END,
                     paused_total = paused_total + (:at - paused_at),
                     next_at = CASE WHEN breached_at IS NULL OR climbed < cardinality(ladder)
                                    THEN :at END,
                     paused_at = NULL
    WHERE subject_id = :subject_id AND kind = ANY(:kinds) AND state = 'PAUSED'
""")
SET_DUE = text("""
    UPDATE clock SET due_at = :due_at, generation = generation + 1,
                     warned = CASE WHEN breached_at IS NULL THEN warned ELSE 0 END,
                     next_at = CASE WHEN state = 'RUNNING' AND
                                         (breached_at IS NULL OR climbed < cardinality(ladder))
                                    THEN CAST(:at AS timestamptz) END
    WHERE subject_id = :subject_id AND kind = :kind AND state IN ('RUNNING', 'PAUSED')
""")


@dataclass(frozen=True)
class ClockRow:
    id: UUID
    subject_id: UUID
    kind: str
    state: str
    generation: int
    started_at: datetime
    due_at: datetime
    warnings: Sequence[float]
    warned: float
    ladder: Sequence[int]
    climbed: int
    next_at: datetime | None
    paused_at: datetime | None
    paused_total: timedelta
    met_at: datetime | None
    breached_at: datetime | None
    stopped_at: datetime | None = None

    @property
    def warning_times(self) -> list[tuple[float, datetime]]:
        """Each share of the net length, and when it passes; pauses so far move all of them."""
        length = self.due_at - self.started_at - self.paused_total
        began = self.started_at + self.paused_total
        return [(share, began + length * share) for share in sorted(self.warnings)]

    @property
    def next_rung(self) -> datetime | None:
        """When the sweeper reports again that a breached clock has still not been met."""
        if self.climbed >= len(self.ladder):
            return None
        return self.due_at + timedelta(seconds=self.ladder[self.climbed])


@dataclass(frozen=True)
class Start:
    """A clock to start. `warnings` are shares of the length at which the sweeper reports, `ladder`
    the seconds after the due time at which it reports again. `paused` is time within that start
    and that due time which stood still before this clock took over from another.
    """

    subject_id: UUID
    kind: str
    started_at: datetime
    due_at: datetime
    warnings: Sequence[float] = ()
    ladder: Sequence[int] = ()
    paused: timedelta = timedelta()


async def start(session: AsyncSession, *starts: Start) -> None:
    """Start clocks, in one statement; one that already runs for its subject is left alone."""
    rows = [
        {
            "id": new_id(),
            "next_at": _first_look(each),
            **vars(each),
            "paused": each.paused.total_seconds(),
        }
        for each in starts
    ]
    if rows:
        await session.execute(INSERT, {"rows": json.dumps(rows, default=str)})


async def of_subject(session: AsyncSession, subject_id: UUID) -> list[ClockRow]:
    rows = await session.execute(OF_SUBJECT, {"subject_id": subject_id})
    return [ClockRow(**row._mapping) for row in rows]


async def of_subjects(
    session: AsyncSession, subject_ids: Sequence[UUID]
) -> dict[UUID, list[ClockRow]]:
    """The same for many, with one statement."""
    found: dict[UUID, list[ClockRow]] = {}
    for row in await session.execute(OF_SUBJECTS, {"subject_ids": list(subject_ids)}):
        clock = ClockRow(**row._mapping)
        found.setdefault(clock.subject_id, []).append(clock)
    return found


async def meet(session: AsyncSession, subject_id: UUID, *kinds: str, at: datetime) -> None:
    """The promise was kept at `at`; when that is too late, the breach at the due time stays."""
    await _change(session, MEET, subject_id, kinds, at)


async def stop(session: AsyncSession, subject_id: UUID, *kinds: str, at: datetime) -> None:
    """The clock no longer applies: neither met nor breached from here on."""
    await _change(session, STOP, subject_id, kinds, at)


async def pause(session: AsyncSession, subject_id: UUID, *kinds: str, at: datetime) -> None:
    await _change(session, PAUSE, subject_id, kinds, at)


async def resume(session: AsyncSession, subject_id: UUID, *kinds: str, at: datetime) -> None:
    """Run on; the due time moves by exactly the paused time (X06).

    It stays where it is when it had passed before the pause and nobody had looked: that breach is
    still to be told, with its own time (X38).
    """
    await _change(session, RESUME, subject_id, kinds, at)


async def set_due(
    session: AsyncSession, subject_id: UUID, kind: str, *, due_at: datetime, at: datetime
) -> None:
    """Move the due time (extension). A past breach stays recorded; what was warned of is past with
    it, and what is left of the ladder counts from the new time.
    """
    values = {"subject_id": subject_id, "kind": kind, "due_at": due_at, "at": at}
    await session.execute(SET_DUE, values)


def next_look(
    started_at: datetime, due_at: datetime, warnings: Sequence[float], *, after: datetime
) -> datetime:
    """The first warning after `after`, else the due time."""
    length = due_at - started_at
    moments = sorted(started_at + length * share for share in warnings)
    return next((moment for moment in moments if moment > after), due_at)


async def _change(
    session: AsyncSession,
    statement: TextClause,
    subject_id: UUID,
    kinds: Sequence[str],
    at: datetime,
) -> None:
    values = {"subject_id": subject_id, "kinds": list(kinds), "at": at}
    await session.execute(statement, values)


def _first_look(each: Start) -> datetime:
    began = each.started_at + each.paused
    return next_look(began, each.due_at, each.warnings, after=began)
