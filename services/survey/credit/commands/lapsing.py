"""What a proposal follows from, looked at once more when somebody accepts it (E19, E24-E28)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from sqlmodel import col

from services.survey.credit.commands.guiding import is_still_poor, withdraw_guidance
from services.survey.credit.commands.proposing import withdraw
from services.survey.credit.domain.consequences import (
    ConsequenceState,
    EntriesDisputed,
    GradeUnsettled,
    Kind,
    following,
)
from services.survey.credit.domain.sources import Effect, EntrySource
from services.survey.credit.domain.standing import WAITS
from services.survey.credit.filed import Filed, counting, newest_of
from services.survey.credit.grade_queries import grade_row_in_force, waits_to_be_decided
from services.survey.credit.queries import filed_of
from services.survey.credit.tables import CreditConsequence, CreditEntry
from services.survey.deed import Deed
from shared.rulebook.bands import band_of


async def lapse_if_gone(deed: Deed, row: CreditConsequence) -> bool:
    """Whether it has ended here because what it follows from no longer holds. What is disputed may
    hold yet, so that waits for the decision.
    """
    if row.state != ConsequenceState.PROPOSED:
        return False
    filed = await _basis_of(deed, row)
    if _disputed(filed) or await HOLDS[Kind(row.kind)](deed, row, filed):
        return False
    if row.kind == Kind.DISMISSAL_GUIDANCE:
        await withdraw_guidance(deed, [row])
    else:
        withdraw(deed, [row])
    return True


async def refuse_unsettled(deed: Deed, row: CreditConsequence) -> None:
    """Raises EntriesDisputed or GradeUnsettled."""
    if _disputed(await _basis_of(deed, row)):
        raise EntriesDisputed
    if row.kind != Kind.MARKET_EXIT:
        return
    if await waits_to_be_decided(deed.session, row.company_id, row.period):
        raise GradeUnsettled


async def _basis_of(deed: Deed, row: CreditConsequence) -> Sequence[Filed]:
    """A band rests on the third party's scores, a grade on those it was computed from."""
    period = col(CreditEntry.period).in_(row.periods)
    if row.estate_id is None:
        basis = [col(CreditEntry.effect) == Effect.GRADE]
    else:
        of_band = col(CreditEntry.source) == EntrySource.EVALUATION
        basis = [of_band, col(CreditEntry.estate_id) == row.estate_id]
    return await filed_of(deed.session, row.company_id, period, *basis)


def _disputed(filed: Sequence[Filed]) -> bool:
    return any(each.standing in WAITS for each in newest_of(filed))


async def _band_holds(deed: Deed, row: CreditConsequence, filed: Sequence[Filed]) -> bool:
    """E24, E25: the newest score of the estate leads to it."""
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    scores = [each.score for each in counting(filed) if each.score is not None]
    bands = [band_of(book.evaluation.bands, score).code for score in scores]
    return any(row.kind in following(band, book, deed.at) for band in bands)


async def _years_hold(deed: Deed, row: CreditConsequence, _: Sequence[Filed]) -> bool:
    """E27: the years are still poor."""
    return await is_still_poor(deed, row)


async def _grade_holds(deed: Deed, row: CreditConsequence, _: Sequence[Filed]) -> bool:
    """E19: the grade is in force."""
    rules = deed.runtime.rulebooks.in_force_at(deed.at).credit
    grade = await grade_row_in_force(deed.session, row.company_id, deed.at)
    if grade is None or grade.period != row.period:
        return False
    return grade.grade in rules.confirmed_by_two


HOLDS: Mapping[Kind, Callable[[Deed, CreditConsequence, Sequence[Filed]], Awaitable[bool]]] = {
    Kind.SUBSIDY_UPLIFT: _band_holds,
    Kind.BID_BONUS: _band_holds,
    Kind.DISMISSAL_GUIDANCE: _years_hold,
    Kind.MARKET_EXIT: _grade_holds,
}
