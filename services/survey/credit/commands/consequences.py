"""What follows from an evaluation, as proposals; a person decides (E24-E27)."""

from __future__ import annotations

from sqlmodel import col

from services.survey.credit.commands.guiding import Evaluated, guide, is_switched_on
from services.survey.credit.commands.lapsing import refuse_unsettled
from services.survey.credit.commands.proposing import Proposal, propose, record, withdraw
from services.survey.credit.consequence_queries import consequences_of
from services.survey.credit.domain.bonus import uplifted
from services.survey.credit.domain.consequences import (
    OF_BANDS,
    POOR,
    ConsequenceAction,
    ConsequenceBasisGone,
    ConsequenceState,
    advance,
    following,
    refuse_misplaced_amount,
)
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Outcome
from services.survey.credit.filed import Filed
from services.survey.credit.grade_queries import in_turn
from services.survey.credit.queries import filed_of, place_of_estate
from services.survey.credit.tables import CreditConsequence, CreditEntry
from services.survey.deed import Deed
from shared.contracts.survey import EvaluationState, PoorEvaluationFound
from shared.messaging import publish


async def draw_consequences(deed: Deed, evaluation: EvaluationState) -> None:
    """Once per company and estate whose evaluation was published; a correction draws them anew."""
    await deed.session.flush()
    await in_turn(deed.session, evaluation.company_id)
    await _follow_band(deed, evaluation)
    if evaluation.band == POOR and is_switched_on(deed):
        event = PoorEvaluationFound(evaluation=evaluation)
        publish(deed.session, event, actor=deed.actor, at=deed.at)
    evaluated = Evaluated(
        company_id=evaluation.company_id,
        estate_id=evaluation.estate_id,
        division=evaluation.division,
        period=evaluation.period,
        score=evaluation.third_party,
    )
    await guide(deed, evaluated)


async def review_after_decision(deed: Deed, entry: CreditEntry, outcome: Outcome) -> None:
    """A score that was taken back leads to nothing any more; one that a correction had replaced
    led to nothing, and what follows from the correction stays.
    """
    if outcome is not Outcome.REVOKED or entry.source != EntrySource.EVALUATION:
        return
    newest = await _newest_edition(deed, entry)
    if newest is not None and newest.entry.id != entry.id:
        return
    known = await consequences_of(deed.session, entry.company_id, entry.estate_id, entry.period)
    withdraw(deed, [each for each in known if each.kind in OF_BANDS])
    columns = {"company_id", "estate_id", "division", "period"}
    await guide(deed, Evaluated(**entry.model_dump(include=columns)))


async def decide_consequence(
    deed: Deed, row: CreditConsequence, decision: str, reason: str, base_fen: int | None
) -> None:
    """Nothing is accepted while what it follows from is under appeal.

    Raises ConsequenceBasisGone, ConsequenceNotInState, EntriesDisputed, GradeUnsettled or
    BaseAmountMisplaced.
    """
    if row.state == ConsequenceState.WITHDRAWN:
        raise ConsequenceBasisGone
    action = ConsequenceAction(decision)
    decided = advance(row.state, action)
    refuse_misplaced_amount(row.kind, action, base_fen)
    if decided is ConsequenceState.ACCEPTED:
        await refuse_unsettled(deed, row)
    if base_fen is not None:
        rules = deed.runtime.rulebooks.in_force_at(deed.at).subsidy
        row.base_fen, row.granted_fen = base_fen, uplifted(base_fen, rules)
    row.state = advance(row.state, action)
    row.decided_at, row.decided_by, row.reason = deed.at, deed.actor.id, reason
    record(deed, row, f"credit.consequence_{decided.lower()}", reason=reason)


async def _newest_edition(deed: Deed, about: EvaluationState | CreditEntry) -> Filed | None:
    """The third party's score of the half-year as it stands, with what was said against it."""
    editions = await filed_of(
        deed.session,
        about.company_id,
        col(CreditEntry.source) == EntrySource.EVALUATION,
        col(CreditEntry.estate_id) == about.estate_id,
        col(CreditEntry.period) == about.period,
    )
    return editions[-1] if editions else None


async def _follow_band(deed: Deed, evaluation: EvaluationState) -> None:
    known = await consequences_of(
        deed.session, evaluation.company_id, evaluation.estate_id, evaluation.period
    )
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    wanted = following(evaluation.band, book, deed.at)
    of_bands = [each for each in known if each.kind in OF_BANDS]
    withdraw(deed, [each for each in of_bands if each.kind not in wanted])
    for kind in sorted(wanted - {each.kind for each in of_bands}):
        proposal = Proposal(
            kind=kind,
            company_id=evaluation.company_id,
            estate_id=evaluation.estate_id,
            place=await place_of_estate(deed.session, evaluation.estate_id, evaluation.division),
            period=evaluation.period,
            periods=(evaluation.period,),
            details={"band": evaluation.band, "score": str(evaluation.third_party)},
        )
        propose(deed, proposal)
