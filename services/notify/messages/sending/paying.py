"""Paying for what costs money, before it is sent and in the transaction that claims it (P29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.budget.alarm import warn
from services.notify.budget.domain.limits import budget_id, limit
from services.notify.budget.purse import Purse
from services.notify.channels.channel import Parcel, Result
from services.notify.messages.domain.course import Outcome
from services.notify.messages.sending.claiming import Claimed
from services.notify.messages.sending.recording import settle
from shared.rulebook import Rulebook

BUDGET_SPENT = Result(Outcome.REFUSED, "BUDGET_SPENT")


@dataclass(frozen=True)
class Cashier:
    """`segments` says how many messages will be billed for a parcel."""

    session: AsyncSession
    book: Rulebook
    segments: Callable[[Parcel], int]
    now: datetime

    async def paid(self, claimed: Sequence[Claimed], parcels: Sequence[Parcel]) -> list[Parcel]:
        """The parcels that may go; the others have gone to the next channel."""
        return [
            parcel
            for each, parcel in zip(claimed, parcels, strict=True)
            if await self._pay(each, self.segments(parcel))
        ]

    async def _pay(self, claimed: Claimed, segments: int) -> bool:
        if not segments:
            return True
        message, attempt = claimed
        rule = self.book.notices.texting
        purse = Purse(self.session, budget_id(self.book.header.city_code, self.now), rule.daily_fen)
        cost = segments * rule.segment_fen
        has_paid = await purse.take(cost, limit(rule, urgent=message.urgent))
        if threshold := await purse.newly_reached(rule.warn_at, refused=not has_paid):
            await warn(self.session, purse.id, threshold, self.now)
        if not has_paid:
            await settle(self.session, message, attempt, BUDGET_SPENT, self.book, self.now)
            return False
        attempt.budget, attempt.segments, attempt.cost_fen = purse.id, segments, cost
        return True
