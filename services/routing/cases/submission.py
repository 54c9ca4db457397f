"""A submitted complaint as routing reads it: opened, and judged by triage (T09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.routing.cases.tables import CaseComplaint
from services.routing.occasion import Occasion
from services.routing.triage.proposal import PoliceView, Proposal
from services.routing.triage.propose import propose
from shared.contracts.intake import ComplaintState, ComplaintSubmitted, Narrative
from shared.privacy import Sealed
from shared.tracing import Trace

NARRATIVES = "case_complaint"

Place = tuple[UUID, UUID | None, str]


@dataclass(frozen=True)
class Submission:
    """`trace` is that of the message, so that what follows from it can be told."""

    complaint: ComplaintState
    promised_from: datetime
    trace: Trace
    narrative: Narrative
    proposal: Proposal

    @property
    def place(self) -> Place:
        """For the grid; the building of a hidden reporter is told to nobody else (X15, X16)."""
        complaint = self.complaint
        building_id = complaint.building_id or self.narrative.building_id
        return complaint.estate_id, building_id, complaint.division

    @property
    def refused(self) -> bool:
        """Only what is certainly for the police (B02); what is unclear is accepted (X13)."""
        return self.proposal.police is PoliceView.CERTAIN


def read(on: Occasion, event: ComplaintSubmitted, trace: Trace) -> Submission:
    """Open the sealed narrative and have it judged. Raises CannotDecrypt."""
    narrative = opened(on, event.narrative, event.complaint.id)
    return judged(on, event.complaint, narrative, event.promised_from, trace)


def opened(on: Occasion, sealed: Sealed, complaint_id: UUID) -> Narrative:
    """Raises CannotDecrypt."""
    return Narrative.model_validate_json(on.runtime.sealer.open_(sealed, subject=str(complaint_id)))


def narrative_in(on: Occasion, complaint: CaseComplaint) -> Narrative:
    """As it lies in the case."""
    text = on.reveal(complaint.narrative, NARRATIVES, complaint.complaint_id, "narrative")
    return Narrative.model_validate_json(text)


def judged(
    on: Occasion,
    complaint: ComplaintState,
    narrative: Narrative,
    promised_from: datetime,
    trace: Trace,
) -> Submission:
    """By the rules in force now."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    proposal = propose(rulebook, narrative.title, narrative.text, complaint.chosen_category)
    return Submission(complaint, promised_from, trace, narrative, proposal)


def complaint_of(on: Occasion, submission: Submission, case_id: UUID) -> CaseComplaint:
    """As the case keeps it. Of an anonymous reporter nothing leads to a person (X15)."""
    complaint = submission.complaint
    text = submission.narrative.model_dump_json(exclude={"building_id"})
    return CaseComplaint(
        complaint_id=complaint.id,
        case_id=case_id,
        number=complaint.number,
        owner_id=None if complaint.anonymous else complaint.owner_id,
        house_id=None if complaint.anonymous else complaint.house_id,
        narrative=on.conceal(text, NARRATIVES, complaint.id, "narrative"),
        submitted_at=complaint.submitted_at,
    )
