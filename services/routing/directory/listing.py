"""Pages of the directory, in the order of their keys; each one row longer than the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from services.routing.directory.domain.policies import is_administrator
from services.routing.directory.tables import (
    Division,
    Estate,
    Grid,
    Interest,
    Invitation,
    Organisation,
    ServiceContract,
    Staff,
)
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

Row = TypeVar("Row")
Key = Sequence[tuple[Mapped[Any], Callable[[Any], Any]]]


@dataclass(frozen=True, slots=True)
class DivisionFilter:
    day: date
    parent: str | None = None
    level: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationFilter:
    """`division` is a prefix."""

    kind: str | None = None
    specialty: str | None = None
    division: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class EstateFilter:
    """`division` is a prefix; `company` serves the estate on `day`."""

    day: date
    division: str | None = None
    company: UUID | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """`on`: in force that day."""

    estate: UUID | None = None
    company: UUID | None = None
    on: date | None = None


async def contracts(
    session: AsyncSession, wanted: ContractFilter, page: PageRequest
) -> Sequence[ServiceContract]:
    query = select(ServiceContract).where(
        *_equal(col(ServiceContract.estate_id), wanted.estate),
        *_equal(col(ServiceContract.company_id), wanted.company),
    )
    if wanted.on is not None:
        query = query.where(_in_force(wanted.on))
    key: Key = ((col(ServiceContract.valid_from), _day), (col(ServiceContract.id), UUID))
    return await _page(session, query, key, page)


async def divisions(
    session: AsyncSession, wanted: DivisionFilter, page: PageRequest
) -> Sequence[Division]:
    query = select(Division).where(
        col(Division.valid_from) <= wanted.day,
        or_(col(Division.valid_to).is_(None), col(Division.valid_to) >= wanted.day),
        *_equal(col(Division.parent_code), wanted.parent),
        *_equal(col(Division.level), wanted.level),
        *_containing(col(Division.name), wanted.words),
    )
    return await _page(session, query, ((col(Division.code), str),), page)


async def organisations(
    session: AsyncSession, wanted: OrganisationFilter, page: PageRequest
) -> Sequence[Organisation]:
    query = select(Organisation).where(
        *_equal(col(Organisation.kind), wanted.kind),
        *_equal(col(Organisation.specialty), wanted.specialty),
        *_within(col(Organisation.division), wanted.division),
        *_containing(col(Organisation.display_name), wanted.words),
    )
    key: Key = ((col(Organisation.division), str), (col(Organisation.id), UUID))
    return await _page(session, query, key, page)


async def estates(
    session: AsyncSession, wanted: EstateFilter, page: PageRequest
) -> Sequence[Estate]:
    query = select(Estate).where(
        *_within(col(Estate.division), wanted.division),
        *_containing(col(Estate.display_name), wanted.words),
    )
    if wanted.company is not None:
        query = query.where(col(Estate.id).in_(_served_by(wanted.company, wanted.day)))
    key: Key = ((col(Estate.display_name), str), (col(Estate.id), UUID))
    return await _page(session, query, key, page)


async def grids(session: AsyncSession, community: UUID | None, page: PageRequest) -> Sequence[Grid]:
    query = select(Grid).where(*_equal(col(Grid.community_id), community))
    return await _page(session, query, ((col(Grid.code), str),), page)


async def staff(
    session: AsyncSession,
    actor: Actor,
    organisation: UUID | None,
    role: str | None,
    page: PageRequest,
) -> Sequence[Staff]:
    query = visible_staff(actor).where(*_equal(col(Staff.organisation_id), organisation))
    if role is not None:
        query = query.where(col(Staff.roles).contains([role]))
    return await _page(session, query, ((col(Staff.id), UUID),), page)


async def invitations(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[Invitation]:
    return await _page(session, kept_invitations(actor), ((col(Invitation.id), UUID),), page)


def kept_invitations(actor: Actor) -> Select[Invitation]:
    """Into the own organisation, and for administrators into all of their divisions."""
    query = (
        select(Invitation)
        .join(Staff, col(Staff.id) == Invitation.staff_id)
        .join(Organisation, col(Organisation.id) == Staff.organisation_id)
    )
    if is_administrator(actor):
        return query.where(visible_to(actor))
    return query.where(col(Staff.organisation_id) == actor.organisation_id)


async def interests(session: AsyncSession, staff_id: UUID) -> Sequence[Interest]:
    """All that was ever recorded, in the order of recording."""
    query = select(Interest).where(col(Interest.staff_id) == staff_id)
    rows = await session.execute(query.order_by(col(Interest.recorded_at), col(Interest.id)))
    return rows.scalars().all()


def visible_staff(actor: Actor) -> Select[Staff]:
    employer = col(Organisation.id) == Staff.organisation_id
    return select(Staff).join(Organisation, employer).where(visible_to(actor))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Colleagues, and the staff of every organisation in one's own divisions."""
    places = (_starts(col(Organisation.division), code) for code in actor.scope.divisions)
    return or_(false(), col(Staff.organisation_id) == actor.organisation_id, *places)


def _served_by(company: UUID, day: date) -> Select[UUID]:
    return select(col(ServiceContract.estate_id)).where(
        col(ServiceContract.company_id) == company, _in_force(day)
    )


def _in_force(day: date) -> ColumnElement[bool]:
    last = col(ServiceContract.valid_to)
    return and_(col(ServiceContract.valid_from) <= day, or_(last.is_(None), last >= day))


def _day(text: Any) -> date:
    return date.fromisoformat(str(text))


def _equal(column: Mapped[Any], value: object) -> list[ColumnElement[bool]]:
    return [] if value is None else [column == value]


def _within(column: Mapped[Any], prefix: str | None) -> list[ColumnElement[bool]]:
    return [] if prefix is None else [_starts(column, prefix)]


def _starts(column: Mapped[Any], prefix: str) -> ColumnElement[bool]:
    return column.startswith(prefix, autoescape=True)


def _containing(column: Mapped[Any], words: str) -> list[ColumnElement[bool]]:
    return [column.icontains(words, autoescape=True)] if words else []


async def _page(
    session: AsyncSession, query: Select[Row], key: Key, page: PageRequest
) -> Sequence[Row]:
    columns = [column for column, _ in key]
    if page.after is not None:
        after = cursor_key(page.after, *(kind for _, kind in key))
        query = query.where(tuple_(*columns) > tuple_(*after))
    rows = await session.execute(query.order_by(*columns).limit(page.limit + 1))
    return rows.scalars().all()
