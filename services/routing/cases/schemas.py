"""Request and response bodies of cases. Who may read which field: see the builders in views.py."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.cases.domain.assigning import Draft
from services.routing.cases.domain.closing import Reopening
from services.routing.times import Moment
from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode
from shared.web.body import Body

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Reason = Annotated[str, Field(min_length=2, max_length=1000)]
Proof = Annotated[str, Field(min_length=1, max_length=300)]
Proofs = Annotated[tuple[Proof, ...], Field(max_length=50)]


class GradingIn(Body):
    """T09, T30: what is absent stays as it is."""

    category: Annotated[str | None, Field(pattern=r"^[A-Z]{2}\d{2}$")] = None
    grade: Grade
    reason: Reason


class GradingProposalOut(BaseModel):
    """T30: what somebody who works on the case thinks it is."""

    at: Moment
    category: str
    grade: Grade
    actor_end: str
    proposed_by: UUID
    reason: str


class GradingProposalsOut(BaseModel):
    items: list[GradingProposalOut]


class DispatchIn(Body):
    """T10: nothing named means dispatch by map."""

    organisation_id: UUID | None = None
    person_id: UUID | None = None


class ProgressIn(Body):
    """T14: a public note is shown to the owner."""

    text: Text
    public: bool = False


class ResultIn(Body):
    """T24: proofs are numbers of documents or addresses of photographs."""

    result_code: ResultCode
    text: Text
    proofs: Proofs = ()


class ReviewIn(Body):
    """T25 with the reply to the owner in plain words, T26 with the reason."""

    decision: Literal["APPROVE", "REJECT"]
    reply: Text | None = None
    reason: Reason | None = None


class InterimFeedbackIn(Body):
    """CK-05: what the owner is told, and why it is not final yet."""

    reply: Text
    reason: Reason


class ReopeningIn(Body):
    """T32, T33: FINAL tells the owner the reason and ends the matter (X35)."""

    decision: Reopening
    reason: Reason


class UnitOut(BaseModel):
    """`chosen_by` is the rule or act that sent the case there, `reason` says why in words."""

    organisation_id: UUID
    person_id: UUID | None
    end: str
    role: str
    display_name: str
    signed_at: Moment | None
    late: bool
    chosen_by: str
    reason: str


class CaseReceipt(BaseModel):
    """All that a party is told when it has done something."""

    id: UUID
    number: str
    version: int
    state: CaseStatus
    state_name: str


class CaseSummary(BaseModel):
    """A line of the list, and the answer to every command."""

    id: UUID
    number: str
    version: int
    state: CaseStatus
    state_name: str
    category: str
    category_name: str
    grade: Grade | None
    grade_name: str | None
    division: str
    estate_id: UUID
    estate_name: str
    channel: str
    emergency: bool
    overdue: bool
    confidential: bool
    anonymous: bool
    result_code: ResultCode | None
    accepted_at: Moment
    first_dispatch_at: Moment | None
    feedback_at: Moment | None
    closed_at: Moment | None
    handler: UnitOut | None


class ComplaintOut(BaseModel):
    """The reporter's words; place, house and owner only for those who may know them (X16)."""

    number: str
    submitted_at: Moment
    title: str
    text: str
    reporter: str
    place: str | None = None
    owner_id: UUID | None = None
    house_id: UUID | None = None


class AlternativeOut(BaseModel):
    """A category that a complaint may be about, and how likely, from 0 to 1."""

    category: str
    category_name: str
    confidence: float


class GradingOut(BaseModel):
    """`evidence` are the rules and words that decided a proposal, `alternatives` the likeliest
    categories, its own first; the company reads no reasons."""

    at: Moment
    category: str
    grade: Grade | None
    actor_end: str
    reason: str | None
    confidence: float | None
    grade_confidence: float | None
    evidence: list[dict[str, Any]]
    alternatives: list[AlternativeOut]


class ResultOut(BaseModel):
    """`text` and `proofs` are not for the company complained about."""

    code: ResultCode
    text: str | None
    proofs: list[str]
    submitted_at: Moment
    decision: str | None
    decided_at: Moment | None


class TeamOut(BaseModel):
    """Who would act jointly, by a dispatch rule or the category table (B07, B08, B12): ids of
    organisations, with the reason.
    """

    lead: UUID
    lead_name: str
    members: list[UUID]
    member_names: list[str]
    reason: str


class CaseOut(CaseSummary):
    """The whole case as far as the reader may know it."""

    building_id: UUID | None
    grid_code: str | None
    company_id: UUID | None
    police_check: bool
    reopen_count: int
    rulebook: str
    units: list[UnitOut]
    complaints: list[ComplaintOut]
    gradings: list[GradingOut]
    results: list[ResultOut]
    joint_proposal: TeamOut | None


class EntryOut(BaseModel):
    """One line of the timeline; `note` only for those it is meant for.

    `happened_at`: done earlier without a network, by the clock of the device.
    """

    at: Moment
    happened_at: Moment | None
    version: int
    row: str
    action: str
    state_before: CaseStatus | None
    state_after: CaseStatus
    actor_end: str
    public: bool
    note: str | None


class TimelineOut(BaseModel):
    items: list[EntryOut]


class RecusalIn(Body):
    """Why; read by nobody but the audit."""

    reason: Text


class OtherUnitOut(BaseModel):
    """A unit that could lead the case instead."""

    organisation_id: UUID
    person_id: UUID | None
    display_name: str

    @classmethod
    def of(cls, draft: Draft | None) -> OtherUnitOut | None:
        if draft is None:
            return None
        return cls(
            organisation_id=draft.organisation_id,
            person_id=draft.person_id,
            display_name=draft.display_name,
        )


class RecusalOut(BaseModel):
    """`alternative` is missing where the map knows nobody else."""

    case_id: UUID
    person_id: UUID
    alternative: OtherUnitOut | None
