"""Organisations: added, revised, shown with what is worth a second look."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.routing.directory.commands import OrganisationChanges
from services.routing.directory.domain.organisations import staffing_warnings
from services.routing.directory.schemas.words import DivisionCode, Name, Version
from services.routing.directory.states import organisation_state
from services.routing.directory.tables import Organisation
from shared.contracts.directory import OrganisationState
from shared.contracts.vocabulary import OrganisationKind
from shared.ids import new_id
from shared.rulebook.sections.people import StreetOffices
from shared.web.body import Body

StaffCount = Annotated[int, Field(ge=0, le=10_000)]


class NewOrganisation(Body):
    """`specialty` is needed for departments and utilities, `court_code` for courts."""

    kind: OrganisationKind
    specialty: Annotated[str, Field(max_length=40)] | None = None
    division: DivisionCode
    display_name: Name
    parent_id: UUID | None = None
    credit_code: Annotated[str, Field(max_length=40)] | None = None
    court_code: Annotated[str, Field(max_length=10)] | None = None
    staff_count: StaffCount | None = None

    def row(self) -> Organisation:
        """The command fills in level and specialty."""
        return Organisation(
            **self.model_dump(exclude={"specialty"}),
            id=new_id(),
            level="",
            specialty=self.specialty or "",
        )


class OrganisationRevision(Body):
    version: Version
    display_name: Name
    staff_count: StaffCount | None = None
    active: bool

    def changes(self) -> OrganisationChanges:
        return OrganisationChanges(**self.model_dump())


class OrganisationOut(OrganisationState):
    """`warnings` are soft: STAFF_OUTSIDE_RANGE (A15)."""

    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Organisation, rules: StreetOffices) -> OrganisationOut:
        warnings = staffing_warnings(
            OrganisationKind(row.kind),
            row.staff_count,
            at_least=rules.staff_at_least,
            at_most=rules.staff_at_most,
        )
        return cls(**organisation_state(row).model_dump(), warnings=warnings)
