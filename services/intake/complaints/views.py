"""Complaints as their owners see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.intake.complaints.domain.promises import PROMISES, told_to_owners
from services.intake.complaints.domain.words import CASE_STATES, COMPLAINT_STATES, GRADES
from services.intake.complaints.tables import Complaint, FollowedCase, TimelineEntry
from shared.clock import BEIJING
from shared.contracts.routing import ClockState
from shared.contracts.vocabulary import (
    CaseStatus,
    Channel,
    ComplaintStatus,
    Grade,
    RefusalReason,
    ResultCode,
)


class PromiseOut(BaseModel):
    """`broken` stays, even when the promise was kept later."""

    kind: str
    name: str
    due_at: datetime
    state: str
    met_at: datetime | None
    broken: bool

    @classmethod
    def of(cls, clock: ClockState) -> PromiseOut:
        return cls(
            kind=clock.kind,
            name=PROMISES[clock.kind],
            due_at=clock.due_at.astimezone(BEIJING),
            state=clock.state,
            met_at=_local(clock.met_at),
            broken=clock.breached_at is not None,
        )


class CaseOut(BaseModel):
    """The case behind a complaint: who handles it, and what was promised by when."""

    id: UUID
    number: str
    state: CaseStatus
    state_name: str
    category: str
    category_name: str
    grade: Grade | None
    grade_name: str | None
    handler: str | None
    overdue: bool
    result_code: ResultCode | None
    feedback_at: datetime | None
    closed_at: datetime | None
    promises: list[PromiseOut]

    @classmethod
    def of(cls, case: FollowedCase) -> CaseOut:
        state = CaseStatus(case.state)
        grade = Grade(case.grade) if case.grade else None
        clocks = [ClockState.model_validate(clock) for clock in case.clocks]
        return cls(
            id=case.id,
            number=case.number,
            state=state,
            state_name=CASE_STATES[state],
            category=case.category,
            category_name=case.category_name,
            grade=grade,
            grade_name=GRADES[grade] if grade else None,
            handler=case.handler,
            overdue=case.overdue,
            result_code=ResultCode(case.result_code) if case.result_code else None,
            feedback_at=_local(case.feedback_at),
            closed_at=_local(case.closed_at),
            promises=[PromiseOut.of(clock) for clock in told_to_owners(clocks)],
        )


class ComplaintOut(BaseModel):
    """A line of the own list."""

    id: UUID
    number: str
    state: ComplaintStatus
    state_name: str
    title: str
    channel: Channel
    estate_id: UUID
    estate_name: str
    submitted_at: datetime
    accepted_at: datetime | None
    case: CaseOut | None

    @classmethod
    def of(cls, complaint: Complaint, estate_name: str, case: FollowedCase | None) -> ComplaintOut:
        state = ComplaintStatus(complaint.state)
        return cls(
            id=complaint.id,
            number=complaint.number,
            state=state,
            state_name=COMPLAINT_STATES[state],
            title=complaint.title,
            channel=Channel(complaint.channel),
            estate_id=complaint.estate_id,
            estate_name=estate_name,
            submitted_at=complaint.submitted_at.astimezone(BEIJING),
            accepted_at=_local(complaint.accepted_at),
            case=CaseOut.of(case) if case else None,
        )


class StateCountOut(BaseModel):
    state: ComplaintStatus
    state_name: str
    count: int


class CountsOut(BaseModel):
    """`open` have got no result yet, `needs_me` wait for their reporter."""

    total: int
    open: int
    needs_me: int
    states: list[StateCountOut]

    @classmethod
    def of(cls, rows: Sequence[tuple[ComplaintStatus, int, int, int]]) -> CountsOut:
        return cls(
            total=sum(row[1] for row in rows),
            open=sum(row[2] for row in rows),
            needs_me=sum(row[3] for row in rows),
            states=[
                StateCountOut(state=row[0], state_name=COMPLAINT_STATES[row[0]], count=row[1])
                for row in rows
            ],
        )


class RepeatedOut(BaseModel):
    """Open complaints about the same: urge one of them instead of complaining again (X08)."""

    items: list[ComplaintOut]


class MissingOut(BaseModel):
    """Something that the reporter is asked for (T02)."""

    code: str
    name: str


class ComplaintDetail(ComplaintOut):
    """The whole complaint, with what the reporter wrote."""

    text: str
    place: str | None
    building_id: UUID | None
    house_id: UUID | None
    category: str | None
    confidential: bool
    anonymous: bool
    refusal_reason: RefusalReason | None
    refusal_hint: str | None
    missing: list[MissingOut]
    supplement_until: datetime | None
    urges: int

    @classmethod
    def whole(
        cls, complaint: Complaint, estate_name: str, case: FollowedCase | None
    ) -> ComplaintDetail:
        reason = complaint.refusal_reason
        return cls(
            **dict(ComplaintOut.of(complaint, estate_name, case)),
            text=complaint.text,
            place=complaint.place,
            building_id=complaint.building_id,
            house_id=complaint.house_id,
            category=complaint.chosen_category,
            confidential=complaint.confidential,
            anonymous=complaint.anonymous,
            refusal_reason=RefusalReason(reason) if reason else None,
            refusal_hint=complaint.refusal_hint,
            missing=[MissingOut(**item) for item in complaint.missing or ()],
            supplement_until=_local(complaint.supplement_until),
            urges=complaint.urges,
        )


class EntryOut(BaseModel):
    """One line of the timeline: what happened, who acts, and until when."""

    id: UUID
    at: datetime
    kind: str
    title: str
    text: str
    who: str | None
    until: datetime | None

    @classmethod
    def of(cls, entry: TimelineEntry) -> EntryOut:
        return cls(
            id=entry.event_id,
            at=entry.at.astimezone(BEIJING),
            kind=entry.kind,
            title=entry.title,
            text=entry.text,
            who=entry.who,
            until=_local(entry.until),
        )


def entries_out(entries: Sequence[TimelineEntry]) -> list[EntryOut]:
    return [EntryOut.of(entry) for entry in entries]


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(BEIJING) if moment else None
