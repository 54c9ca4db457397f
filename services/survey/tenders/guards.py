"""Loading a tender for the one who may have it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.copies.tables import EstateCopy
from services.survey.deed import DeedDep
from services.survey.surveys.guards import NotYourPlace
from services.survey.surveys.queries import estate_of
from services.survey.tenders.domain.policies import (
    NotYourTender,
    may_run,
    refuse_unless_running,
)
from services.survey.tenders.queries import bid_of, bidders_of, tender_of
from services.survey.tenders.schemas import TenderIn
from services.survey.tenders.tables import Tender, TenderBid


async def runner(deed: DeedDep) -> None:
    """Raises TenderStaffOnly."""
    refuse_unless_running(deed.actor)


async def ground(_: Annotated[None, Depends(runner)], deed: DeedDep, body: TenderIn) -> EstateCopy:
    """Raises EstateUnknown or NotYourPlace."""
    estate = await estate_of(deed.session, body.estate_id)
    if not may_run(deed.actor, estate.division, ()):
        raise NotYourPlace
    return estate


async def tender_to_read(tender_id: UUID, deed: DeedDep) -> Tender:
    return await tender_of(deed.session, deed.actor, tender_id)


async def tender_to_run(
    tender_id: UUID, _: Annotated[None, Depends(runner)], deed: DeedDep
) -> Tender:
    """Locked: whoever changes it comes one after the other. Raises NotYourTender."""
    tender = await tender_of(deed.session, deed.actor, tender_id, lock=True)
    if not may_run(deed.actor, tender.division, await bidders_of(deed.session, tender.id)):
        raise NotYourTender
    return tender


async def bid_in_tender(bid_id: UUID, tender: TenderToRun, deed: DeedDep) -> TenderBid:
    return await bid_of(deed.session, tender, bid_id)


TenderGround = Annotated[EstateCopy, Depends(ground)]
TenderToRead = Annotated[Tender, Depends(tender_to_read)]
TenderToRun = Annotated[Tender, Depends(tender_to_run)]
BidInTender = Annotated[TenderBid, Depends(bid_in_tender)]
