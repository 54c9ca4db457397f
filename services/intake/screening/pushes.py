"""What WeChat pushes: kept first and acknowledged, worked off by the worker, each once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import Counter
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.screening.domain.lifecycle import ScreeningState
from services.intake.screening.domain.timing import RESULT_WITHIN
from services.intake.screening.domain.verdicts import Judged, judge
from services.intake.screening.recording import settle
from services.intake.screening.tables import Screening, WeChatPush
from shared.privacy import FieldCipher
from shared.wechat.content import pushed_finding
from shared.wechat.subscriptions import EVENTS

TABLE = "wechat_push"
MEDIA_CHECKED = "wxa_media_check"
BATCH = 50
KEPT = timedelta(days=1)

PUSHES = Counter("liuduan_wechat_pushes", "Messages pushed by WeChat", ["event"])


async def keep(
    session: AsyncSession, cipher: FieldCipher, message: Mapping[str, Any], now: datetime
) -> None:
    """Findings are kept, one under each trace id, however often it comes; everything is
    counted."""
    event = str(message.get("Event", ""))
    PUSHES.labels(event if event in EVENTS or event == MEDIA_CHECKED else "other").inc()
    key = pushed_finding(message).trace_id
    if event != MEDIA_CHECKED or not key:
        return
    body = cipher.encrypt(json.dumps(message), table=TABLE, row_id=key, column="body")
    kept = {"key": key, "event": event, "body": body, "received_at": now}
    await session.execute(insert(WeChatPush).values(kept).on_conflict_do_nothing())


async def work_off(session: AsyncSession, cipher: FieldCipher, now: datetime) -> int:
    """Returns how many findings were applied. One that comes before its trace id was written down
    waits for it, and keeps no other waiting."""
    fitting = (
        select(WeChatPush, Screening)
        .join(Screening, col(Screening.trace_id) == col(WeChatPush.key))
        .where(col(WeChatPush.handled_at).is_(None), col(Screening.state) == ScreeningState.SENT)
        .order_by(col(WeChatPush.received_at))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = (await session.execute(fitting)).all()
    for push, screening in found:
        body = cipher.decrypt(push.body, table=TABLE, row_id=push.key, column="body")
        finding = pushed_finding(json.loads(body))
        settle(screening, judge([Judged(finding.suggest, finding.label)]), now)
        push.handled_at = now
    await _forget(session, now)
    return len(found)


async def _forget(session: AsyncSession, now: datetime) -> None:
    """What fits nothing in time never will; what was handled is kept for a day."""
    expired = (
        col(WeChatPush.handled_at).is_(None),
        col(WeChatPush.received_at) < now - RESULT_WITHIN,
    )
    await session.execute(update(WeChatPush).where(*expired).values(handled_at=now))
    await session.execute(delete(WeChatPush).where(col(WeChatPush.handled_at) < now - KEPT))
