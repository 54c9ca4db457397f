"""What is proposed to follow from evaluations and grades (E19, E24-E27)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.survey.credit.commands.consequences import decide_consequence
from services.survey.credit.commands.lapsing import lapse_if_gone
from services.survey.credit.consequence_queries import page_of_consequences
from services.survey.credit.domain.consequences import (
    ConsequenceAction,
    ConsequenceBasisGone,
    ConsequenceState,
)
from services.survey.credit.guards import ConsequenceToDecide, ConsequenceToRead
from services.survey.credit.schemas import ConsequenceDecisionIn, ConsequenceOut
from services.survey.credit.tables import CreditConsequence
from services.survey.credit.views import consequence_out
from services.survey.deed import Deed, DeedDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging
from shared.web.problems import problem

router = APIRouter(prefix="/consequences", tags=["credit"])


@router.get("")
async def list_consequences(
    deed: DeedDep, page: Paging, state: Annotated[ConsequenceState | None, Query()] = None
) -> Page[ConsequenceOut]:
    """Newest first; of the state PROPOSED those that wait for somebody."""
    found = await page_of_consequences(deed.session, deed.actor, page, state)
    shown, following = page.cut(found, lambda each: (each.id,))
    return Page(items=[consequence_out(deed, each) for each in shown], next=following)


@router.get("/{consequence_id}")
async def one_consequence(row: ConsequenceToRead, deed: DeedDep) -> ConsequenceOut:
    """What is proposed, the scores it follows from, and the procedure of E27."""
    return consequence_out(deed, row)


@router.post("/{consequence_id}/decision", response_model=ConsequenceOut)
async def decide_it(
    row: ConsequenceToDecide, body: ConsequenceDecisionIn, deed: DeedDep, once: OnceDep
) -> Response:
    """A person accepts or declines, with a reason; nothing happens by itself.

    What no longer follows from anything is not accepted but ends: that is kept, so the refusal is
    answered and not raised.
    """
    if body.decision == ConsequenceAction.ACCEPT and await lapse_if_gone(deed, row):
        return problem(ConsequenceBasisGone())
    return await once.run(lambda: _decided(deed, row, body), status=200)


async def _decided(
    deed: Deed, row: CreditConsequence, body: ConsequenceDecisionIn
) -> ConsequenceOut:
    await decide_consequence(deed, row, body.decision, body.reason, body.base_fen)
    return consequence_out(deed, row)
