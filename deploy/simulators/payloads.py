"""What departments and courts send to the hub, as an integrating party would write it down.

The hub has its own models of the same JSON; neither side imports the other's.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

CaseNumber = Annotated[str, Field(description="The hub's number, e.g. XN421202-20260302-00017.")]
CourtCaseNumber = Annotated[
    str, Field(description="The court's own number (案号), e.g. （2026）鄂1281民初88号.")
]
PackageNumber = Annotated[
    str, Field(description="The hub's number of the hand-over package the court received.")
]


class Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseSigned(Payload):
    """T11: the department has signed for the case and handles it from now on."""

    type: Literal["case.signed"] = "case.signed"
    case_number: CaseNumber


class CaseResult(Payload):
    """T24, T22: what the department did, for the reviewer."""

    type: Literal["case.result"] = "case.result"
    case_number: CaseNumber
    result_code: str = Field(
        description="SOLVED, PARTLY, AGREED, EXPLAINED, NOT_TRUE, TO_LITIGATION, TO_AUTHORITY, "
        "WITHDRAWN or NOT_POSSIBLE."
    )
    text: str = Field(description="The result in plain Chinese, fit to be read by the owner.")
    proof: list[str] = Field(
        default_factory=list,
        description="What proves it: document numbers or addresses of photographs.",
    )


class JudicialFiled(Payload):
    """T39: the court has registered the dispute handed over to it."""

    type: Literal["judicial.filed"] = "judicial.filed"
    package_number: PackageNumber
    case_number_court: CourtCaseNumber


class JudicialDelegatedBack(Payload):
    """T41: the court gives the registered matter to a mediator, with the parties' consent."""

    type: Literal["judicial.delegated_back"] = "judicial.delegated_back"
    package_number: PackageNumber
    case_number_court: CourtCaseNumber
    procedure: str = Field(
        description="DELEGATED (委派), ENTRUSTED (委托, ordinary) or ENTRUSTED_SIMPLIFIED (简易)."
    )


class JudicialConcluded(Payload):
    """T42: how the proceedings ended."""

    type: Literal["judicial.concluded"] = "judicial.concluded"
    package_number: PackageNumber
    case_number_court: CourtCaseNumber
    result: str = Field(description="JUDGMENT, COURT_MEDIATION, WITHDRAWN or NOT_ACCEPTED.")


class ConfirmationDecided(Payload):
    """T35, T36: the decision on a joint application for judicial confirmation (司法确认)."""

    type: Literal["confirmation.decided"] = "confirmation.decided"
    application_number: str = Field(description="The hub's number of the joint application.")
    case_number_court: CourtCaseNumber | None = Field(
        default=None, description="Absent when the court did not accept the application."
    )
    result: str = Field(description="CONFIRMED, REJECTED, NOT_ACCEPTED or WITHDRAWN.")


DepartmentPayload = Annotated[CaseSigned | CaseResult, Field(discriminator="type")]
CourtPayload = Annotated[
    JudicialFiled | JudicialDelegatedBack | JudicialConcluded | ConfirmationDecided,
    Field(discriminator="type"),
]
