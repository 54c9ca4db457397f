"""A tender as its readers see it: staff of it everything, everybody the result once published."""

from __future__ import annotations

from collections.abc import Sequence

from services.survey.deed import Deed
from services.survey.tenders.domain.policies import reads_as_staff
from services.survey.tenders.domain.preparation import few_bidders, missing_of
from services.survey.tenders.domain.voting import has_passed, is_quorate
from services.survey.tenders.queries import bidder_counts, bids_of, panel_of, vote_of
from services.survey.tenders.schemas import BidOut, PanelistOut, TenderDetail, TenderOut, VoteOut
from services.survey.tenders.tables import Tender, TenderBid, TenderPanelist, TenderVote
from shared.rulebook.sections.evaluation import Tenders

PLAIN = set(TenderOut.model_fields) - {"missing_items", "few_bidders"}
SUMS = {
    *("owners", "owners_participating", "owners_agreeing"),
    *("area", "area_participating", "area_agreeing"),
}
BID = set(BidOut.model_fields) - {"restriction_overridden", "grade", "override_reason"}


async def tender_outs(deed: Deed, tenders: Sequence[Tender]) -> list[TenderOut]:
    counts = await bidder_counts(deed.session, tenders)
    return [_plain(deed, each, counts.get(each.id, 0)) for each in tenders]


async def tender_detail(deed: Deed, tender: Tender) -> TenderDetail:
    await deed.session.flush()
    bids = await bids_of(deed.session, tender.id)
    panel = await panel_of(deed.session, tender.id)
    vote = await vote_of(deed.session, tender.id)
    bidders = [bid.company_id for bid in bids]
    staff = reads_as_staff(deed.actor, tender.division, bidders)
    return TenderDetail(
        **dict(_plain(deed, tender, len(bids))),
        panel_size=len(panel),
        panel=[_panelist(each) for each in panel] if staff else None,
        weights=dict(_rules(deed, tender).weights),
        bids=[_bid(each, staff=staff) for each in bids],
        vote=_vote(vote, _rules(deed, tender), staff=staff) if vote else None,
    )


def _plain(deed: Deed, tender: Tender, bidders: int) -> TenderOut:
    rules = _rules(deed, tender)
    return TenderOut(
        **{name: getattr(tender, name) for name in PLAIN},
        missing_items=missing_of(tender.document_items, rules),
        few_bidders=few_bidders(bidders, rules),
    )


def _rules(deed: Deed, tender: Tender) -> Tenders:
    return deed.runtime.rulebooks.named(tender.rulebook).tenders


def _bid(bid: TenderBid, *, staff: bool) -> BidOut:
    return BidOut(
        **bid.model_dump(include=BID),
        restriction_overridden=bid.override_reason is not None,
        grade=bid.grade if staff else None,
        override_reason=bid.override_reason if staff else None,
    )


def _vote(vote: TenderVote, rules: Tenders, *, staff: bool) -> VoteOut:
    sums = vote.model_dump(include=SUMS)
    return VoteOut(
        **(sums if staff else dict.fromkeys(SUMS)),
        bid_id=vote.bid_id,
        held_on=vote.held_on,
        recorded_at=vote.recorded_at,
        quorate=is_quorate(vote.numbers, rules),
        passed=has_passed(vote.numbers, rules),
    )


def _panelist(member: TenderPanelist) -> PanelistOut:
    return PanelistOut(owner_id=member.owner_id, interests=member.interests)
