"""Divisions and organisations, which are public as they are."""

from __future__ import annotations

from services.routing.directory.tables import Division, Organisation
from shared.contracts.directory import DivisionState, OrganisationState


def division_state(row: Division) -> DivisionState:
    return DivisionState.model_validate(row.model_dump())


def organisation_state(row: Organisation) -> OrganisationState:
    return OrganisationState.model_validate(row.model_dump())
