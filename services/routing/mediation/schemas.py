"""Request and response bodies of mediation, agreements and applications."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.routing.cases.schemas import Proofs, Reason, Text
from services.routing.mediation.domain.agreements import Kind
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.domain.validity import Capacity
from services.routing.times import Moment
from shared.contracts.vocabulary import ResultCode
from shared.web.body import Body

Place = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=50)]


class MediationIn(Body):
    """T15; the respondent is proposed from the category when not named."""

    committee_id: UUID | None = None
    mediator_id: UUID | None = None
    respondent: Literal[Side.COMPANY, Side.OTHER] | None = None


class ConsentIn(Body):
    """A party for itself, or noted by who mediates."""

    party: Side
    consent: Literal["AGREED", "REFUSED"]


class MediationExtensionIn(Body):
    """CK-08: which sides agree to another month; all of them must."""

    agreeing: Annotated[tuple[Side, ...], Field(min_length=1, max_length=3)]
    reason: Reason


class ScheduleIn(Body):
    time: AwareDatetime
    place: Place


class AttendeeIn(Body):
    capacity: Capacity
    name: Name | None = None


class SessionIn(Body):
    """T16: valid for CK-03 with COMMUNITY and COMPANY among the attendees (B05)."""

    held_at: AwareDatetime
    place: Place
    attendees: Annotated[list[AttendeeIn], Field(min_length=1, max_length=50)]
    notes: Annotated[str, Field(max_length=20_000)] = ""


class ContactIn(Body):
    at: AwareDatetime
    means: Annotated[str, Field(min_length=1, max_length=100)]


class RefusalIn(Body):
    """T17: a party refuses, or `unreachable` with the attempts to reach it (X22)."""

    reason: Reason
    party: Side | None = None
    unreachable: bool = False
    contacts: Annotated[tuple[ContactIn, ...], Field(max_length=50)] = ()


class ObligationIn(Body):
    """Who, what, how much in yuan, until when (F:L3 art. 358)."""

    party: Side
    what: Text
    amount: Annotated[Decimal | None, Field(ge=0, max_digits=12, decimal_places=2)] = None
    due_on: date | None = None
    done: bool = False


class AgreementIn(Body):
    """T18, or T19 when no obligation is left to be performed."""

    kind: Kind
    content: Annotated[str, Field(min_length=1, max_length=20_000)]
    obligations: Annotated[tuple[ObligationIn, ...], Field(max_length=50)] = ()
    signed_at: AwareDatetime | None = None
    mediator_signed_at: AwareDatetime | None = None
    sealed_at: AwareDatetime | None = None
    concerns_ownership: bool = False
    result_code: ResultCode = ResultCode.AGREED


class FailureIn(Body):
    reason: Reason


class PerformanceIn(Body):
    proofs: Proofs
    result_code: Literal[ResultCode.SOLVED, ResultCode.PARTLY] = ResultCode.SOLVED


class BreachIn(Body):
    reason: Reason


class ApplicationIn(Body):
    """T34: without a court, the one of the property's place."""

    court_id: UUID | None = None


class ApplicationConsentIn(Body):
    party: Side


class PartyOut(BaseModel):
    party: Side
    consent: str
    decided_at: Moment | None


class AttendeeOut(BaseModel):
    capacity: Capacity
    name: str | None


class SessionOut(BaseModel):
    """Shown to those who mediate, to nobody else (invariant 10)."""

    held_at: Moment
    place: str
    valid: bool
    excuse: str | None
    attendees: list[AttendeeOut]
    notes: str


class MediationOut(BaseModel):
    """`sessions` is null for everybody who does not mediate."""

    stage: str
    file_number: str
    requested_at: Moment
    committee_id: UUID | None
    mediator_id: UUID | None
    parties: list[PartyOut]
    scheduled_for: Moment | None
    place: str | None
    ended_at: Moment | None
    court_procedure: str | None
    received_at: Moment | None
    sessions: list[SessionOut] | None


class ObligationOut(BaseModel):
    party: Side
    what: str
    amount: Decimal | None
    due_on: date | None
    done_at: Moment | None


class AgreementOut(BaseModel):
    """For its parties, for those who mediated, and for the court that is asked to confirm it."""

    id: UUID
    number: str
    kind: Kind
    content: str
    effective_at: Moment
    confirmed_at: Moment | None
    performed_at: Moment | None
    obligations: list[ObligationOut]


class ApplicationOut(BaseModel):
    """A joint application as the court reads it."""

    id: UUID
    number: str
    case_number: str
    stage: str
    applied_at: Moment | None
    consents: list[Side]
    mediation_file_number: str
    agreement: AgreementOut
