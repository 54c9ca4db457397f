"""The count: does the survey hold, and what is the score (E03, E04)."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.surveys.commands.recording import record
from services.survey.surveys.commands.serving import has_changed_company
from services.survey.surveys.domain.counting import Count, count
from services.survey.surveys.domain.lifecycle import advance
from services.survey.surveys.domain.periods import refuse_early_end
from services.survey.surveys.queries import progress_of, valid_answers
from services.survey.surveys.tables import Survey


async def close(deed: Deed, survey: Survey) -> None:
    """Nobody answers meanwhile: the survey is locked. Raises StillRunning or SurveyNotInState."""
    counted = await _count(deed, survey)
    survey.state = advance(survey.state, counted.action)
    refuse_early_end(survey.ends_on, deed.at)
    _fix(survey, counted)
    survey.closed_at = deed.at
    record(deed, survey, "survey.closed")


async def _count(deed: Deed, survey: Survey) -> Count:
    book = deed.runtime.rulebooks.named(survey.rulebook)
    households, visited, _ = await progress_of(deed.session, survey.id)
    answers = await valid_answers(deed.session, survey.id)
    changed = await has_changed_company(deed, survey)
    return count(households, visited, answers, book.survey, book.scores, company_changed=changed)


def _fix(survey: Survey, counted: Count) -> None:
    survey.visited, survey.answers = counted.visited, counted.answers
    survey.coverage, survey.score = counted.coverage, counted.score
    survey.invalid_because = counted.invalid_because
    if counted.averages is not None:
        survey.averages = {code: str(each) for code, each in counted.averages.items()}
