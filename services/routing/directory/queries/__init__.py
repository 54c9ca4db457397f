"""Look-ups in the directory for the other parts of routing; all return plain frozen values.

What may be absent comes back as None; what every installation has (the centres, the departments
of the rulebook, the courts) raises OrganisationMissing when it is not there.
"""

from __future__ import annotations

from services.routing.directory.queries.dispatch import dispatch_candidates
from services.routing.directory.queries.estates import company_of_estate, estate_by_id, is_house_of
from services.routing.directory.queries.grids import grid_leader, grid_of_building, grid_workers
from services.routing.directory.queries.known import (
    DispatchCandidates,
    KnownEstate,
    KnownGrid,
    KnownMediator,
    KnownOrganisation,
    KnownStaff,
)
from services.routing.directory.queries.organisations import (
    OrganisationMissing,
    centres_over,
    city_centre,
    county_centre,
    court_for,
    department,
    departments,
    mediation_committee_for,
    offices_over,
    organisation_by_id,
    street_centre,
    street_office,
)
from services.routing.directory.queries.people import mediators_of, staff

__all__ = [
    "DispatchCandidates",
    "KnownEstate",
    "KnownGrid",
    "KnownMediator",
    "KnownOrganisation",
    "KnownStaff",
    "OrganisationMissing",
    "centres_over",
    "city_centre",
    "company_of_estate",
    "county_centre",
    "court_for",
    "department",
    "departments",
    "dispatch_candidates",
    "estate_by_id",
    "grid_leader",
    "grid_of_building",
    "grid_workers",
    "is_house_of",
    "mediation_committee_for",
    "mediators_of",
    "offices_over",
    "organisation_by_id",
    "staff",
    "street_centre",
    "street_office",
]
