"""Reading estates, houses and bindings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.houses.domain.binding import BindingState, HouseUnknown
from services.intake.houses.tables import Binding, Building, Estate, House
from services.intake.owners.tables import Owner
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.intake import Home
from shared.contracts.vocabulary import Relation
from shared.web.paging import PageRequest, cursor_key


@dataclass(frozen=True)
class Dwellings:
    """The verified homes of one owner, and the estates they are in."""

    homes: tuple[Home, ...] = ()

    @property
    def houses(self) -> tuple[UUID, ...]:
        return tuple(home.house_id for home in self.homes)

    @property
    def estates(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(home.estate_id for home in self.homes))


@dataclass(frozen=True)
class Address:
    """The words for a house: 演示花园, 3栋, 1单元, 502."""

    estate: str
    building: str
    unit: str
    room: str


NOT_YET_KNOWN = Address("", "", "", "")  # a binding may be older than our copy of its estate


async def dwellings_of(session: AsyncSession, owner_id: UUID) -> Dwellings:
    rows = await session.execute(
        select(Binding.house_id, Binding.estate_id, Binding.relation)
        .where(col(Binding.owner_id) == owner_id, col(Binding.state) == BindingState.VERIFIED)
        .order_by(col(Binding.house_id))
    )
    return Dwellings(tuple(Home.model_validate(row._mapping) for row in rows))


async def search_estates(
    session: AsyncSession, words: str, paging: PageRequest
) -> Sequence[Estate]:
    """By name, in the order of names; one more than the page holds."""
    key = (col(Estate.display_name), col(Estate.id))
    query = select(Estate).where(col(Estate.id) != UNPLACED_ESTATE)
    query = query.order_by(*key).limit(paging.limit + 1)
    if words:
        query = query.where(col(Estate.display_name).icontains(words, autoescape=True))
    if paging.after:
        query = query.where(tuple_(*key) > tuple_(*cursor_key(paging.after, str, UUID)))
    return (await session.execute(query)).scalars().all()


async def buildings_of(session: AsyncSession, estate: Estate) -> Sequence[Building]:
    rows = await session.execute(
        select(Building)
        .where(Building.estate_id == estate.id, Building.version == estate.version)
        .order_by(col(Building.number), col(Building.id))
    )
    return rows.scalars().all()


async def houses_of(session: AsyncSession, estate: Estate) -> Sequence[House]:
    rows = await session.execute(
        select(House)
        .where(House.estate_id == estate.id, House.version == estate.version)
        .order_by(col(House.unit), col(House.room), col(House.id))
    )
    return rows.scalars().all()


async def current_house(session: AsyncSession, house_id: UUID) -> House:
    """Raises HouseUnknown, also for one that its estate no longer has."""
    found = await session.execute(
        select(House)
        .join(Estate, col(Estate.id) == House.estate_id)
        .where(House.id == house_id, House.version == Estate.version)
    )
    house = found.scalar_one_or_none()
    if house is None:
        raise HouseUnknown
    return house


async def addresses_of(session: AsyncSession, houses: Sequence[UUID]) -> Mapping[UUID, Address]:
    rows = await session.execute(
        select(House, Building, Estate)
        .join(Building, col(Building.id) == House.building_id)
        .join(Estate, col(Estate.id) == House.estate_id)
        .where(col(House.id).in_(houses))
    )
    return {
        house.id: Address(estate.display_name, building.number, house.unit, house.room)
        for house, building, estate in rows.all()
    }


async def address_of(session: AsyncSession, house_id: UUID) -> Address:
    return (await addresses_of(session, [house_id]))[house_id]


async def bindings_of(
    session: AsyncSession, owner_id: UUID, paging: PageRequest
) -> Sequence[tuple[Binding, Address]]:
    """One more than the page holds."""
    key = col(Binding.id)
    query = select(Binding).where(Binding.owner_id == owner_id).order_by(key)
    if paging.after:
        query = query.where(key > cursor_key(paging.after, UUID)[0])
    bindings = (await session.execute(query.limit(paging.limit + 1))).scalars().all()
    addresses = await addresses_of(session, [binding.house_id for binding in bindings])
    return [(binding, addresses.get(binding.house_id, NOT_YET_KNOWN)) for binding in bindings]


async def is_householder(
    session: AsyncSession, owner_id: UUID, house_id: UUID, *, hold: bool = False
) -> bool:
    """Whether a home of theirs is verified as their own property; `hold` keeps it so until the
    transaction ends.
    """
    query = select(Binding.id).where(
        Binding.owner_id == owner_id,
        Binding.house_id == house_id,
        Binding.relation == Relation.OWNER,
        Binding.state == BindingState.VERIFIED,
    )
    found = await session.execute(query.with_for_update(read=True) if hold else query)
    return found.first() is not None


async def others_at_home(
    session: AsyncSession, owner_id: UUID, house_id: UUID
) -> Sequence[tuple[Binding, Owner]]:
    """Everybody else whose home this is."""
    rows = await session.execute(
        select(Binding, Owner)
        .join(Owner, col(Owner.id) == Binding.owner_id)
        .where(
            Binding.house_id == house_id,
            Binding.owner_id != owner_id,
            Binding.state == BindingState.VERIFIED,
        )
        .order_by(col(Binding.id))
    )
    return [(binding, owner) for binding, owner in rows.all()]
