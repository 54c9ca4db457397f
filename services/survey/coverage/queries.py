"""Counting visits of the reader's place by what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.calls.domain.policies import OVERSEEING_ROLES
from services.survey.calls.queries import PLACE
from services.survey.calls.tables import CallAttempt, VisitCall
from services.survey.coverage.domain.figures import Line
from services.survey.visits.tables import Visit
from shared.identity import Actor, Role


@dataclass(frozen=True)
class Span:
    """The visits opened from `since` to before `until`, in the division when one is given."""

    since: datetime
    until: datetime
    division: str | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Figures of the own place, without those of a company one has a stake in (A13)."""
    if not actor.roles & OVERSEEING_ROLES:
        return false()
    reach = [PLACE.startswith(each) for each in actor.scope.divisions]
    if Role.GRID_LEADER in actor.roles:
        reach.append(PLACE.in_(sorted(actor.scope.grids)))
    company = col(Visit.company_id)
    unconcerned = or_(company.is_(None), company.not_in(sorted(actor.interests)))
    return and_(or_(false(), *reach), unconcerned)


async def lines_by_place(
    session: AsyncSession, actor: Actor, span: Span
) -> Mapping[str, Sequence[Line]]:
    """By the division of the case."""
    to_call = exists().where(col(VisitCall.visit_id) == col(Visit.id))
    called = exists().where(col(CallAttempt.visit_id) == col(Visit.id))
    alike = [
        *(col(Visit.division), col(Visit.state)),
        *(col(Visit.answered_through), col(Visit.unanswered_because)),
        *(col(Visit.solved), col(Visit.positive), col(Visit.asks_to_reopen)),
        *(to_call.label("to_call"), called.label("called")),
    ]
    counted = select(func.count(), *alike).where(*_within(actor, span))
    places: dict[str, list[Line]] = defaultdict(list)
    rows = await session.execute(counted.group_by(*alike))
    for count, place, *rest in rows:
        places[str(place)].append(Line(count, *rest))
    return places


async def reasons(session: AsyncSession, actor: Actor, span: Span) -> Mapping[str, int]:
    """How often each reason was given."""
    code = func.unnest(Visit.reason_codes).label("code")
    given = select(code).where(*_within(actor, span)).subquery()
    rows = await session.execute(select(given.c.code, func.count()).group_by(given.c.code))
    return {row[0]: row[1] for row in rows}


def _within(actor: Actor, span: Span) -> tuple[ColumnElement[bool], ...]:
    opened = col(Visit.opened_at)
    inside = (visible_to(actor), opened >= span.since, opened < span.until)
    if span.division is None:
        return inside
    return (*inside, PLACE.startswith(span.division))
