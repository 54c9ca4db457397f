"""Reading the credit file; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, exists, false, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.survey.copies.domain.communities import community_of
from services.survey.copies.tables import EstateCopy
from services.survey.credit.domain.policies import places_of
from services.survey.credit.domain.sources import Effect, EntrySource
from services.survey.credit.domain.streaks import Result
from services.survey.credit.filed import Filed, all_filed, read_filed
from services.survey.credit.grade_queries import grade_row_in_force
from services.survey.credit.tables import CreditAppeal, CreditAppealDecision, CreditEntry
from services.survey.surveys.domain.policies import companies_of, employer_of
from services.survey.surveys.queries import grids_of_estate
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


class CreditEntryNotFound(NotFound):
    """There is no such entry, or it is none of yours."""

    code = "CREDIT_ENTRY_NOT_FOUND"
    chinese = "未找到该信用记录，或您无权查看。"


class AppealNotFound(NotFound):
    """There is no such appeal, or it is none of yours."""

    code = "CREDIT_APPEAL_NOT_FOUND"
    chinese = "未找到该申诉，或您无权查看。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The desks of the place, and the company itself at the estates it serves (A13)."""
    own = col(CreditEntry.company_id).in_(sorted(companies_of(actor)))
    staff = and_(_within(actor), ~own)
    theirs = col(CreditEntry.company_id).in_(sorted(employer_of(actor)))
    return or_(staff, and_(theirs, col(CreditEntry.estate_id).in_(sorted(actor.scope.estates))))


async def page_of_entries(session: AsyncSession, actor: Actor, page: PageRequest) -> list[Filed]:
    """Newest first."""
    wanted = all_filed().where(visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(CreditEntry.id) < cursor_key(page.after, UUID)[0])
    newest = wanted.order_by(col(CreditEntry.id).desc()).limit(page.limit + 1)
    return await read_filed(session, newest)


async def page_of_appeals(session: AsyncSession, actor: Actor, page: PageRequest) -> list[Filed]:
    """Those without a decision first, each newest first."""
    decided = col(CreditAppealDecision.appeal_id).is_not(None)
    wanted = all_filed().where(visible_to(actor), col(CreditAppeal.id).is_not(None))
    if page.after is not None:
        was_decided, appeal_id = cursor_key(page.after, bool, UUID)
        older = and_(decided == was_decided, col(CreditAppeal.id) < appeal_id)
        wanted = wanted.where(older if was_decided else or_(decided, older))
    ordered = wanted.order_by(decided, col(CreditAppeal.id).desc()).limit(page.limit + 1)
    return await read_filed(session, ordered)


async def entry_of(
    session: AsyncSession, actor: Actor, entry_id: UUID, *, locked: bool = False
) -> Filed:
    """Raises CreditEntryNotFound."""
    if locked:
        await _lock_entry(session, entry_id)
    wanted = all_filed().where(col(CreditEntry.id) == entry_id, visible_to(actor))
    found = await read_filed(session, wanted)
    if not found:
        raise CreditEntryNotFound
    return found[0]


async def appeal_of(
    session: AsyncSession, actor: Actor, appeal_id: UUID, *, locked: bool = False
) -> Filed:
    """Raises AppealNotFound."""
    appeal = await session.get(CreditAppeal, appeal_id)
    if appeal is None:
        raise AppealNotFound
    try:
        return await entry_of(session, actor, appeal.entry_id, locked=locked)
    except CreditEntryNotFound:
        raise AppealNotFound from None


async def lock_estate(session: AsyncSession, estate_id: UUID) -> None:
    """Entries of one estate are written one after the other."""
    wanted = select(col(EstateCopy.id)).where(col(EstateCopy.id) == estate_id)
    await session.execute(wanted.with_for_update())


async def entry_from(
    session: AsyncSession, source: EntrySource, source_id: UUID, estate_id: UUID
) -> CreditEntry | None:
    found = await session.execute(
        select(CreditEntry).where(
            col(CreditEntry.source) == source,
            col(CreditEntry.source_id) == source_id,
            col(CreditEntry.estate_id) == estate_id,
        )
    )
    return found.scalar_one_or_none()


async def results_of(session: AsyncSession, company_id: UUID, estate_id: UUID) -> Sequence[Result]:
    """Published scores of surveys in the order of their periods, without those taken back."""
    counter = aliased(CreditEntry)
    rows = await session.execute(
        select(CreditEntry)
        .where(
            col(CreditEntry.company_id) == company_id,
            col(CreditEntry.estate_id) == estate_id,
            col(CreditEntry.source) == EntrySource.SATISFACTION_SURVEY,
            ~exists().where(col(counter.counters) == col(CreditEntry.id)),
        )
        .order_by(col(CreditEntry.period))
    )
    return [
        Result(each.source_id, each.period, each.score, each.published_at)
        for each in rows.scalars()
        if each.score is not None
    ]


async def filed_of(
    session: AsyncSession, company_id: UUID, *conditions: ColumnElement[bool]
) -> list[Filed]:
    """All entries of a company that meet the conditions, oldest first."""
    wanted = all_filed().where(col(CreditEntry.company_id) == company_id, *conditions)
    return await read_filed(
        session, wanted.order_by(col(CreditEntry.published_at), col(CreditEntry.id))
    )


async def half_years_graded_by(session: AsyncSession, entry: CreditEntry) -> Sequence[str]:
    """The periods whose grade the entry counts for, by itself or as a part."""
    rests = literal(entry.id) == any_(col(CreditEntry.rests_on))
    rows = await session.execute(
        select(col(CreditEntry.period))
        .where(col(CreditEntry.effect) == Effect.GRADE, or_(col(CreditEntry.id) == entry.id, rests))
        .distinct()
        .order_by(col(CreditEntry.period))
    )
    return rows.scalars().all()


async def companies_graded(session: AsyncSession, source: str, period: str) -> Sequence[UUID]:
    """Who has entries of the period, in an order in which nobody waits for each other."""
    rows = await session.execute(
        select(col(CreditEntry.company_id))
        .where(col(CreditEntry.source) == source, col(CreditEntry.period) == period)
        .distinct()
        .order_by(col(CreditEntry.company_id))
    )
    return rows.scalars().all()


async def grade_in_force(session: AsyncSession, company_id: UUID, at: datetime) -> str | None:
    """The letter of the newest half-year, as decided at that moment; None without a grade."""
    row = await grade_row_in_force(session, company_id, at)
    return row.grade if row else None


async def name_of_estate(session: AsyncSession, estate_id: UUID) -> str:
    estate = await session.get(EstateCopy, estate_id)
    return estate.display_name if estate else ""


async def place_of_estate(session: AsyncSession, estate_id: UUID, division: str) -> str:
    """Its community, from the grids of its houses; its division while no house is known."""
    estate = await session.get(EstateCopy, estate_id)
    grids = await grids_of_estate(session, estate) if estate else frozenset[str]()
    return community_of(grids) if grids else division


def _within(actor: Actor) -> ColumnElement[bool]:
    community = col(CreditEntry.community)
    return or_(
        false(), *(community.startswith(place, autoescape=True) for place in places_of(actor))
    )


async def _lock_entry(session: AsyncSession, entry_id: UUID) -> None:
    """Two appeals, or two decisions, come one after the other."""
    wanted = select(col(CreditEntry.id)).where(col(CreditEntry.id) == entry_id)
    await session.execute(wanted.with_for_update())
