"""A submitted complaint as routing reads it: opened, and judged by triage (T09)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.routing.cases.tables import CaseComplaint
from services.routing.occasion import Occasion
from services.routing.triage.proposal import PoliceView, Proposal
from services.routing.triage.propose import propose
from shared.contracts.intake import ComplaintState, ComplaintSubmitted, Narrative
from shared.tracing import Trace

NARRATIVES = "case_complaint"

Place = tuple[UUID, UUID | None, str]


@dataclass(frozen=True)
class Submission:
    """`trace` is that of the message, so that what follows from it can be told."""

    event: ComplaintSubmitted
    trace: Trace
    narrative: Narrative
    proposal: Proposal

    @property
    def complaint(self) -> ComplaintState:
        return self.event.complaint

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
    complaint = event.complaint
    opened = on.runtime.sealer.open_(event.narrative, subject=str(complaint.id))
    narrative = Narrative.model_validate_json(opened)
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    proposal = propose(rulebook, narrative.title, narrative.text, complaint.chosen_category)
    return Submission(event, trace, narrative, proposal)


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
