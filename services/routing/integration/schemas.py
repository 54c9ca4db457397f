"""What departments and courts tell us, as JSON (the integration guide shows examples)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from services.routing.cases.schemas import Proofs, Text
from services.routing.court.domain.matters import Outcome, Procedure
from services.routing.times import Moment
from shared.contracts.vocabulary import CaseStatus, ConfirmationOutcome, ResultCode
from shared.web.body import Body

CaseNumber = Annotated[str, Field(min_length=1, max_length=40)]
CourtNumber = Annotated[str, Field(min_length=1, max_length=60)]


class SignedIn(Body):
    """T11: the department handles the case from now on."""

    type: Literal["case.signed"]
    case_number: CaseNumber


class ResultIn(Body):
    """T22 while departments act jointly, else T24."""

    type: Literal["case.result"]
    case_number: CaseNumber
    result_code: ResultCode
    text: Text
    proof: Proofs = ()


class FiledIn(Body):
    """T39: the court has registered the matter."""

    type: Literal["judicial.filed"]
    package_number: CaseNumber
    case_number_court: CourtNumber


class DelegatedIn(Body):
    """T41: the court gives the registered matter to a mediator, with the parties' consent."""

    type: Literal["judicial.delegated_back"]
    package_number: CaseNumber
    case_number_court: CourtNumber
    procedure: Procedure


class ConcludedIn(Body):
    """T42: how the proceedings ended."""

    type: Literal["judicial.concluded"]
    package_number: CaseNumber
    case_number_court: CourtNumber
    result: Outcome


class DecidedIn(Body):
    """T35, T36: the decision on a joint application."""

    type: Literal["confirmation.decided"]
    application_number: CaseNumber
    case_number_court: CourtNumber | None = None
    result: ConfirmationOutcome


DepartmentCallback = SignedIn | ResultIn
CourtCallback = FiledIn | DelegatedIn | ConcludedIn | DecidedIn

DEPARTMENT_SAYS: Mapping[str, type[DepartmentCallback]] = {
    "case.signed": SignedIn,
    "case.result": ResultIn,
}
COURT_SAYS: Mapping[str, type[CourtCallback]] = {
    "judicial.filed": FiledIn,
    "judicial.delegated_back": DelegatedIn,
    "judicial.concluded": ConcludedIn,
    "confirmation.decided": DecidedIn,
}


class CallbackOut(BaseModel):
    """The case after the callback; a repeated callback gets the same answer."""

    case_number: str
    state: CaseStatus
    version: int
    received_at: Moment
