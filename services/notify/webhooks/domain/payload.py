"""What a webhook says: ids, numbers, states and due times; details are fetched with a token.

Nothing in it is personal, so it may lie in the logs of whoever receives it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, PlainSerializer

from shared.clock import BEIJING
from shared.contracts.routing import CaseEvent, ClockState, ConfirmationApplied, JudicialHandedOver
from shared.contracts.vocabulary import CaseStatus, Grade


def _in_beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat()


Moment = Annotated[datetime, PlainSerializer(_in_beijing)]


class Payload(BaseModel):
    """`due` holds the deadlines that still run, by clock; `link` is where to read more."""

    model_config = ConfigDict(frozen=True)

    type: str
    time: Moment
    case_id: UUID
    case_number: str
    state: CaseStatus
    grade: Grade | None
    due: dict[str, Moment]
    package_id: UUID | None = None
    package_number: str | None = None
    application_id: UUID | None = None
    application_number: str | None = None
    link: str


def payload(event: CaseEvent, time: datetime, origin: str) -> bytes:
    """The exact bytes of the body, the same for every attempt."""
    case = event.case
    said = Payload(
        type=event.name,
        time=time,
        case_id=case.id,
        case_number=case.number,
        state=case.state,
        grade=case.grade,
        due=_due(case.clocks),
        link=f"{origin}/routing/cases/{case.id}",
    )
    return _with_papers(said, event, origin).model_dump_json(exclude_none=True).encode()


def _due(clocks: tuple[ClockState, ...]) -> dict[str, datetime]:
    return {clock.kind: clock.due_at for clock in clocks if clock.state == "RUNNING"}


def _with_papers(said: Payload, event: CaseEvent, origin: str) -> Payload:
    """A court is pointed to its papers, not to the case, and sees no clocks of ours."""
    if isinstance(event, JudicialHandedOver):
        package = event.package
        return said.model_copy(
            update={
                "due": {},
                "package_id": package.package_id,
                "package_number": package.package_number,
                "link": f"{origin}/routing/court/packages/{package.package_id}",
            }
        )
    if isinstance(event, ConfirmationApplied):
        application = event.application
        return said.model_copy(
            update={
                "due": {},
                "application_id": application.application_id,
                "application_number": application.application_number,
                "link": f"{origin}/routing/court/applications/{application.application_id}",
            }
        )
    return said
