"""A submitted complaint as routing reads it: opened, and judged by triage (T09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.cases.domain.disputing import DISPUTES, Dispute, with_disputes
from services.routing.cases.tables import CaseComplaint
from services.routing.occasion import Occasion
from services.routing.triage.proposal import PoliceView, Proposal
from services.routing.triage.propose import propose
from shared.contracts.intake import ComplaintState, ComplaintSubmitted
from shared.contracts.narrative import Narrative
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


async def lock_complaint(session: AsyncSession, complaint_id: UUID) -> CaseComplaint | None:
    """As it is now, whatever was read of it before."""
    return await session.get(
        CaseComplaint, complaint_id, with_for_update=True, populate_existing=True
    )


def narrative_in(on: Occasion, row: CaseComplaint) -> Narrative:
    """As it is read: what was told last, and what was said against the closing (T33)."""
    return with_disputes(narrative_told(on, row), disputes_of(on, row))


def narrative_told(on: Occasion, row: CaseComplaint) -> Narrative:
    text = on.reveal(row.narrative, NARRATIVES, row.complaint_id, "narrative")
    return Narrative.model_validate_json(text)


def retold(on: Occasion, row: CaseComplaint, version: int, narrative: Narrative) -> bool:
    """Whether it was newer than what was known: told twice or late it changes nothing (X37)."""
    if version <= row.told_version:
        return False
    row.narrative = _concealed(on, row.complaint_id, narrative)
    row.told_version = version
    return True


def disputes_of(on: Occasion, row: CaseComplaint) -> Sequence[Dispute]:
    if row.disputes is None:
        return ()
    opened = on.reveal(row.disputes, NARRATIVES, row.complaint_id, "disputes")
    return DISPUTES.validate_json(opened)


def keep_disputes(on: Occasion, row: CaseComplaint, disputes: Sequence[Dispute]) -> None:
    said = DISPUTES.dump_json(tuple(disputes)).decode()
    row.disputes = on.conceal(said, NARRATIVES, row.complaint_id, "disputes")


def _concealed(on: Occasion, complaint_id: UUID, narrative: Narrative) -> str:
    """Without the building: it was told once, for the grid (X15, X16)."""
    text = narrative.model_dump_json(exclude={"building_id"})
    return on.conceal(text, NARRATIVES, complaint_id, "narrative")


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
    return CaseComplaint(
        complaint_id=complaint.id,
        case_id=case_id,
        number=complaint.number,
        owner_id=None if complaint.anonymous else complaint.owner_id,
        house_id=None if complaint.anonymous else complaint.house_id,
        narrative=_concealed(on, complaint.id, submission.narrative),
        told_version=complaint.version,
        submitted_at=complaint.submitted_at,
    )
