"""What WeChat pushes: kept first and acknowledged, worked off by the worker, each once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import Counter
from sqlalchemy import delete
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
from shared.wechat.push import dedupe_key

TABLE = "wechat_push"
MEDIA_CHECKED = "wxa_media_check"
COUNTED = frozenset(
    {"subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event"}
)
BATCH = 50
KEPT = timedelta(days=1)

PUSHES = Counter("liuduan_wechat_pushes", "Messages pushed by WeChat", ["event"])


async def keep(
    session: AsyncSession, cipher: FieldCipher, message: Mapping[str, Any], now: datetime
) -> None:
    """Only findings are kept; everything else is counted. Again and again is the same as once."""
    event = str(message.get("Event", ""))
    PUSHES.labels(event if event in COUNTED or event == MEDIA_CHECKED else "other").inc()
    if event != MEDIA_CHECKED:
        return
    key = dedupe_key(message)
    body = cipher.encrypt(json.dumps(message), table=TABLE, row_id=key, column="body")
    kept = {"key": key, "event": event, "body": body, "received_at": now}
    await session.execute(insert(WeChatPush).values(kept).on_conflict_do_nothing())


async def work_off(session: AsyncSession, cipher: FieldCipher, now: datetime) -> int:
    """Returns how many findings were applied. One that comes before its trace id was written down
    waits for it."""
    waiting = (
        select(WeChatPush)
        .where(col(WeChatPush.handled_at).is_(None))
        .order_by(col(WeChatPush.received_at))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    done = 0
    for push in (await session.execute(waiting)).scalars().all():
        body = cipher.decrypt(push.body, table=TABLE, row_id=push.key, column="body")
        applied = await _apply(session, json.loads(body), now)
        if applied or now - push.received_at > RESULT_WITHIN:
            push.handled_at = now
        done += applied
    await session.execute(delete(WeChatPush).where(col(WeChatPush.handled_at) < now - KEPT))
    return done


async def _apply(session: AsyncSession, message: Mapping[str, Any], now: datetime) -> bool:
    finding = pushed_finding(message)
    sent = select(Screening).where(
        col(Screening.trace_id) == finding.trace_id, col(Screening.state) == ScreeningState.SENT
    )
    screening = (await session.execute(sent.with_for_update())).scalar_one_or_none()
    if screening is None:
        return False
    settle(screening, judge([Judged(finding.suggest, finding.label)]), now)
    return True
