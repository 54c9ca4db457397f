"""Sums over the cases somebody can see, with one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.lifecycle import TERMINAL
from services.routing.cases.domain.policies import CO, LEAD
from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Assignment, Case
from services.routing.directory.tables import Division, Organisation
from services.routing.statistics.domain.levels import DIGITS, Level
from services.routing.statistics.domain.offices import Street
from shared.contracts.vocabulary import CaseStatus, Grade, OrganisationKind
from shared.identity import Actor, End

STREET = "STREET"
COMMUNITY_ENDS = (End.COMMUNITY.value, End.GRID.value)
BEYOND_THE_STREET = ("COUNTY", "CITY")

By = tuple[Any, Any]  # what is grouped by, and what names the group


@dataclass(frozen=True)
class Period:
    """Cases accepted in it are counted; the end is not part of it."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Figures:
    """What one line says; `place` is a division code, or the estate's id."""

    place: str
    name: str | None
    accepted: int
    open: int
    overdue: int
    closed: int
    small_closed: int
    small_closed_at_community: int
    closed_within_street: int


async def by_place(
    session: AsyncSession, actor: Actor, level: Level, period: Period, division: str | None
) -> Sequence[Figures]:
    """One line for every place of the level that has cases in the period."""
    place = func.left(col(Case.place_code), DIGITS[level])
    return await _figures(session, actor, period, division, (place, null()))


async def by_estate(
    session: AsyncSession, actor: Actor, period: Period, division: str | None
) -> Sequence[Figures]:
    """A19: one line per estate, live."""
    estate: By = (col(Case.estate_id), func.max(col(Case.estate_name)))
    return await _figures(session, actor, period, division, estate)


async def streets(session: AsyncSession, division: str, day: date) -> Sequence[Street]:
    """Every street and township of a division with its property office, if it has one (A15)."""
    office = and_(
        col(Organisation.division) == col(Division.code),
        col(Organisation.kind) == OrganisationKind.STREET_PROPERTY_OFFICE.value,
        col(Organisation.active),
    )
    rows = await session.execute(
        select(col(Division.code), col(Organisation.id), col(Organisation.staff_count))
        .outerjoin(Organisation, office)
        .where(
            col(Division.level) == STREET,
            col(Division.code).startswith(division, autoescape=True),
            col(Division.valid_from) <= day,
            or_(col(Division.valid_to).is_(None), col(Division.valid_to) >= day),
        )
        .order_by(col(Division.code))
    )
    return [Street(code, office_id is not None, staff) for code, office_id, staff in rows]


async def _figures(
    session: AsyncSession,
    actor: Actor,
    period: Period,
    division: str | None,
    by: By,
) -> Sequence[Figures]:
    place, name = by
    closed = col(Case.state) == CaseStatus.CLOSED.value
    small = and_(closed, col(Case.grade) == Grade.SMALL.value)
    counted = func.count()
    columns: list[ColumnElement[Any]] = [
        place.label("place"),
        name.label("name"),
        counted.label("accepted"),
        counted.filter(col(Case.state).not_in(sorted(TERMINAL))).label("open"),
        counted.filter(col(Case.overdue)).label("overdue"),
        counted.filter(closed).label("closed"),
        counted.filter(small).label("small_closed"),
        counted.filter(and_(small, _led_by(COMMUNITY_ENDS))).label("small_closed_at_community"),
        counted.filter(and_(closed, ~_left_the_street())).label("closed_within_street"),
    ]
    wanted = (
        select(*columns)
        .where(
            visible_to(actor),
            col(Case.accepted_at) >= period.since,
            col(Case.accepted_at) < period.until,
        )
        .group_by(place)
        .order_by(place)
    )
    if division is not None:
        wanted = wanted.where(col(Case.place_code).startswith(division, autoescape=True))
    rows = await session.execute(wanted)
    return [Figures(**{**row._mapping, "place": str(row.place)}) for row in rows]


def _led_by(ends: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        col(Assignment.case_id) == col(Case.id),
        col(Assignment.role) == LEAD,
        col(Assignment.ended_at).is_(None),
        col(Assignment.end).in_(ends),
    )


def _left_the_street() -> ColumnElement[bool]:
    """Somebody of county or city led or helped at some time (B14)."""
    return exists().where(
        col(Assignment.case_id) == col(Case.id),
        col(Assignment.role).in_([LEAD, CO]),
        col(Organisation.id) == col(Assignment.organisation_id),
        col(Organisation.level).in_(BEYOND_THE_STREET),
        col(Organisation.kind) != OrganisationKind.COMPANY.value,
    )
