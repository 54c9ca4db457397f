"""A grade that two persons confirmed opens a task; no contract is touched (E19)."""

from __future__ import annotations

from services.survey.credit.commands.proposing import Proposal, propose, withdraw
from services.survey.credit.consequence_queries import consequences_of
from services.survey.credit.domain.consequences import ConsequenceState, Kind
from services.survey.credit.tables import CreditGrade
from services.survey.deed import Deed


async def follow_decision(deed: Deed, grade: CreditGrade, *, by_two: bool) -> None:
    """A task to look into the company's leaving the market, with the score decided last; or none,
    where the grade is another one now.
    """
    known = [
        each
        for each in await consequences_of(deed.session, grade.company_id, None, grade.period)
        if each.kind == Kind.MARKET_EXIT
    ]
    if not by_two:
        withdraw(deed, known)
        return
    withdraw(deed, [each for each in known if each.state == ConsequenceState.PROPOSED])
    if any(each.state != ConsequenceState.WITHDRAWN for each in known):
        return
    proposal = Proposal(
        kind=Kind.MARKET_EXIT,
        company_id=grade.company_id,
        estate_id=None,
        place=grade.place,
        period=grade.period,
        periods=(grade.period,),
        details={"grade": grade.grade, "score": str(grade.score)},
    )
    propose(deed, proposal)
