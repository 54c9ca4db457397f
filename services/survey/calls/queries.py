"""Reading calls; every list starts from `visible_to(actor)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, any_, false, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.calls.domain.attempts import CallOutcome
from services.survey.calls.domain.policies import CENTRE_ROLES, GRID_ROLES
from services.survey.calls.tables import CallAttempt, VisitCall
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.tables import Visit
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

IN_VAIN = (CallOutcome.NOT_REACHED, CallOutcome.WRONG_NUMBER)
PLACE = func.coalesce(Visit.grid_code, Visit.division)

Line = tuple[Visit, VisitCall]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """As `domain.policies.may_call` says."""
    within = or_(false(), *(PLACE.startswith(each) for each in actor.scope.divisions))
    as_centre = within if actor.roles & CENTRE_ROLES else false()
    near = or_(within, PLACE.in_(sorted(actor.scope.grids)))
    as_grid = and_(near, ~col(Visit.for_centre)) if actor.roles & GRID_ROLES else false()
    company = col(Visit.company_id)
    unconcerned = or_(company.is_(None), company.not_in(sorted(actor.interests)))
    own_work = literal(actor.id, Uuid) == any_(col(Visit.handled_by))
    return and_(or_(as_centre, as_grid), unconcerned, ~own_work)


async def page_of_calls(
    session: AsyncSession, actor: Actor, state: VisitStatus, page: PageRequest
) -> tuple[Sequence[Line], str | None]:
    """Oldest first: their time runs out first."""
    wanted = (
        select(Visit, VisitCall)
        .join(VisitCall, col(VisitCall.visit_id) == col(Visit.id))
        .where(col(Visit.state) == state, visible_to(actor))
    )
    if page.after is not None:
        wanted = wanted.where(col(Visit.id) > cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Visit.id)).limit(page.limit + 1))
    return page.cut([(row[0], row[1]) for row in rows], lambda line: (line[0].id,))


async def attempts_of(session: AsyncSession, visit_id: UUID) -> Sequence[CallAttempt]:
    """Oldest first."""
    wanted = select(CallAttempt).where(col(CallAttempt.visit_id) == visit_id)
    return (await session.execute(wanted.order_by(col(CallAttempt.id)))).scalars().all()


async def calls_in_vain(session: AsyncSession, visit_id: UUID) -> Sequence[datetime]:
    attempts = await attempts_of(session, visit_id)
    return [each.called_at for each in attempts if each.outcome in IN_VAIN]


async def counts_of(session: AsyncSession, visit_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How often each was called."""
    wanted = (
        select(col(CallAttempt.visit_id), func.count())
        .where(col(CallAttempt.visit_id).in_(visit_ids))
        .group_by(col(CallAttempt.visit_id))
    )
    return {row[0]: row[1] for row in await session.execute(wanted)}
