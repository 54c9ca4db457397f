"""Rating forms as versioned data: to look at before one is used, and to fill in (E10, E13, E20)."""

from __future__ import annotations

from fastapi import APIRouter

from services.survey.ratings.schemas.forms import FormsOut, FormVersionsOut
from services.survey.ratings.views.forms import forms_out
from shared.errors import NotFound
from shared.rulebook import NoRulebook
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now

router = APIRouter(prefix="/rating-forms", tags=["ratings"])


class FormsUnknown(NotFound):
    """There are no rating forms of this version."""

    code = "RATING_FORMS_UNKNOWN"
    chinese = "没有该版本的评议表。"


@router.get("")
async def list_forms(_: CurrentActor, runtime: CurrentRuntime, now: Now) -> FormVersionsOut:
    """Every version, also one that is to come; the one in force is marked."""
    shelf = runtime.rulebooks
    force = shelf.in_force_at(now).version
    items = [forms_out(shelf.named(each), in_force=each == force) for each in shelf.versions]
    return FormVersionsOut(items=items)


@router.get("/{version}")
async def show_forms(version: str, _: CurrentActor, runtime: CurrentRuntime, now: Now) -> FormsOut:
    """One version, as a rating that was opened with it asks."""
    force = runtime.rulebooks.in_force_at(now).version
    try:
        return forms_out(runtime.rulebooks.named(version), in_force=version == force)
    except NoRulebook:
        raise FormsUnknown from None
