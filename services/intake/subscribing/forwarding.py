"""Telling notify what WeChat pushed about a subscription: of whom, without an openid.

A mini-program has one address for pushes, and it is ours; notify keeps the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.owners.contacts import READER, Contacts
from services.intake.owners.tables import Owner
from services.intake.screening.tables import WeChatPush
from shared.contracts.subscribing import Subscriber, SubscriptionChanged, SubscriptionReport
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.messaging import publish
from shared.runtime import Runtime
from shared.wechat.subscriptions import CHANGE, POPUP, SubscriptionWord, subscription_words

TABLE = "wechat_push"
NOTHING = ""  # of such a push only the key is kept, so that it counts once
Answers = Mapping[tuple[str, str], str]
ANSWERS: Answers = {
    (POPUP, "accept"): "ACCEPTED",
    (POPUP, "reject"): "DECLINED",
    (POPUP, "ban"): "BANNED",
    (CHANGE, "reject"): "SWITCHED_OFF",
    (CHANGE, "ban"): "BANNED",
}


@dataclass(frozen=True)
class Forwarding:
    session: AsyncSession
    runtime: Runtime
    now: datetime

    async def forward(self, message: Mapping[str, Any]) -> None:
        """Once, however often the vendor repeats it; what is no such event is left alone."""
        reports = tuple(_reports(subscription_words(message)))
        openid = message.get("FromUserName")
        if not reports or not isinstance(openid, str) or not openid:
            return
        if not await self._is_new(message):
            return
        event = SubscriptionChanged(
            subscriber=await self._subscriber(openid),
            reports=reports,
            happened_at=self._happened_at(message),
        )
        publish(self.session, event, actor=SYSTEM, at=self.now)

    async def _is_new(self, message: Mapping[str, Any]) -> bool:
        key = self.runtime.blind_index.of(_identity(message), table=TABLE, column="key")
        kept = {"key": key, "event": str(message["Event"]), "body": NOTHING}
        moments = {"received_at": self.now, "handled_at": self.now}
        row = insert(WeChatPush).values(**kept, **moments).on_conflict_do_nothing()
        found = await self.session.execute(row.returning(col(WeChatPush.key)))
        return found.scalar_one_or_none() is not None

    async def _subscriber(self, openid: str) -> Subscriber:
        """An owner by id. Whoever is none is staff, whose openid notify alone can open."""
        known = self.runtime.part(Contacts).candidates(openid, "openid")
        wanted = select(Owner.id).where(col(Owner.openid_index).in_(known), col(Owner.active))
        owner_id = (await self.session.execute(wanted)).scalar_one_or_none()
        push_id = new_id()
        if owner_id is not None:
            return Subscriber(id=push_id, version=1, owner_id=owner_id, openid=None)
        subject = f"{push_id}/openid"
        sealed = self.runtime.sealer.seal(openid, audience=READER, subject=subject)
        return Subscriber(id=push_id, version=1, owner_id=None, openid=sealed)

    def _happened_at(self, message: Mapping[str, Any]) -> datetime:
        """By the vendor's clock, in seconds as a number or as text; never in our future."""
        try:
            told = datetime.fromtimestamp(int(message["CreateTime"]), UTC)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return self.now
        return min(told, self.now)


def _reports(words: list[SubscriptionWord]) -> list[SubscriptionReport]:
    """What nobody has classified yet says nothing."""
    said = ((word, _answer(word)) for word in words)
    return [
        SubscriptionReport(
            template_id=word.template_id, answer=answer, reference=word.reference, code=word.code
        )
        for word, answer in said
        if answer is not None
    ]


def _answer(word: SubscriptionWord) -> str | None:
    if word.event in {POPUP, CHANGE}:
        return ANSWERS.get((word.event, word.status))
    return "ARRIVED" if word.has_arrived else "NOT_ARRIVED"


def _identity(message: Mapping[str, Any]) -> str:
    """Attempts of one message have the same; events have no MsgId of their own (wechat.md 6)."""
    if message.get("MsgId"):
        return f"MsgId {message['MsgId']}"
    parts = [message.get(name) for name in ("FromUserName", "CreateTime", "Event", "List")]
    return json.dumps([*map(str, parts[:3]), parts[3]], sort_keys=True, default=str)
