"""What the hotline is owed: written down with the fact, whether or not it can be sent (X44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.channels.domain.replies import ReplyKind, ReplyStatus
from services.intake.channels.hotline.messages import ReplyMessage, message
from services.intake.channels.tables import HotlineReply
from services.intake.complaints.deed import Deed
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.tables import Complaint
from shared.ids import new_id
from shared.runtime import Runtime

WITHDRAWAL = "诉求人已撤回该诉求。"


@dataclass(frozen=True)
class Fact:
    """`id` is that of the event; `at` the moment of the fact."""

    id: UUID
    at: datetime
    now: datetime


async def owe_withdrawal(deed: Deed, complaint: Complaint) -> None:
    """Intake's own fact, of which no event comes back; other doors than the hotline are owed
    nothing.
    """
    if complaint.door != DoorKind.HOTLINE:
        return
    said = message(complaint, ReplyKind.WITHDRAWN, deed.at, reply=WITHDRAWAL)
    fact = Fact(complaint.id, deed.at, deed.at)
    await owe(deed.session, deed.runtime, complaint, fact, said)


async def owe(
    session: AsyncSession, runtime: Runtime, complaint: Complaint, fact: Fact, said: ReplyMessage
) -> None:
    """Once for each fact."""
    id = new_id()
    row = {
        "id": id,
        "complaint_id": complaint.id,
        "order_number": said.order_number,
        "fact": fact.id,
        "kind": said.kind,
        "at": fact.at,
        "body": runtime.cipher.encrypt(
            said.model_dump_json(exclude_none=True),
            table="hotline_reply",
            row_id=id,
            column="body",
        ),
        "state": ReplyStatus.WAITING,
        "attempts": 0,
        "next_at": fact.now,
    }
    await session.execute(insert(HotlineReply).values(row).on_conflict_do_nothing())
