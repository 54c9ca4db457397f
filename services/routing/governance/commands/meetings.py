"""D07, D08, D09: every cycle is watched to its end; one without a recorded meeting is told (N17).

What watches is a clock of the convenor, not of a case: nothing warns, and it counts in no figure.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlmodel import col

from services.routing.directory.tables import Organisation
from services.routing.governance.domain.cycles import (
    CONVENING_DEPARTMENT,
    Cycle,
    MeetingLevel,
    MeetingPeriod,
    level_of_convenor,
    period_at,
    seat_above,
)
from services.routing.governance.domain.joint_work import Kind
from services.routing.governance.tables import JointWork, MeetingGap
from services.routing.occasion import Occasion
from services.routing.tables import Table
from shared import clocks
from shared.clocks import ClockRow, Start
from shared.contracts.routing import MeetingGapState, MeetingMissing
from shared.contracts.vocabulary import OrganisationKind
from shared.divisions import CITY_DIGITS
from shared.ids import new_id

MEETING_CYCLE = "MEETING_CYCLE"
CLOCK = Table.metadata.tables["clock"]
AT_ONCE = 200  # convenors in one transaction


async def watch_convenors(on: Occasion) -> int:
    """Begin to watch who is not watched yet; returns how many were."""
    rows = await on.session.execute(
        select(Organisation)
        .where(_convenes(), col(Organisation.active), ~_watched())
        .order_by(col(Organisation.id))
        .limit(AT_ONCE)
    )
    convenors = rows.scalars().all()
    for convenor in convenors:
        await _watch(on, convenor, on.now)
    return len(convenors)


async def end_cycle(on: Occasion, convenor: Organisation, clock: ClockRow) -> None:
    """The cycle is over: was there a meeting? Then the next one is watched."""
    await clocks.stop(on.session, convenor.id, MEETING_CYCLE, at=on.now)
    if not convenor.active:
        return
    level, period = _level(convenor), _period(on, convenor, clock.due_at - timedelta(seconds=1))
    book = on.runtime.rulebooks.in_force_at(period.begins)
    if book.in_force(level.rule, period.begins) and not await _held(on, convenor, period):
        await _miss(on, convenor, level, period)
    await _watch(on, convenor, clock.due_at)


async def _watch(on: Occasion, convenor: Organisation, moment: datetime) -> None:
    ends = _period(on, convenor, moment).ends
    await clocks.start(on.session, Start(convenor.id, MEETING_CYCLE, moment, ends))


async def _miss(
    on: Occasion, convenor: Organisation, level: MeetingLevel, period: MeetingPeriod
) -> None:
    gap = MeetingGap(
        id=new_id(),
        convenor_id=convenor.id,
        division=convenor.division,
        level=level,
        cycle=_cycle(on, level, period.begins),
        first_day=period.first_day,
        last_day=period.last_day,
        noticed_at=on.now,
    )
    on.session.add(gap)
    on.audit("meeting.missing", "meeting_gap", gap.id, {"level": level})
    told = gap.model_dump(exclude={"noticed_at"})
    superior = await _superior(on, level, convenor.division)
    on.publish(MeetingMissing(gap=MeetingGapState(version=1, superior_id=superior, **told)))


async def _superior(on: Occasion, level: MeetingLevel, division: str) -> UUID | None:
    """The street of the community, the county's housing bureau, the city's governance centre."""
    kind, specialty, place = seat_above(level, division)
    found = await on.session.execute(
        select(col(Organisation.id)).where(
            col(Organisation.kind) == kind,
            col(Organisation.specialty) == specialty,
            col(Organisation.division) == place,
            col(Organisation.active),
        )
    )
    return found.scalars().first()


async def _held(on: Occasion, convenor: Organisation, period: MeetingPeriod) -> bool:
    """A meeting of this very place; one of the street is not one of its communities."""
    recorded = exists().where(
        col(JointWork.kind) == Kind.MEETING,
        col(JointWork.division) == convenor.division,
        col(JointWork.held_at) >= period.begins,
        col(JointWork.held_at) < period.ends,
    )
    return bool((await on.session.execute(select(recorded))).scalar_one())


def _period(on: Occasion, convenor: Organisation, moment: datetime) -> MeetingPeriod:
    return period_at(_cycle(on, _level(convenor), moment), moment)


def _cycle(on: Occasion, level: MeetingLevel, moment: datetime) -> Cycle:
    meetings = on.runtime.rulebooks.in_force_at(moment).meetings
    return Cycle(getattr(meetings, level.lower()))


def _level(convenor: Organisation) -> MeetingLevel:
    level = level_of_convenor(convenor.kind, convenor.specialty, convenor.division)
    assert level is not None, "only convenors are watched"
    return level


def _convenes() -> ColumnElement[bool]:
    """As `level_of_convenor` says."""
    bureau = (col(Organisation.kind) == OrganisationKind.DEPARTMENT) & (
        col(Organisation.specialty) == CONVENING_DEPARTMENT
    )
    return or_(
        col(Organisation.kind).in_([OrganisationKind.COMMUNITY, OrganisationKind.STREET_OFFICE]),
        bureau & (func.length(Organisation.division) == CITY_DIGITS),
    )


def _watched() -> ColumnElement[bool]:
    return exists().where(
        CLOCK.c.subject_id == Organisation.id,
        CLOCK.c.kind == MEETING_CYCLE,
        CLOCK.c.state == "RUNNING",
    )
