"""Clocks follow what happens to a case: the table of effects, applied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from structlog import get_logger

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import rulebook_of
from services.routing.clocks.calendar import calendar_for
from services.routing.clocks.domain.deadlines import Start, resumed, start_of
from services.routing.clocks.domain.dispatching import clocks_at_dispatch, must_be_handed_over
from services.routing.clocks.domain.effects import (
    ANSWER,
    JOINT_PARTS,
    RESOLVE,
    RESULT,
    effect_of,
)
from services.routing.clocks.starting import clock_start
from services.routing.occasion import Occasion
from shared import clocks
from shared.clocks import ClockRow
from shared.contracts.vocabulary import Grade
from shared.identity import End
from shared.rulebook import ClockKind

logger = get_logger(__name__)


async def follow(on: Occasion, file: CaseFile, action: Action) -> None:
    """Meet, stop and start what the table says of `action`."""
    effect = effect_of(action)
    case_id = file.case.id
    if effect.meets:
        await clocks.meet(on.session, case_id, *effect.meets, at=on.now)
    if effect.stops:
        await clocks.stop(on.session, case_id, *effect.stops, at=on.now)
    if effect.starts:
        await begin(on, file, effect.starts, at=on.clocks_from)


async def begin(on: Occasion, file: CaseFile, kinds: Sequence[ClockKind], *, at: datetime) -> None:
    """Start clocks that count from `at`; none of them runs already."""
    rulebook = rulebook_of(on, file)
    calendar = await calendar_for(on.session, kinds, rulebook)
    starts = [start_of(kind, at, rulebook, calendar) for kind in kinds]
    await start_clocks(on, file, starts)


async def begin_handling(on: Occasion, file: CaseFile, grade: Grade) -> None:
    """At the first dispatch the clocks of the grade begin (T10)."""
    case = file.case
    kinds = clocks_at_dispatch(
        rulebook_of(on, file), case.category, grade, emergency=case.emergency
    )
    await begin(on, file, kinds, at=on.now)


async def begin_joint(on: Occasion, file: CaseFile) -> None:
    """Convening and plan of a fast fix that did not come begin with the joint action (X32)."""
    waited = await due_of(on, file, ClockKind.FAST_FIX) is not None
    await follow(on, file, Action.OPEN_JOINT)
    if waited:
        await begin(on, file, JOINT_PARTS, at=on.clocks_from)


async def follow_category(on: Occasion, file: CaseFile, old: str | None) -> None:
    """CK-18 follows what the case is found to be: a named illegal act or not (B17)."""
    rulebook, new = rulebook_of(on, file), file.case.category
    before = old is not None and must_be_handed_over(rulebook, old, on.now)
    now = must_be_handed_over(rulebook, new, on.now)
    if now and not before:
        await begin(on, file, [ClockKind.TRANSFER], at=on.now)
        if file.lead is not None and file.lead.end == End.DEPARTMENT:
            await handed_to_enforcement(on, file)
    if before and not now:
        await clocks.stop(on.session, file.case.id, ClockKind.TRANSFER, at=on.now)


async def handed_to_enforcement(on: Occasion, file: CaseFile) -> None:
    """CK-18 is met when a department has the case (B17)."""
    await clocks.meet(on.session, file.case.id, ClockKind.TRANSFER, at=on.now)


async def begin_resolution_anew(on: Occasion, file: CaseFile) -> None:
    """A reopened case gets its resolution clock again, of the same length (T32)."""
    grade = file.case.degree
    assert grade is not None, "only dispatched cases reopen, and those are graded"
    kinds = [kind for kind in rulebook_of(on, file).grades[grade].clocks if kind in RESOLVE]
    await begin(on, file, kinds, at=on.now)


async def owner_answered(on: Occasion, file: CaseFile) -> None:
    """CK-12, or CK-14 after it, is met by any answer."""
    await clocks.meet(on.session, file.case.id, *ANSWER, at=on.now)


async def mediation_refused(on: Occasion, file: CaseFile) -> None:
    """CK-03 is met by a refusal on record, whatever follows from it (T17, T20)."""
    await clocks.meet(on.session, file.case.id, ClockKind.MEDIATION_START, at=on.now)


async def resume_resolution(on: Occasion, file: CaseFile) -> None:
    """The review took its time; the resolution clock goes on with what was left (T26)."""
    rows = await clocks.of_subject(on.session, file.case.id)
    met = [row for row in rows if row.kind in RESULT.meets and row.met_at is not None]
    handed_in = max((row.met_at for row in met if row.met_at), default=None)
    stood_still = [row for row in met if row.met_at == handed_in and row.breached_at is None]
    await start_clocks(on, file, [_resumed(on, file, row) for row in stood_still])


async def start_clocks(on: Occasion, file: CaseFile, starts: Sequence[Start]) -> None:
    """A year that nobody has published must not pass unnoticed (facts 2.8)."""
    for each in starts:
        if each.due.provisional:
            logger.warning("provisional_deadline", clock=each.kind, due_at=each.due.at.isoformat())
    await clocks.start(on.session, *(clock_start(file.case.id, each) for each in starts))


def _resumed(on: Occasion, file: CaseFile, row: ClockRow) -> Start:
    assert row.met_at is not None
    left = row.due_at - row.met_at
    return resumed(ClockKind(row.kind), on.now, left, rulebook_of(on, file))


async def clock_of(on: Occasion, file: CaseFile, kind: ClockKind) -> ClockRow | None:
    """The latest clock of that kind, whatever became of it."""
    rows = await clocks.of_subject(on.session, file.case.id)
    return next((row for row in reversed(rows) if row.kind == kind), None)


async def due_of(on: Occasion, file: CaseFile, kind: ClockKind) -> datetime | None:
    clock = await clock_of(on, file, kind)
    return clock.due_at if clock else None


async def due_if_started(
    on: Occasion, file: CaseFile, kind: ClockKind, *, at: datetime
) -> datetime:
    """When a clock of that kind that starts at `at` is due, whether it runs or not."""
    rulebook = rulebook_of(on, file)
    calendar = await calendar_for(on.session, [kind], rulebook)
    return start_of(kind, at, rulebook, calendar).due.at
