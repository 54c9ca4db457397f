"""What the directory answers: small frozen values, nothing that a caller could change."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.vocabulary import OrganisationKind
from shared.identity import End, Role


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """`division` has 4, 6, 9 or 12 digits; `specialty` is the rulebook's code."""

    id: UUID
    kind: OrganisationKind
    specialty: str
    level: str
    division: str
    display_name: str
    parent_id: UUID | None
    court_code: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class KnownEstate:
    """`division` is the street's, nine digits."""

    id: UUID
    version: int
    display_name: str
    division: str
    community_id: UUID
    kind: str
    households: int


@dataclass(frozen=True, slots=True)
class KnownGrid:
    id: UUID
    code: str
    community_id: UUID
    leader_id: UUID | None


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """`interests`: companies, committees and houses of the person, for recusal (A13)."""

    id: UUID
    display_name: str
    organisation_id: UUID
    end: End
    roles: frozenset[Role]
    interests: frozenset[UUID]
    active: bool

    def has_interest_in(self, *parties: UUID | None) -> bool:
        return any(party in self.interests for party in parties)


@dataclass(frozen=True, slots=True)
class KnownMediator:
    """A mediator of a committee; `certified` means that a certificate is on record (C03)."""

    staff: KnownStaff
    full_time: bool
    certified: bool


@dataclass(frozen=True, slots=True)
class DispatchCandidates:
    """Everybody a complaint in one place could go to, before recusal (B19, B20, A13).

    `grid` is None where no grid covers the place; `workers` stand in the order to be asked;
    `company` is None without a contract on that day (A03, X29); `higher_centre` is the county's,
    else the city's.
    """

    estate: KnownEstate
    community: KnownOrganisation
    grid: KnownGrid | None
    workers: tuple[KnownStaff, ...]
    leader: KnownStaff | None
    street_centre: KnownOrganisation | None
    company: KnownOrganisation | None
    higher_centre: KnownOrganisation | None = None

    def worker_without_interest(self, *parties: UUID | None) -> KnownStaff | None:
        """The first worker who has no stake in `parties`; None sends the case to the leader."""
        free = (each for each in self.workers if not each.has_interest_in(*parties))
        return next(free, None)
