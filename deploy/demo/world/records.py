"""The shapes of the demo world: frozen values, no behaviour beyond finding one's own parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.reference import reference_id
from shared.identity import End, Role


def demo_id(kind: str, *names: str) -> UUID:
    """The same id in every service and every test."""
    return reference_id("demo", kind, *names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A community with an invented code of 12 digits."""

    id: UUID
    code: str
    name: str

    @property
    def street(self) -> str:
        return self.code[:9]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`leader` and `workers` are account names."""

    id: UUID
    code: str
    community: Community
    leader: str
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """`area` in square metres."""

    id: UUID
    unit: str
    room: str
    area: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A grid covers a building from that day on (B20)."""

    grid_code: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    id: UUID
    number: str
    coverage: tuple[Coverage, ...]
    houses: tuple[House, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    id: UUID
    name: str
    community: Community
    kind: str
    buildings: tuple[Building, ...]

    @property
    def households(self) -> int:
        return sum(len(building.houses) for building in self.buildings)

    def building(self, number: str) -> Building:
        return next(each for each in self.buildings if each.number == number)

    def house(self, building: str, room: str) -> House:
        return next(each for each in self.building(building).houses if each.room == room)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company, committee, office or utility; `kind` and `specialty` as in the directory."""

    id: UUID
    kind: str
    specialty: str
    division: str
    name: str
    credit_code: str | None = None
    staff_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Both days are included; `last` None means without end."""

    id: UUID
    estate: Estate
    company: Organisation
    kind: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """`account` is also the person's name in the WeChat simulator."""

    id: UUID
    account: str
    name: str
    mobile: str
    organisation_id: UUID
    end: End
    roles: tuple[Role, ...]
    divisions: tuple[str, ...] = ()
    estates: tuple[Estate, ...] = ()
    interests: tuple[UUID, ...] = ()
    certificate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """`relation` is OWNER, FAMILY or TENANT."""

    estate: Estate
    building: Building
    house: House
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """`person` signs in at the WeChat simulator, whose phone button gives `mobile`."""

    id: UUID
    person: str
    name: str
    mobile: str
    homes: tuple[Home, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """A line of the house register: who lives there, found by which number."""

    id: UUID
    house_id: UUID
    name: str
    mobile: str
    relation: str
