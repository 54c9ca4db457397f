"""The owners have voted on a bid; its numbers are recorded (F03, U07)."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.tenders.commands.preparing import rules_of
from services.survey.tenders.commands.recording import record
from services.survey.tenders.domain.lifecycle import TenderAction, advance
from services.survey.tenders.domain.voting import (
    has_passed,
    refuse_impossible,
    refuse_without_vote,
)
from services.survey.tenders.queries import bid_of
from services.survey.tenders.schemas import VoteIn
from services.survey.tenders.tables import Tender, TenderVote
from shared.clock import BEIJING


async def record_vote(deed: Deed, tender: Tender, body: VoteIn) -> None:
    """Instead of the one recorded before: owners may vote again.

    Raises TenderNotInState, MethodWithoutVote, BidNotFound or VoteImpossible.
    """
    tender.state = advance(tender.state, TenderAction.VOTE)
    rules = rules_of(deed, tender)
    refuse_without_vote(tender.method, rules)
    bid = await bid_of(deed.session, tender, body.bid_id)
    row = TenderVote(tender_id=tender.id, recorded_at=deed.at, **body.model_dump())
    refuse_impossible(row.numbers, row.held_on, deed.at.astimezone(BEIJING).date())
    await deed.session.merge(row)
    passed = has_passed(row.numbers, rules)
    record(deed, tender, "tender.voted", {"bid": str(bid.id), "passed": passed})
