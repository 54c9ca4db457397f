"""Talks are prompted by reopened cases (3.6), low scores (E07) and poor evaluations (E26); a person
holds them.
"""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.governance.commands.rectify import Talk, order
from services.routing.governance.domain.half_years import half_year_of
from services.routing.governance.domain.rectification import Cause, TalkPromptAnswered
from services.routing.governance.queries import (
    is_prompted_by,
    is_prompted_in,
    prompted_since,
    reopened_since,
)
from services.routing.governance.tables import Rectification, TalkPrompt
from services.routing.occasion import Occasion
from shared.contracts.routing import (
    LowScoreTalkPrompted,
    LowScoreTalkState,
    TalkPrompted,
    TalkPromptState,
)
from shared.contracts.survey import EvaluationState, LowScoresState
from shared.ids import new_id


async def prompt_talk(on: Occasion, file: CaseFile) -> None:
    """3.6: three within thirty days prompt it, once in the period."""
    case, pattern = file.case, rulebook_of(on, file).patterns.reopened_same_company
    if case.company_id is None:
        return
    since = on.now - pattern.within
    reopened = await reopened_since(on.session, case.company_id, case.estate_id, since)
    if reopened < pattern.times:
        return
    if await prompted_since(on.session, case.company_id, case.estate_id, since):
        return
    prompt = TalkPrompt(
        id=new_id(),
        company_id=case.company_id,
        estate_id=case.estate_id,
        division=case.division,
        reopened=reopened,
        at=on.now,
    )
    on.session.add(prompt)
    state = prompt.model_dump(include={"id", "company_id", "estate_id", "division", "reopened"})
    on.publish(TalkPrompted(prompt=TalkPromptState(version=1, **state)))


async def prompt_after_scores(on: Occasion, low: LowScoresState) -> None:
    """E07: once for the survey that completes the row, in whatever number it is told; not where
    the company was found poor in the same half-year (E26).
    """
    half_year = half_year_of(low.scores[-1].period)
    if await is_prompted_by(on.session, low.id):
        return
    if await is_prompted_in(on.session, low.company_id, low.estate_id, half_year):
        return
    prompt = TalkPrompt(
        id=new_id(),
        cause=Cause.LOW_SCORE,
        company_id=low.company_id,
        estate_id=low.estate_id,
        division=low.division,
        survey_id=low.id,
        period=half_year,
        scores=[{"period": each.period, "score": str(each.score)} for each in low.scores],
        at=on.now,
    )
    on.session.add(prompt)
    on.audit("talk.prompted", "company", low.company_id, {"survey": str(low.id)})
    state = LowScoreTalkState(
        version=1,
        survey_id=low.id,
        scores=tuple(each.score for each in low.scores),
        **prompt.model_dump(include={"id", "company_id", "estate_id", "division"}),
    )
    on.publish(LowScoreTalkPrompted(prompt=state))


async def prompt_after_evaluation(on: Occasion, found: EvaluationState) -> None:
    """E26: the same talk as after low scores, once in the half-year, whichever came first."""
    half_year = half_year_of(found.period)
    if await is_prompted_in(on.session, found.company_id, found.estate_id, half_year):
        return
    prompt = TalkPrompt(
        id=new_id(),
        cause=Cause.POOR_GRADE,
        company_id=found.company_id,
        estate_id=found.estate_id,
        division=found.division,
        evaluation_id=found.id,
        period=half_year,
        scores=[{"period": found.period, "score": str(found.third_party)}],
        at=on.now,
    )
    on.session.add(prompt)
    on.audit("talk.prompted", "company", found.company_id, {"evaluation": str(found.id)})


async def answer_prompt(on: Occasion, prompt: TalkPrompt, talk: Talk) -> Rectification:
    """The talk was held, CK-16 runs from it. Raises TalkPromptAnswered, TalkNotHeldYet."""
    if prompt.rectification_id is not None:
        raise TalkPromptAnswered
    ordered = await order(on, talk)
    prompt.rectification_id = ordered.id
    return ordered
