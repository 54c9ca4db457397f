"""Where a complaint belongs, and whether its reporter may complain there (A04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.directory import UNPLACED_ESTATE
from shared.divisions import CITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS
from shared.errors import Forbidden, Invalid


class EstateUnknown(Invalid):
    """There is no such estate."""

    code = "ESTATE_UNKNOWN"
    chinese = "没有这个小区。"


class BuildingNotInEstate(Invalid):
    """The building does not belong to the estate."""

    code = "BUILDING_NOT_IN_ESTATE"
    chinese = "该楼栋不属于这个小区。"


class HouseNotInEstate(Invalid):
    """The house does not belong to the estate, or not to the building."""

    code = "HOUSE_NOT_IN_ESTATE"
    chinese = "该房屋不属于这个小区或楼栋。"


class HouseBindingRequired(Forbidden):
    """Please bind your house in this estate first. `call` are the numbers to ring at once where the
    words tell of danger, which may be reported as a visitor (X31, X42).
    """

    code = "HOUSE_BINDING_REQUIRED"
    chinese = "请先完成该小区的房屋绑定认证。"


@dataclass(frozen=True)
class Wish:
    """Where the reporter says it is; `house_id` is the reporter's own home. `division` says whose
    centre looks for the place of what has no estate yet.
    """

    estate_id: UUID
    building_id: UUID | None = None
    house_id: UUID | None = None
    division: str | None = None


@dataclass(frozen=True)
class Ground:
    """What is known about a wish: the estate's division if it exists, the building if it fits,
    the building of the named house if that fits, and the reporter's verified homes there, each
    with its building.
    """

    division: str | None
    building_fits: bool
    building_of_house: UUID | None
    homes: Mapping[UUID, UUID]


@dataclass(frozen=True)
class Place:
    """`home_building_id` is where the reporter lives; `building_id` where it happened, if said."""

    division: str
    building_id: UUID | None
    house_id: UUID | None
    home_building_id: UUID | None = None


def place(wish: Wish, ground: Ground, *, at_home: bool) -> Place:
    """`at_home` asks for a verified home in the estate. Raises one of the errors above."""
    if ground.division is None:
        raise EstateUnknown
    _refuse_misfits(wish, ground)
    if at_home:
        _refuse_strangers(wish, ground)
    home = wish.house_id or _only_home(ground)
    return Place(
        division=_looked_for_in(wish, ground.division),
        building_id=wish.building_id,
        house_id=home,
        home_building_id=ground.building_of_house or _building(ground, home),
    )


def _looked_for_in(wish: Wish, division: str) -> str:
    """Of an estate its own; of none the street or county that is said, if it lies in the city."""
    if wish.estate_id != UNPLACED_ESTATE or wish.division is None:
        return division
    wished = wish.division
    here = wished[:CITY_DIGITS] == division[:CITY_DIGITS] and len(wished) >= COUNTY_DIGITS
    digits = STREET_DIGITS if len(wished) >= STREET_DIGITS else COUNTY_DIGITS
    return wished[:digits] if here else division


def _refuse_misfits(wish: Wish, ground: Ground) -> None:
    if wish.building_id is not None and not ground.building_fits:
        raise BuildingNotInEstate
    if wish.house_id is None:
        return
    if ground.building_of_house is None:
        raise HouseNotInEstate
    if wish.building_id not in (None, ground.building_of_house):
        raise HouseNotInEstate


def _refuse_strangers(wish: Wish, ground: Ground) -> None:
    if not ground.homes or (wish.house_id is not None and wish.house_id not in ground.homes):
        raise HouseBindingRequired


def _only_home(ground: Ground) -> UUID | None:
    """Households are counted (X11): who has one home in the estate complains from there."""
    return next(iter(ground.homes)) if len(ground.homes) == 1 else None


def _building(ground: Ground, home: UUID | None) -> UUID | None:
    """Where nothing else is said, the grid of the reporter's own building looks after it (B20)."""
    return ground.homes.get(home) if home else None
