"""What governance hears from survey: low scores in a row (E07), poor evaluations (E26)."""

from __future__ import annotations

from services.routing.governance.commands.prompt import prompt_after_evaluation, prompt_after_scores
from services.routing.hearing import occasion
from services.routing.subscriptions import subscriptions
from shared.contracts.survey import PoorEvaluationFound, RectificationDue
from shared.messaging import Reception


@subscriptions.on(RectificationDue)
async def on_rectification_due(reception: Reception[RectificationDue]) -> None:
    """The street is prompted to talk; a person does, and sets the date."""
    await prompt_after_scores(occasion(reception), reception.event.company)


@subscriptions.on(PoorEvaluationFound)
async def on_poor_evaluation_found(reception: Reception[PoorEvaluationFound]) -> None:
    await prompt_after_evaluation(occasion(reception), reception.event.evaluation)
