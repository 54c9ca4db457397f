"""Talks and rectifications: ordered by street and centre, proven by the company."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.routing.deed import Deed, DeedDep, OccasionDep
from services.routing.governance.commands.prompt import answer_prompt
from services.routing.governance.commands.rectify import (
    Talk,
    accept,
    extend,
    file_proof,
    order,
    reject,
)
from services.routing.governance.domain.rectification import Cause
from services.routing.governance.guards import (
    EstateOfPrompt,
    EstateToGovern,
    PromptToAnswer,
    RectificationToDecide,
    RectificationToProve,
    RectificationToRead,
)
from services.routing.governance.queries import page_of_prompts, page_of_rectifications
from services.routing.governance.rectification_schemas import (
    DecisionIn,
    ProofIn,
    RectificationIn,
    RectificationOut,
    TalkIn,
    TalkPromptOut,
)
from services.routing.governance.rectification_views import (
    rectification_out,
    rectifications_out,
)
from services.routing.governance.tables import Rectification
from shared.web.paging import Page, Paging

router = APIRouter(tags=["governance"])


@router.post("/rectifications", status_code=201, response_model=RectificationOut)
async def order_rectification(
    estate: EstateToGovern, body: RectificationIn, deed: DeedDep
) -> Response:
    """E07, U28: CK-16 runs from the talk."""
    talk = Talk(body.company_id, estate, body.cause, body.talk_held_at, body.demands)

    async def ordered() -> RectificationOut:
        return await rectification_out(deed.on, await order(deed.on, talk))

    return await deed.once.run(ordered)


@router.get("/rectifications")
async def rectifications(on: OccasionDep, page: Paging) -> Page[RectificationOut]:
    """Of the own place, or of the own company; newest first."""
    found = await page_of_rectifications(on.session, on.actor, page)
    shown, following = page.cut(found, lambda row: (str(row.id),))
    return Page(items=await rectifications_out(on, shown), next=following)


@router.get("/rectifications/{rectification_id}")
async def one_rectification(row: RectificationToRead, on: OccasionDep) -> RectificationOut:
    """What was asked for, by when, and how far it is."""
    return await rectification_out(on, row)


@router.post("/rectifications/{rectification_id}/proof", response_model=RectificationOut)
async def prove(row: RectificationToProve, body: ProofIn, deed: DeedDep) -> Response:
    """What the company has mended, and what shows it."""
    return await _done(deed, row, lambda: file_proof(deed.on, row, body.text, body.proofs))


@router.post("/rectifications/{rectification_id}/decision", response_model=RectificationOut)
async def decide(row: RectificationToDecide, body: DecisionIn, deed: DeedDep) -> Response:
    """Accepted, or sent back with what was left of the period."""
    if body.decision == "ACCEPT":
        return await _done(deed, row, lambda: accept(deed.on, row))
    return await _done(deed, row, lambda: reject(deed.on, row, body.reason))


@router.post("/rectifications/{rectification_id}/extension", response_model=RectificationOut)
async def lengthen(row: RectificationToDecide, deed: DeedDep) -> Response:
    """U28: once, by fifteen days, before the date."""
    return await _done(deed, row, lambda: extend(deed.on, row))


@router.get("/talk-prompts")
async def talk_prompts(on: OccasionDep, page: Paging) -> Page[TalkPromptOut]:
    """Companies whose cases keep coming back (3.6) or whose scores are low (E07, E26)."""
    found = await page_of_prompts(on.session, on.actor, page)
    shown, following = page.cut(found, lambda row: (str(row.id),))
    items = [TalkPromptOut.model_validate(row.model_dump()) for row in shown]
    return Page(items=items, next=following)


@router.post(
    "/talk-prompts/{prompt_id}/rectification", status_code=201, response_model=RectificationOut
)
async def answer_talk_prompt(
    prompt: PromptToAnswer, estate: EstateOfPrompt, body: TalkIn, deed: DeedDep
) -> Response:
    """E07: the talk was held; a date is set, CK-16 runs from the talk. Once per prompt."""
    cause = Cause(prompt.cause)
    talk = Talk(prompt.company_id, estate, cause, body.talk_held_at, body.demands)

    async def answered() -> RectificationOut:
        return await rectification_out(deed.on, await answer_prompt(deed.on, prompt, talk))

    return await deed.once.run(answered)


async def _done(deed: Deed, row: Rectification, work: Callable[[], Awaitable[None]]) -> Response:
    return await deed.answered(work, lambda: rectification_out(deed.on, row))
