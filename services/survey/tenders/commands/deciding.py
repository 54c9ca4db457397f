"""From the opening of the scoring to the public ranking; nothing else follows by itself (F05)."""

from __future__ import annotations

from collections.abc import Sequence

from services.survey.credit.domain.bonus import with_bonus
from services.survey.deed import Deed
from services.survey.tenders.commands.preparing import refuse_unfit, rules_of
from services.survey.tenders.commands.recording import record
from services.survey.tenders.domain.lifecycle import TenderAction, advance
from services.survey.tenders.domain.panels import Panelist
from services.survey.tenders.domain.preparation import NoBidders, refuse_incomplete
from services.survey.tenders.domain.ranking import ranks_of
from services.survey.tenders.domain.scoring import BidsUnscored, Indicators, score_of
from services.survey.tenders.domain.voting import refuse_unless_voted
from services.survey.tenders.queries import bids_of, panel_of, vote_of
from services.survey.tenders.standing import has_bonus
from services.survey.tenders.tables import Tender, TenderBid


async def open_scoring(deed: Deed, tender: Tender) -> None:
    """Document, panel and bidders are fixed from here on.

    Raises TenderNotInState, DocumentIncomplete, NoBidders, and what naming the panel raises:
    meanwhile somebody may have moved out or been erased.
    """
    tender.state = advance(tender.state, TenderAction.OPEN)
    refuse_incomplete(tender.document_items, rules_of(deed, tender))
    if not await bids_of(deed.session, tender.id):
        raise NoBidders
    members = await panel_of(deed.session, tender.id)
    panel = [
        Panelist(each.owner_id, frozenset(each.interests))
        for each in members
        if each.owner_id is not None
    ]
    await refuse_unfit(deed, tender, panel)
    tender.opened_at = deed.at
    record(deed, tender, "tender.opened")


async def score_bid(deed: Deed, tender: Tender, bid: TenderBid, given: Indicators) -> None:
    """Until the result is public it may be corrected. Raises TenderNotInState."""
    tender.state = advance(tender.state, TenderAction.SCORE)
    book = deed.runtime.rulebooks.named(tender.rulebook)
    bid.service, bid.credit, bid.price = given.service, given.credit, given.price
    bid.score = score_of(given, book.tenders, book.scores)
    record(deed, tender, "tender.bid_scored", {"bid": str(bid.id), "score": str(bid.score)})


async def publish_result(deed: Deed, tender: Tender) -> None:
    """E25: with the bonus of the day.

    Raises TenderNotInState, BidsUnscored, VoteMissing or VoteFailed.
    """
    tender.state = advance(tender.state, TenderAction.PUBLISH)
    bids = await bids_of(deed.session, tender.id)
    if any(bid.score is None for bid in bids):
        raise BidsUnscored
    vote = await vote_of(deed.session, tender.id)
    refuse_unless_voted(tender.method, vote.numbers if vote else None, rules_of(deed, tender))
    await _total(deed, bids)
    ranks = ranks_of({bid.id: bid.total for bid in bids if bid.total is not None})
    for bid in bids:
        bid.rank = ranks[bid.id]
    tender.published_at = deed.at
    record(deed, tender, "tender.published", {"bids": len(bids)})


async def void(deed: Deed, tender: Tender, reason: str) -> None:
    """A person ends it before its result is public. Raises TenderNotInState."""
    tender.state = advance(tender.state, TenderAction.VOID)
    tender.void_because = reason
    record(deed, tender, "tender.voided", reason=reason)


async def _total(deed: Deed, bids: Sequence[TenderBid]) -> None:
    rules = deed.runtime.rulebooks.in_force_at(deed.at).subsidy
    for bid in bids:
        assert bid.score is not None, "only scored bids are ranked"
        rewarded = await has_bonus(deed, bid.company_id)
        bid.total = with_bonus(bid.score, rules) if rewarded else bid.score
        bid.bonus = bid.total - bid.score
