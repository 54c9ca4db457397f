"""How published results stand, for the rooms that show or count them (E28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Outcome, Standing
from services.survey.credit.filed import Filed, all_filed, read_filed
from services.survey.credit.tables import CreditAppealDecision, CreditEntry

About = tuple[UUID, UUID, str]  # a company, an estate and a half-year


async def standings_from(
    session: AsyncSession, source: EntrySource, source_ids: Iterable[UUID]
) -> Mapping[UUID, Standing]:
    """By what an entry comes from; what was never entered is left out."""
    wanted = all_filed().where(
        col(CreditEntry.source) == source, col(CreditEntry.source_id).in_(sorted(set(source_ids)))
    )
    return {each.entry.source_id: each.standing for each in await read_filed(session, wanted)}


async def entries_about(
    session: AsyncSession, source: EntrySource, about: Iterable[About]
) -> Mapping[About, Sequence[Filed]]:
    """Oldest first: of corrections the last one counts."""
    key = tuple_(col(CreditEntry.company_id), col(CreditEntry.estate_id), col(CreditEntry.period))
    wanted = all_filed().where(col(CreditEntry.source) == source, key.in_(sorted(set(about))))
    oldest_first = wanted.order_by(col(CreditEntry.published_at), col(CreditEntry.id))
    found: dict[About, list[Filed]] = defaultdict(list)
    for each in await read_filed(session, oldest_first):
        found[_about(each.entry)].append(each)
    return found


async def revoked_surveys(session: AsyncSession, place: str) -> set[UUID]:
    """Satisfaction surveys whose score was taken back, in a place."""
    wanted = all_filed().where(
        col(CreditEntry.source) == EntrySource.SATISFACTION_SURVEY,
        col(CreditEntry.community).startswith(place, autoescape=True),
        col(CreditAppealDecision.outcome) == Outcome.REVOKED,
    )
    return {each.entry.source_id for each in await read_filed(session, wanted)}


def _about(entry: CreditEntry) -> About:
    return entry.company_id, entry.estate_id, entry.period
