"""Tenders of property services, for street offices and housing bureaus; results for everybody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.survey.deed import Deed, DeedDep
from services.survey.surveys.schemas import VoidingIn
from services.survey.tenders.commands.bidding import enter_bidder, withdraw_bid
from services.survey.tenders.commands.deciding import (
    open_scoring,
    publish_result,
    score_bid,
    void,
)
from services.survey.tenders.commands.preparing import list_document, name_panel, record_tender
from services.survey.tenders.commands.voting import record_vote
from services.survey.tenders.domain.panels import Panelist
from services.survey.tenders.domain.scoring import Indicators
from services.survey.tenders.guards import BidInTender, TenderGround, TenderToRead, TenderToRun
from services.survey.tenders.queries import page_of
from services.survey.tenders.schemas import (
    BidIn,
    DocumentIn,
    IndicatorsIn,
    PanelIn,
    TenderDetail,
    TenderIn,
    TenderOut,
    VoteIn,
)
from services.survey.tenders.tables import Tender
from services.survey.tenders.views import tender_detail, tender_outs
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/tenders", tags=["tenders"])


@router.get("")
async def list_tenders(deed: DeedDep, page: Paging) -> Page[TenderOut]:
    """Of your place, and everywhere what is published; newest first."""
    found = await page_of(deed.session, deed.actor, page)
    shown, following = page.cut(found, lambda tender: (tender.id,))
    return Page(items=await tender_outs(deed, shown), next=following)


@router.get("/{tender_id}")
async def show_tender(tender: TenderToRead, deed: DeedDep) -> TenderDetail:
    """With its bids; what single members of the panel gave is written down nowhere."""
    return await tender_detail(deed, tender)


@router.post("", status_code=201, response_model=TenderDetail)
async def post_tender(
    estate: TenderGround, body: TenderIn, deed: DeedDep, once: OnceDep
) -> Response:
    """F01, F02: of an estate, by a method of the rulebook, once the plan is in force."""

    async def work() -> TenderDetail:
        return await tender_detail(deed, await record_tender(deed, estate, body.method, body.items))

    return await once.run(work)


@router.put("/{tender_id}/document")
async def put_document(tender: TenderToRun, body: DocumentIn, deed: DeedDep) -> TenderDetail:
    """F01: what the tender document contains; with one item missing nothing is scored."""
    await list_document(deed, tender, body.items)
    return await tender_detail(deed, tender)


@router.put("/{tender_id}/panel")
async def put_panel(tender: TenderToRun, body: PanelIn, deed: DeedDep) -> TenderDetail:
    """F04: five to seven owners of the estate, without a stake in a bidder (A13)."""
    panel = [Panelist(each.owner_id, frozenset(each.interests)) for each in body.members]
    await name_panel(deed, tender, panel)
    return await tender_detail(deed, tender)


@router.post("/{tender_id}/bids", status_code=201, response_model=TenderDetail)
async def post_bid(tender: TenderToRun, body: BidIn, deed: DeedDep, once: OnceDep) -> Response:
    """E18: a company whose credit grade restricts bidding needs a housing officer's reason."""

    async def work() -> TenderDetail:
        await enter_bidder(deed, tender, body.company_id, body.override_reason)
        return await tender_detail(deed, tender)

    return await once.run(work)


@router.delete("/{tender_id}/bids/{bid_id}")
async def delete_bid(tender: TenderToRun, bid: BidInTender, deed: DeedDep) -> TenderDetail:
    """Before bids are scored."""
    await withdraw_bid(deed, tender, bid)
    return await tender_detail(deed, tender)


@router.post("/{tender_id}/opening", response_model=TenderDetail)
async def open_it(tender: TenderToRun, deed: DeedDep, once: OnceDep) -> Response:
    """Document, panel and bidders are those of this moment, and bids are scored."""
    return await _done(deed, once, tender, lambda: open_scoring(deed, tender))


@router.put("/{tender_id}/bids/{bid_id}/indicators")
async def put_indicators(
    tender: TenderToRun, bid: BidInTender, body: IndicatorsIn, deed: DeedDep
) -> TenderDetail:
    """F05: what the panel as a whole gave the bid; the score follows."""
    await score_bid(deed, tender, bid, Indicators(**dict(body)))
    return await tender_detail(deed, tender)


@router.put("/{tender_id}/vote")
async def put_vote(tender: TenderToRun, body: VoteIn, deed: DeedDep) -> TenderDetail:
    """F03, U07: the owners' vote on a bid, where the method asks for one; before publication."""
    await record_vote(deed, tender, body)
    return await tender_detail(deed, tender)


@router.post("/{tender_id}/publication", response_model=TenderDetail)
async def publish_it(tender: TenderToRun, deed: DeedDep, once: OnceDep) -> Response:
    """E25: with the bonus of the day; ranked, and for everybody to read."""
    return await _done(deed, once, tender, lambda: publish_result(deed, tender))


@router.post("/{tender_id}/voiding", response_model=TenderDetail)
async def void_it(tender: TenderToRun, body: VoidingIn, deed: DeedDep, once: OnceDep) -> Response:
    """Ends it without a result, before one is public."""
    return await _done(deed, once, tender, lambda: void(deed, tender, body.reason))


async def _done(
    deed: Deed, once: Once, tender: Tender, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> TenderDetail:
        await command()
        return await tender_detail(deed, tender)

    return await once.run(work, status=200)
