"""Questionnaires, to look at before a survey is opened and to fill in afterwards (E04, U02)."""

from __future__ import annotations

from fastapi import APIRouter

from services.survey.surveys.schemas import QuestionnaireOut, QuestionnairesOut
from services.survey.surveys.views import questionnaire_out
from shared.errors import NotFound
from shared.rulebook import NoRulebook
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now

router = APIRouter(prefix="/questionnaires", tags=["surveys"])


class QuestionnaireUnknown(NotFound):
    """There is no questionnaire of this version."""

    code = "QUESTIONNAIRE_UNKNOWN"
    chinese = "没有该版本的问卷。"


@router.get("")
async def list_questionnaires(
    _: CurrentActor, runtime: CurrentRuntime, now: Now
) -> QuestionnairesOut:
    """Every version, also one that is to come; the one in force is marked."""
    shelf = runtime.rulebooks
    force = shelf.in_force_at(now).version
    items = [questionnaire_out(shelf.named(v), in_force=v == force) for v in shelf.versions]
    return QuestionnairesOut(items=items)


@router.get("/{version}")
async def show_questionnaire(
    version: str, _: CurrentActor, runtime: CurrentRuntime, now: Now
) -> QuestionnaireOut:
    """One version, as a survey that was opened with it asks."""
    force = runtime.rulebooks.in_force_at(now).version
    try:
        return questionnaire_out(runtime.rulebooks.named(version), in_force=version == force)
    except NoRulebook:
        raise QuestionnaireUnknown from None
