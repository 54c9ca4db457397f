"""Companies enter the tender, or leave it again (E18)."""

from __future__ import annotations

from uuid import UUID

from services.survey.copies.tables import OrganisationCopy
from services.survey.credit.queries import grade_in_force
from services.survey.deed import Deed
from services.survey.tenders.commands.recording import record
from services.survey.tenders.domain.bidders import (
    BidderTwice,
    BidderUnknown,
    is_restricted,
    refuse_other_kinds,
    refuse_restricted,
)
from services.survey.tenders.domain.lifecycle import TenderAction, advance
from services.survey.tenders.domain.policies import refuse_own_company, refuse_unless_housing
from services.survey.tenders.queries import bidders_of
from services.survey.tenders.tables import Tender, TenderBid
from shared.ids import new_id


async def enter_bidder(
    deed: Deed, tender: Tender, company_id: UUID, override: str | None
) -> TenderBid:
    """`override` is the reason for which a restricted company is let in.

    Raises TenderNotInState, OwnCompanyBids, BidderUnknown, BidderTwice, BidderRestricted or
    HousingOfficersOnly.
    """
    tender.state = advance(tender.state, TenderAction.PREPARE)
    refuse_own_company(deed.actor, company_id)
    company = await deed.session.get(OrganisationCopy, company_id)
    if company is None:
        raise BidderUnknown
    refuse_other_kinds(company.kind, active=company.active)
    if company_id in await bidders_of(deed.session, tender.id):
        raise BidderTwice
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    grade = await grade_in_force(deed.session, company_id, deed.at)
    refuse_restricted(grade, override, book, deed.at)
    overridden = is_restricted(grade, book, deed.at)
    if overridden:
        refuse_unless_housing(deed.actor)
    bid = TenderBid(
        id=new_id(), tender_id=tender.id, company_id=company_id, grade=grade, entered_at=deed.at
    )
    deed.session.add(bid)
    details = {"company": str(company_id), "grade": grade}
    record(deed, tender, "tender.bidder_entered", details)
    if overridden:
        bid.override_reason, bid.overridden_by = override, deed.actor.id
        record(deed, tender, "tender.restriction_overridden", details, reason=override)
    return bid


async def withdraw_bid(deed: Deed, tender: Tender, bid: TenderBid) -> None:
    """Before bids are scored. Raises TenderNotInState."""
    tender.state = advance(tender.state, TenderAction.PREPARE)
    await deed.session.delete(bid)
    record(deed, tender, "tender.bid_withdrawn", {"company": str(bid.company_id)})
