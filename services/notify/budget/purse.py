"""Taking from a day's money and giving back, each in one statement: two senders cannot both have
the last of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Counter, Gauge
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.budget.domain.limits import percent, reached
from services.notify.budget.tables import TextBudget

SHARE = Gauge("liuduan_text_budget_percent", "Share of today's money for text messages spent")
REFUSED = Counter("liuduan_text_budget_refused", "Text messages that were not sent for want of it")


@dataclass(frozen=True)
class Purse:
    """The money of one city's day; `daily` is what all but urgent messages may spend (分)."""

    session: AsyncSession
    id: str
    daily: int

    async def take(self, cost: int, limit: int) -> bool:
        """Whether `cost` fits into `limit`; then it is spent. Holds the row until the commit."""
        await self.session.execute(insert(TextBudget).values(id=self.id).on_conflict_do_nothing())
        spent = col(TextBudget.spent)
        taken = (
            update(TextBudget)
            .where(col(TextBudget.id) == self.id, spent + cost <= limit)
            .values(spent=spent + cost)
            .returning(spent)
        )
        found = (await self.session.execute(taken)).scalar_one_or_none()
        if found is None:
            REFUSED.inc()
            return False
        SHARE.set(percent(found, self.daily))
        return True

    async def newly_reached(self, thresholds: tuple[int, ...], *, refused: bool) -> int:
        """The threshold (percent) that is reached for the first time this day, else 0. Where a
        message was refused, all is spent, whatever small change is left.
        """
        wanted = select(TextBudget).where(TextBudget.id == self.id).with_for_update()
        fresh = wanted.execution_options(populate_existing=True)
        row = (await self.session.execute(fresh)).scalar_one()
        share = 100 if refused else percent(row.spent, self.daily)
        now_at = reached(thresholds, share)
        if now_at <= row.warned:
            return 0
        row.warned = now_at
        return now_at


async def give_back(session: AsyncSession, budget: str, cost: int) -> None:
    """`cost` may be negative, where the provider billed more than we had counted."""
    spent = col(TextBudget.spent)
    mine = col(TextBudget.id) == budget
    await session.execute(update(TextBudget).where(mine).values(spent=spent - cost))
