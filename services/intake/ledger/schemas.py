"""A line of the ledger over HTTP."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.domain.words import CASE_STATES, COMPLAINT_STATES, GRADES
from services.intake.ledger.domain.lines import DOORS, LedgerLine
from shared.clock import BEIJING
from shared.contracts.vocabulary import (
    CaseStatus,
    ComplaintStatus,
    Grade,
    ResultCode,
    Solved,
)


class RatingOut(BaseModel):
    solved: Solved
    level: int
    answered_at: datetime


class LedgerLineOut(BaseModel):
    """`parent_case` is where a merged complaint went on; `content` is without numbers and rooms,
    and hidden where the reporter is.
    """

    number: str
    submitted_at: datetime
    state: ComplaintStatus
    state_name: str
    door: DoorKind
    door_name: str
    category: str | None
    estate: str
    division: str
    content: str
    case_number: str | None
    parent_case: str | None
    case_state: CaseStatus | None
    case_state_name: str | None
    grade: Grade | None
    grade_name: str | None
    handler: str | None
    handlers: list[str]
    response: str
    accepted_at: datetime | None
    dispatched_at: datetime | None
    signed_at: datetime | None
    feedback_at: datetime | None
    closed_at: datetime | None
    result_code: ResultCode | None
    result: str
    rating: RatingOut | None
    overdue: bool
    urges: int

    @classmethod
    def of(cls, line: LedgerLine) -> LedgerLineOut:
        return cls(
            number=line.number,
            submitted_at=line.submitted_at.astimezone(BEIJING),
            state=line.state,
            state_name=COMPLAINT_STATES[line.state],
            door=line.door,
            door_name=DOORS[line.door],
            category=line.category,
            estate=line.estate,
            division=line.division,
            content=line.content,
            case_number=line.case_number,
            parent_case=line.parent,
            case_state=line.case_state,
            case_state_name=CASE_STATES[line.case_state] if line.case_state else None,
            grade=line.grade,
            grade_name=GRADES[line.grade] if line.grade else None,
            handler=line.handler,
            handlers=list(line.handlers),
            response=line.response,
            accepted_at=_local(line.accepted_at),
            dispatched_at=_local(line.dispatched_at),
            signed_at=_local(line.signed_at),
            feedback_at=_local(line.feedback_at),
            closed_at=_local(line.closed_at),
            result_code=line.result,
            result=line.result_in_words,
            rating=_rating(line),
            overdue=line.overdue,
            urges=line.urges,
        )


def _rating(line: LedgerLine) -> RatingOut | None:
    if line.rating is None:
        return None
    return RatingOut(
        solved=line.rating.solved,
        level=line.rating.level,
        answered_at=line.rating.at.astimezone(BEIJING),
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(BEIJING) if moment else None
