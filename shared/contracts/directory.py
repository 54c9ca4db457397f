"""The directory (divisions, organisations, grids, estates, staff) as routing publishes it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState
from shared.contracts.vocabulary import OrganisationKind
from shared.privacy import Sealed

# What was filed without a place that anybody knows: an estate by this name, so that it still
# reaches a desk. A person reads its words and finds the place.
UNPLACED_ESTATE = UUID("00000000-0000-7000-8000-000000000311")
UNPLACED_NAME = "地点待核实"


class DivisionState(PublicState):
    """A division (行政区划): code of 4, 6, 9 or 12 digits."""

    code: str
    name: str
    level: str
    parent_code: str | None
    valid_from: date
    valid_to: date | None = None
    demo: bool = False


class DivisionChanged(Event):
    """A division was added, renamed or ended. Nobody listens yet."""

    name = "routing.division_changed"
    audience = ("survey",)  # its words above are part of a published schema

    division: DivisionState

    @property
    def about(self) -> PublicState:
        return self.division


class OrganisationState(PublicState):
    """An organisation of any end; `specialty` is its code in the rulebook's `organisations`.

    `staff_count` is known of street property offices (A14).
    """

    kind: OrganisationKind
    specialty: str | None
    level: str
    division: str
    display_name: str
    parent_id: UUID | None = None
    court_code: str | None = None
    credit_code: str | None = None
    staff_count: int | None = None
    active: bool = True
    demo: bool = False


class OrganisationChanged(Event):
    """An organisation was added, renamed or ended."""

    name = "routing.organisation_changed"
    audience = ("notify", "survey")

    organisation: OrganisationState

    @property
    def about(self) -> PublicState:
        return self.organisation


class GridState(PublicState):
    """A grid (网格): community code of 12 digits and 3 of its own."""

    code: str
    community_id: UUID
    leader_id: UUID | None
    worker_ids: tuple[UUID, ...]


class GridChanged(Event):
    """A grid was drawn or got another leader or worker. Nobody listens yet."""

    name = "routing.grid_changed"
    audience = ()

    grid: GridState

    @property
    def about(self) -> PublicState:
        return self.grid


class House(Contract):
    """`area` in square metres."""

    id: UUID
    unit: str
    room: str
    area: float


class Building(Contract):
    """A building belongs to the grid that covers it on the day of the event (B20)."""

    id: UUID
    number: str
    grid_code: str
    houses: tuple[House, ...]


class EstateContract(Contract):
    """A company serves an estate from one day to another, both included (A03, X40)."""

    company_id: UUID
    valid_from: date
    valid_to: date | None


class EstateState(PublicState):
    """An estate (小区) with its buildings and houses.

    `company_id` and `contract_until` are as of the day of the event; a contract may begin or end
    later without another event, so `contracts` tells the company of any day. `division` has nine
    digits.
    """

    display_name: str
    division: str
    community_id: UUID
    kind: str
    households: int
    company_id: UUID | None
    contract_until: date | None
    contracts: tuple[EstateContract, ...] = ()
    buildings: tuple[Building, ...]
    demo: bool = False


class EstateChanged(Event):
    """An estate was added or changed; the state is whole."""

    name = "routing.estate_changed"
    audience = ("intake", "notify", "survey")

    estate: EstateState

    @property
    def about(self) -> PublicState:
        return self.estate


class StaffState(PublicState):
    """A staff account. Contacts can be opened by notify only: `<staff id>/openid`, `…/mobile`.

    `full_time_mediator` is said of mediators with a certificate, by their organisation (C02, C03).
    """

    organisation_id: UUID
    end: str
    roles: tuple[str, ...]
    divisions: tuple[str, ...] = ()
    estate_ids: tuple[UUID, ...] = ()
    grid_codes: tuple[str, ...] = ()
    openid: Sealed | None = None
    mobile: Sealed | None = None
    full_time_mediator: bool = False
    active: bool = True


class StaffChanged(Event):
    """A staff account was opened, changed or closed."""

    name = "routing.staff_changed"
    audience = ("notify",)

    staff: StaffState

    @property
    def about(self) -> PublicState:
        return self.staff
