"""A case with everything a command needs of it, loaded at once, and its public state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.routing.cases.domain.policies import LEAD, Standing
from services.routing.cases.tables import Assignment, Case, CaseComplaint
from shared.clocks import ClockRow
from shared.contracts.routing import CaseState, ClockState, Unit
from shared.contracts.vocabulary import ResultCode
from shared.rulebook import Rulebook


@dataclass
class CaseFile:
    """`units` are those at work now; `submitted_by` is who handed in the result under review.

    `recused` are people of the staff who have a stake in this very case.
    """

    case: Case
    units: list[Assignment]
    complaints: Sequence[CaseComplaint]
    submitted_by: UUID | None = None
    recused: frozenset[UUID] = frozenset()

    @property
    def lead(self) -> Assignment | None:
        return next((unit for unit in self.units if unit.role == LEAD), None)

    @property
    def standing_complaints(self) -> tuple[CaseComplaint, ...]:
        """Those that were not withdrawn (T08)."""
        return tuple(each for each in self.complaints if each.withdrawn_at is None)

    @property
    def owner_ids(self) -> tuple[UUID, ...]:
        owners = (complaint.owner_id for complaint in self.standing_complaints)
        return tuple(dict.fromkeys(owner for owner in owners if owner is not None))

    @property
    def parties(self) -> frozenset[UUID]:
        """Company, households, owners, who is recused: nobody acts on their own matter (A13)."""
        houses = (complaint.house_id for complaint in self.complaints)
        owners = (complaint.owner_id for complaint in self.complaints)
        named = (self.case.company_id, *houses, *owners, *self.recused)
        return frozenset(party for party in named if party is not None)

    @property
    def standing(self) -> Standing:
        return Standing(
            case=self.case,
            units=tuple(self.units),
            parties=self.parties,
            owner_ids=frozenset(self.owner_ids),
            submitted_by=self.submitted_by,
            recused=self.recused,
        )


def public_state(file: CaseFile, clocks: Sequence[ClockRow], rulebook: Rulebook) -> CaseState:
    """What everybody may know; no name, no text, no house."""
    case = file.case
    lead = file.lead
    return CaseState(
        id=case.id,
        version=case.version,
        number=case.number,
        state=case.status,
        category=case.category,
        category_name=rulebook.category(case.category).chinese,
        grade=case.degree,
        division=case.division,
        estate_id=case.estate_id,
        estate_name=case.estate_name,
        building_id=case.building_id,
        grid_code=case.grid_code,
        complaint_ids=tuple(complaint.complaint_id for complaint in file.standing_complaints),
        owner_ids=file.owner_ids,
        company_id=case.company_id,
        handler=unit_state(lead) if lead else None,
        units=tuple(unit_state(unit) for unit in file.units),
        clocks=tuple(clock_state(clock) for clock in clocks),
        confidential=case.confidential,
        anonymous=case.anonymous,
        emergency=case.emergency,
        overdue=case.overdue,
        rulebook=case.rulebook,
        result_code=ResultCode(case.result_code) if case.result_code else None,
        accepted_at=case.accepted_at,
        first_dispatch_at=case.first_dispatch_at,
        feedback_at=case.feedback_at,
        closed_at=case.closed_at,
    )


def unit_state(unit: Assignment) -> Unit:
    return Unit(
        organisation_id=unit.organisation_id,
        end=unit.end,
        role=unit.role,
        display_name=unit.display_name,
        person_id=unit.person_id,
    )


def clock_state(clock: ClockRow) -> ClockState:
    return ClockState(
        kind=clock.kind,
        started_at=clock.started_at,
        due_at=clock.due_at,
        state=clock.state,
        met_at=clock.met_at,
        breached_at=clock.breached_at,
    )
