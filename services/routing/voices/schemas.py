"""Request and response bodies of this room."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.cases.schemas import Reason
from services.routing.times import Moment
from shared.contracts.vocabulary import CaseStatus
from shared.web.body import Body


class MergeIn(Body):
    """T07: the case that goes on, and why the two are one problem."""

    into: UUID
    reason: Reason


class UnmergeIn(Body):
    """X10: the complaint that is a problem of its own after all."""

    complaint_id: UUID
    reason: Reason


class DismissalIn(Body):
    reason: Reason


class RepresentativesIn(Body):
    """X11: complaints of the case whose reporters speak for all."""

    complaint_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=20)]


class RepresentativeOut(BaseModel):
    complaint_id: UUID
    number: str
    named_at: Moment


class RepresentativesOut(BaseModel):
    items: list[RepresentativeOut]


class EvidenceOut(BaseModel):
    """What speaks for one problem: shares from 0 to 1, what is the same, and whether the reporter
    of the later one asked to be joined.
    """

    wording: float
    subject: float
    same_category: bool
    hours_apart: float
    same_building: bool
    same_reporter: bool
    asked_by_reporter: bool = False


class SideOut(BaseModel):
    """One case of the pair."""

    id: UUID
    number: str
    state: CaseStatus
    state_name: str
    category: str
    estate_name: str
    complaints: int


class ProposalOut(BaseModel):
    """`case` is the later one, `into` the one that would go on; `decision` is absent while open."""

    id: UUID
    at: Moment
    score: float
    case: SideOut
    into: SideOut
    evidence: EvidenceOut
    decision: str | None
    decided_at: Moment | None


class ComparedOut(ProposalOut):
    """With the words that both complaints use, masked where the reporter is hidden."""

    shared_phrases: list[str]


class DuplicatesOut(BaseModel):
    items: list[ComparedOut]
