"""An entry of the credit file with what was said against it, and against what it rests on (E28)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.credit.domain.standing import COUNTS, Standing, resting, standing_of
from services.survey.credit.tables import CreditAppeal, CreditAppealDecision, CreditEntry

Wanted = Select[CreditEntry, CreditAppeal, CreditAppealDecision]


@dataclass(frozen=True)
class Filed:
    """`parts` is how the entries stand that this one rests on."""

    entry: CreditEntry
    appeal: CreditAppeal | None
    decision: CreditAppealDecision | None
    parts: Sequence[Standing] = ()

    @property
    def own(self) -> Standing:
        """After what was said against this entry itself."""
        outcome = self.decision.outcome if self.decision else None
        return standing_of(appealed=self.appeal is not None, outcome=outcome)

    @property
    def standing(self) -> Standing:
        return resting(self.own, self.parts)

    @property
    def appeal_key(self) -> tuple[bool, UUID | None]:
        """Its place in the list of appeals."""
        return self.decision is not None, self.appeal.id if self.appeal else None


def newest_of(filed: Iterable[Filed]) -> list[Filed]:
    """Of entries of one source, oldest first: the last of each estate and period."""
    return list({(each.entry.estate_id, each.entry.period): each for each in filed}.values())


def counting(filed: Iterable[Filed]) -> list[CreditEntry]:
    """Of entries of one source and half-year, oldest first: the newest score of each estate, unless
    it is disputed or was taken back (E28).
    """
    standing = [each.entry for each in newest_of(filed) if each.standing in COUNTS]
    return [each for each in standing if each.score is not None]


def all_filed() -> Wanted:
    return (
        select(CreditEntry, CreditAppeal, CreditAppealDecision)
        .outerjoin(CreditAppeal, col(CreditAppeal.entry_id) == col(CreditEntry.id))
        .outerjoin(
            CreditAppealDecision, col(CreditAppealDecision.appeal_id) == col(CreditAppeal.id)
        )
    )


async def read_filed(session: AsyncSession, wanted: Wanted) -> list[Filed]:
    found = await _alone(session, wanted)
    basis = sorted({each for filed in found for each in filed.entry.rests_on})
    if not basis:
        return found
    parts = await _alone(session, all_filed().where(col(CreditEntry.id).in_(basis)))
    own = {each.entry.id: each.own for each in parts}
    return [replace(each, parts=[own[part] for part in each.entry.rests_on]) for each in found]


async def _alone(session: AsyncSession, wanted: Wanted) -> list[Filed]:
    """Without what became of their parts: those rest on nothing."""
    rows = await session.execute(wanted)
    return [Filed(row[0], row[1], row[2]) for row in rows]
