"""How things stand: what came in, what is open and late, how long people wait (A19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.indicators.domain.formulas import ENDED
from services.survey.indicators.sources.asking import Ask, during, key_of, lies_in
from services.survey.indicators.tables import CaseFact
from shared.contracts.vocabulary import CaseStatus

SECOND = Decimal(1)


@dataclass(frozen=True)
class Wait:
    """From acceptance on, over `cases`."""

    cases: int = 0
    seconds: Decimal = Decimal()

    @property
    def mean_seconds(self) -> int | None:
        """Of no case there is none."""
        if not self.cases:
            return None
        return int((self.seconds / self.cases).quantize(SECOND, rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Standing:
    """`accepted` and `closed` in the span; `open` and `overdue` (of the open ones) as of now; the
    waits are of those dispatched, or given final feedback, in the span.
    """

    accepted: int = 0
    closed: int = 0
    open: int = 0
    overdue: int = 0
    until_dispatch: Wait = Wait()
    until_feedback: Wait = Wait()


async def standings(session: AsyncSession, ask: Ask) -> Mapping[str, Standing]:
    key = key_of(ask.by).label("key")
    fact, count = CaseFact, func.count()
    is_open = col(fact.state).not_in(ENDED)
    closed = (col(fact.state) == CaseStatus.CLOSED) & during(fact.closed_at, ask.span)
    accepted = during(fact.accepted_at, ask.span)
    dispatched = during(fact.first_dispatch_at, ask.span)
    answered = during(fact.feedback_at, ask.span)
    wanted = select(
        key,
        count.filter(accepted).label("accepted"),
        count.filter(closed).label("closed"),
        count.filter(is_open).label("open"),
        count.filter(is_open & col(fact.overdue)).label("overdue"),
        count.filter(dispatched).label("dispatched"),
        _seconds(fact.first_dispatch_at, dispatched).label("until_dispatch"),
        count.filter(answered).label("answered"),
        _seconds(fact.feedback_at, answered).label("until_feedback"),
    ).where(lies_in(ask), or_(is_open, closed, accepted, dispatched, answered))
    rows = await session.execute(wanted if ask.by is None else wanted.group_by(key))
    return {row.key: _standing(row._mapping) for row in rows}


def _seconds(until: Any, which: ColumnElement[bool]) -> ColumnElement[Any]:
    waited = extract("epoch", col(until) - col(CaseFact.accepted_at))
    return func.coalesce(func.sum(waited).filter(which), 0)


def _standing(row: Mapping[Any, Any]) -> Standing:
    return Standing(
        accepted=row["accepted"],
        closed=row["closed"],
        open=row["open"],
        overdue=row["overdue"],
        until_dispatch=Wait(row["dispatched"], Decimal(row["until_dispatch"])),
        until_feedback=Wait(row["answered"], Decimal(row["until_feedback"])),
    )
