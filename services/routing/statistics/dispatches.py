"""How dispatch works: what went to whom, by which rule, and what came back (T10 to T13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Assignment, Case, CaseEntry
from services.routing.limits.tables import CaseReturn
from services.routing.statistics.queries import Period
from shared.identity import Actor

MOST = 500  # lines; the units and rules with the most dispatches


@dataclass(frozen=True)
class UnitDispatches:
    organisation_id: UUID
    name: str
    dispatched: int
    late: int
    returned: int


@dataclass(frozen=True)
class ChoiceDispatches:
    """By what chose the lead: `rule:<set>:<position>`, `rulebook:<entry>`, `dispatcher` …"""

    chosen_by: str
    dispatched: int
    late: int
    returned: int


async def dispatches_by_unit(
    session: AsyncSession, actor: Actor, period: Period, division: str | None
) -> Sequence[UnitDispatches]:
    name = func.max(col(Assignment.display_name))
    unit = col(Assignment.organisation_id)
    rows = await _counted(session, actor, period, division, unit, name.label("name"))
    return [UnitDispatches(**row) for row in rows]


async def dispatches_by_choice(
    session: AsyncSession, actor: Actor, period: Period, division: str | None
) -> Sequence[ChoiceDispatches]:
    rows = await _counted(session, actor, period, division, col(Assignment.chosen_by))
    return [ChoiceDispatches(**row) for row in rows]


@dataclass(frozen=True)
class Returns:
    """What one unit gave back for one reason (a code of the rulebook); `forced` stayed with it."""

    organisation_id: UUID
    name: str
    reason: str
    returned: int
    decided: int
    forced: int


async def returns_by_reason(
    session: AsyncSession, actor: Actor, period: Period, division: str | None
) -> Sequence[Returns]:
    """T12, T13, X03: the objections of the units, by unit and reason."""
    unit, reason = col(CaseReturn.organisation_id), col(CaseReturn.reason)
    returned = func.count().label("returned")
    rows = await session.execute(
        select(
            unit,
            func.max(col(CaseReturn.display_name)).label("name"),
            reason,
            returned,
            func.count().filter(col(CaseReturn.decided_at).is_not(None)).label("decided"),
            func.count().filter(col(CaseReturn.forced).is_(True)).label("forced"),
        )
        .join(Case, col(Case.id) == col(CaseReturn.case_id))
        .where(
            col(CaseReturn.returned_at) >= period.since,
            col(CaseReturn.returned_at) < period.until,
            *_within(actor, division),
        )
        .group_by(unit, reason)
        .order_by(returned.desc(), unit, reason)
        .limit(MOST)
    )
    return [Returns(**row._mapping) for row in rows]


async def _counted(
    session: AsyncSession,
    actor: Actor,
    period: Period,
    division: str | None,
    by: Any,
    *named: ColumnElement[Any],
) -> Sequence[dict[str, Any]]:
    dispatched = func.count().label("dispatched")
    rows = await session.execute(
        select(
            by,
            *named,
            dispatched,
            func.count().filter(col(Assignment.late)).label("late"),
            func.count().filter(_came_back()).label("returned"),
        )
        .join(Case, col(Case.id) == col(Assignment.case_id))
        .where(
            col(Assignment.led_at) >= period.since,
            col(Assignment.led_at) < period.until,
            *_within(actor, division),
        )
        .group_by(by)
        .order_by(dispatched.desc(), by)
        .limit(MOST)
    )
    return [dict(row._mapping) for row in rows]


def _within(actor: Actor, division: str | None) -> list[ColumnElement[bool]]:
    place = col(Case.place_code)
    narrowed = [place.startswith(division, autoescape=True)] if division is not None else []
    return [visible_to(actor), *narrowed]


def _came_back() -> ColumnElement[bool]:
    """The unit gave the case back after it had become its lead."""
    return exists().where(
        col(CaseEntry.case_id) == col(Assignment.case_id),
        col(CaseEntry.action) == Action.RETURN.name,
        col(CaseEntry.organisation_id) == col(Assignment.organisation_id),
        col(CaseEntry.at) >= col(Assignment.led_at),
    )
