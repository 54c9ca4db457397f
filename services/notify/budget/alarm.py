"""Telling the administrators that the money for text messages runs out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ARRAY, Text, cast
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.changes.reading import announce
from services.notify.copies.tables import StaffCopy
from services.notify.messages.domain.course import INBOX
from services.notify.messages.domain.recipient import RecipientKind
from services.notify.messages.domain.words import at
from services.notify.messages.tables import Message
from shared.identity import Role
from shared.ids import new_id

NAMES = UUID("5b6f6f6e-52a1-5d0e-8a63-0d2f5a7c9d11")
BUDGET = "BUDGET"
TITLE = "短信预算提醒"
SPENT = 100
CARD_PHRASE = "预算提醒"


async def warn(session: AsyncSession, budget: str, threshold: int, now: datetime) -> None:
    """One message to each administrator, for each day and threshold, however often it is told."""
    administrators = (
        select(StaffCopy.id)
        .where(col(StaffCopy.active))
        .where(col(StaffCopy.roles).op("@>")(cast([Role.ADMINISTRATOR], ARRAY(Text))))
        .order_by(col(StaffCopy.id))
    )
    for person in (await session.execute(administrators)).scalars().all():
        row = _message(budget, threshold, now) | {"id": new_id(), "recipient_id": person}
        await session.execute(insert(Message).values(row).on_conflict_do_nothing())
    announce(session)


def _message(budget: str, threshold: int, now: datetime) -> dict[str, Any]:
    text = "已用完" if threshold >= SPENT else f"已用{threshold}%"
    after = "非紧急短信改由其他渠道发送，紧急短信使用预留额度。" if threshold >= SPENT else ""
    card = {"number": str(threshold), "matter": TITLE, "phrase": CARD_PHRASE}
    return {
        "event_id": uuid5(NAMES, f"{budget}/{threshold}"),
        "event_type": "notify.text_budget",
        "notification": BUDGET,
        "recipient_kind": RecipientKind.STAFF,
        "case_id": None,
        "complaint_id": None,
        "title": TITLE,
        "body": f"今日短信预算{text}。{after}",
        "template": "TASK",
        "card": card | {"time": at(now), "note": TITLE},
        "channels": [INBOX],
        "quiet": False,
        "deliver_after": now,
        "created_at": now,
    }
