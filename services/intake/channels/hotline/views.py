"""What the hotline's adapter and the centre see of orders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.intake.channels.domain.replies import ReplyStatus
from services.intake.channels.hotline.messages import ReplyMessage
from services.intake.channels.tables import HotlineReply, RefusedOrder
from services.intake.complaints.domain.words import COMPLAINT_STATES
from services.intake.complaints.tables import Complaint
from shared.clock import BEIJING
from shared.contracts.vocabulary import ComplaintStatus
from shared.privacy import mask_text
from shared.runtime import Runtime


class ReplyOut(ReplyMessage):
    """`id` is the `webhook-id` under which it is sent."""

    id: UUID
    delivery: ReplyStatus
    attempts: int
    taken_at: datetime | None


class RepliesOut(BaseModel):
    order_number: str
    complaint_number: str
    state: ComplaintStatus
    state_name: str
    replies: list[ReplyOut]

    @classmethod
    def of(
        cls, runtime: Runtime, complaint: Complaint, replies: Sequence[HotlineReply]
    ) -> RepliesOut:
        assert complaint.external_number is not None, "an order has its number"
        state = ComplaintStatus(complaint.state)
        return cls(
            order_number=complaint.external_number,
            complaint_number=complaint.number,
            state=state,
            state_name=COMPLAINT_STATES[state],
            replies=[_reply(runtime, each) for each in replies],
        )


class RefusedOrderOut(BaseModel):
    """An order that was fetched and not taken; its words are masked, and left out for streets."""

    id: UUID
    order_number: str | None
    code: str
    detail: str
    title: str | None
    text: str | None
    times: int
    first_at: datetime
    last_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, runtime: Runtime, row: RefusedOrder, *, with_words: bool) -> RefusedOrderOut:
        opened = runtime.cipher.decrypt(
            row.body, table="refused_order", row_id=row.id, column="body"
        )
        order = json.loads(opened) if with_words else None
        return cls(
            id=row.id,
            order_number=row.order_number,
            code=row.code,
            detail=row.detail,
            title=_masked(order, "title"),
            text=_masked(order, "text"),
            times=row.times,
            first_at=row.first_at.astimezone(BEIJING),
            last_at=row.last_at.astimezone(BEIJING),
            settled_at=row.settled_at.astimezone(BEIJING) if row.settled_at else None,
        )


def body_of(runtime: Runtime, reply: HotlineReply) -> bytes:
    """The bytes that are sent, the same for every attempt."""
    opened = runtime.cipher.decrypt(
        reply.body, table="hotline_reply", row_id=reply.id, column="body"
    )
    return opened.encode()


def _reply(runtime: Runtime, row: HotlineReply) -> ReplyOut:
    said = ReplyMessage.model_validate_json(body_of(runtime, row))
    sent = {
        "id": row.id,
        "delivery": row.state,
        "attempts": row.attempts,
        "taken_at": row.taken_at.astimezone(BEIJING) if row.taken_at else None,
    }
    return ReplyOut.model_validate(said.model_dump() | sent)


def _masked(order: Any, name: str) -> str | None:
    found = order.get(name) if isinstance(order, dict) else None
    return mask_text(found) if isinstance(found, str) else None
