"""Today's list: what waits for a worker, the next deadline first (A02, A05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.routing.cases.queries import (
    LEADING,
    lead_of_case,
    visible_to,
    waiting_for,
)
from services.routing.cases.tables import Assignment, Case
from services.routing.cases.views import summary
from services.routing.field.domain.policies import supervised_places
from services.routing.field.domain.worklist import (
    LISTED,
    STEP_NAMES,
    WORKED,
    light_of,
    most_urgent,
    next_step,
)
from services.routing.field.queries import open_clocks
from services.routing.field.schemas import DeadlineOut, TodayOut
from services.routing.mediation.tables import Mediation
from services.routing.occasion import Occasion
from services.routing.tables import Table
from shared.clocks import ClockRow
from shared.identity import Actor
from shared.rulebook import ClockKind
from shared.web.paging import Page, PageRequest, cursor_key

CLOCK = Table.metadata.tables["clock"]
UNDER_WAY = aliased(Mediation)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """A case of the list; `due_at` is NEVER where no clock runs."""

    case: Case
    due_at: datetime
    lead: Assignment | None
    mediation: Mediation | None


async def today(on: Occasion, page: PageRequest) -> Page[TodayOut]:
    found = await _waiting(on.session, on.actor, page)
    shown, following = page.cut(found, lambda each: (each.due_at.isoformat(), str(each.case.id)))
    ids = [each.case.id for each in shown]
    clocks = await open_clocks(on.session, ids, WORKED)
    items = [_line(on, each, clocks.get(each.case.id, ())) for each in shown]
    return Page(items=items, next=following)


async def _waiting(session: AsyncSession, actor: Actor, page: PageRequest) -> Sequence[Waiting]:
    next_due = _next_due()
    due_at = func.coalesce(next_due.c.at, NEVER)
    wanted = (
        select(Case, due_at, LEADING, UNDER_WAY)
        .select_from(Case)
        .join(next_due, true())
        .outerjoin(LEADING, lead_of_case())
        .outerjoin(UNDER_WAY, _under_way())
        .where(visible_to(actor), col(Case.state).in_(sorted(LISTED)), _concerns(actor))
    )
    if page.after is not None:
        after = cursor_key(page.after, datetime.fromisoformat, UUID)
        wanted = wanted.where(tuple_(due_at, col(Case.id)) > tuple_(*after))
    rows = await session.execute(wanted.order_by(due_at, col(Case.id)).limit(page.limit + 1))
    return [Waiting(*row) for row in rows]


def _next_due() -> FromClause:
    """Of the clocks that run for the case, the earliest due time; one row, also without clocks."""
    running = (
        CLOCK.c.subject_id == Case.id,
        CLOCK.c.state == "RUNNING",
        CLOCK.c.kind.in_(sorted(WORKED)),
    )
    return select(func.min(CLOCK.c.due_at).label("at")).where(*running).lateral("next_due")


def _under_way() -> ColumnElement[bool]:
    return and_(col(UNDER_WAY.case_id) == Case.id, col(UNDER_WAY.ended_at).is_(None))


def _concerns(actor: Actor) -> ColumnElement[bool]:
    """What the actor leads or helps with; a leader has every case of the own grids in view."""
    places = (
        col(Case.place_code).startswith(place, autoescape=True)
        for place in supervised_places(actor)
    )
    return or_(waiting_for(actor), *places)


def _line(on: Occasion, waiting: Waiting, clocks: Sequence[ClockRow]) -> TodayOut:
    case, mediation = waiting.case, waiting.mediation
    deadlines = [_deadline(on, case, clock) for clock in clocks]
    step = next_step(case.status, mediation.stage if mediation else None)
    return TodayOut(
        **summary(on, case, [waiting.lead] if waiting.lead else []).model_dump(),
        building_id=case.building_id,
        due_at=None if waiting.due_at == NEVER else waiting.due_at,
        light=most_urgent({deadline.light for deadline in deadlines}),
        deadlines=deadlines,
        next_step=step,
        next_step_name=STEP_NAMES[step],
        scheduled_for=mediation.scheduled_for if mediation else None,
    )


def _deadline(on: Occasion, case: Case, clock: ClockRow) -> DeadlineOut:
    rule = on.runtime.rulebooks.named(case.rulebook).clock(ClockKind(clock.kind))
    return DeadlineOut(
        code=rule.code,
        kind=clock.kind,
        name=rule.chinese,
        due_at=clock.due_at,
        light=light_of(clock, on.now),
    )
