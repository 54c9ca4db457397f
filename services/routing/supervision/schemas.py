"""Request and response bodies of supervision."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from services.routing.cases.schemas import Reason, Text
from services.routing.supervision.domain.orders import Cause
from services.routing.times import Moment
from shared.web.body import Body


class OrderIn(Body):
    """T44: why the case is supervised, and what is expected."""

    reason: Reason


class AnswerIn(Body):
    """What the assignee does about it."""

    text: Text


class OrderOut(BaseModel):
    """`words` and `answer` are read by those who handle the case, not by the company."""

    id: UUID
    cause: Cause
    clock: str | None
    issued_at: Moment
    issuer_end: str
    words: str | None
    answer: str | None
    answered_at: Moment | None


class OrdersOut(BaseModel):
    items: list[OrderOut]


class EscalationOut(BaseModel):
    """A step of the ladder: `after_hours` after the breach, who is told by `action`."""

    case_id: UUID
    case_number: str
    estate_name: str
    category: str
    clock: str
    breached_at: Moment
    after_hours: int
    colour: str
    action: str
    at: Moment
