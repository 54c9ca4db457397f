"""Reading tenders; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import HomesCopy
from services.survey.surveys.domain.policies import companies_of
from services.survey.tenders.domain.lifecycle import TenderStatus
from services.survey.tenders.domain.policies import places_of
from services.survey.tenders.tables import Tender, TenderBid, TenderPanelist, TenderVote
from shared.contracts.vocabulary import Relation
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


class TenderNotFound(NotFound):
    """There is no such tender, or it is none of yours."""

    code = "TENDER_NOT_FOUND"
    chinese = "未找到该招标项目，或您无权查看。"


class BidNotFound(NotFound):
    """This tender has no such bid."""

    code = "BID_NOT_FOUND"
    chinese = "该招标项目没有这份投标。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """What is published is everybody's; before, staff of the place without a stake (A13)."""
    division = col(Tender.division)
    starts = [division.startswith(place, autoescape=True) for place in places_of(actor)]
    own = exists().where(
        col(TenderBid.tender_id) == col(Tender.id),
        col(TenderBid.company_id).in_(sorted(companies_of(actor))),
    )
    published = col(Tender.state) == TenderStatus.PUBLISHED
    return or_(published, and_(or_(false(), *starts), ~own))


async def page_of(session: AsyncSession, actor: Actor, page: PageRequest) -> Sequence[Tender]:
    """Newest first: ids rise with creation."""
    wanted = select(Tender).where(visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(Tender.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Tender.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def tender_of(
    session: AsyncSession, actor: Actor, tender_id: UUID, *, lock: bool = False
) -> Tender:
    """Locked before bids are looked at, so that nobody enters one meanwhile.

    Raises TenderNotFound.
    """
    if lock:
        await session.execute(
            select(col(Tender.id)).where(col(Tender.id) == tender_id).with_for_update()
        )
    wanted = select(Tender).where(col(Tender.id) == tender_id, visible_to(actor))
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise TenderNotFound
    return found


async def bids_of(session: AsyncSession, tender_id: UUID) -> Sequence[TenderBid]:
    """By rank once there is one, in the order of entry before."""
    rows = await session.execute(
        select(TenderBid)
        .where(col(TenderBid.tender_id) == tender_id)
        .order_by(col(TenderBid.rank).asc().nulls_last(), col(TenderBid.id))
    )
    return rows.scalars().all()


async def bid_of(session: AsyncSession, tender: Tender, bid_id: UUID) -> TenderBid:
    """Raises BidNotFound."""
    found = await session.get(TenderBid, bid_id)
    if found is None or found.tender_id != tender.id:
        raise BidNotFound
    return found


async def bidders_of(session: AsyncSession, tender_id: UUID) -> frozenset[UUID]:
    rows = await session.execute(
        select(col(TenderBid.company_id)).where(col(TenderBid.tender_id) == tender_id)
    )
    return frozenset(rows.scalars())


async def bidder_counts(session: AsyncSession, tenders: Sequence[Tender]) -> Mapping[UUID, int]:
    rows = await session.execute(
        select(col(TenderBid.tender_id), func.count())
        .where(col(TenderBid.tender_id).in_([each.id for each in tenders]))
        .group_by(col(TenderBid.tender_id))
    )
    return {row[0]: row[1] for row in rows}


async def panel_of(session: AsyncSession, tender_id: UUID) -> Sequence[TenderPanelist]:
    rows = await session.execute(
        select(TenderPanelist)
        .where(col(TenderPanelist.tender_id) == tender_id)
        .order_by(col(TenderPanelist.id))
    )
    return rows.scalars().all()


async def vote_of(session: AsyncSession, tender_id: UUID) -> TenderVote | None:
    return await session.get(TenderVote, tender_id)


async def owners_at_home(
    session: AsyncSession, owners: Collection[UUID], estate_id: UUID
) -> frozenset[UUID]:
    """Those with a verified home in the estate that they do not rent."""
    at_home = [
        col(HomesCopy.homes).contains([{"estate_id": str(estate_id), "relation": relation}])
        for relation in (Relation.OWNER, Relation.FAMILY)
    ]
    rows = await session.execute(
        select(col(HomesCopy.id)).where(col(HomesCopy.id).in_(sorted(owners)), or_(*at_home))
    )
    return frozenset(rows.scalars())
