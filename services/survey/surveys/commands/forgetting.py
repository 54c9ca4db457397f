"""An owner had the account erased: the household's answer counts on, of nobody."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.survey.deed import Deed
from services.survey.surveys.tables import SurveyAnswer


async def forget_answers_of(deed: Deed, owner_id: UUID) -> None:
    """Twice is as once. Of the homes intake tells itself that there are none any more."""
    own = col(SurveyAnswer.owner_id) == owner_id
    await deed.session.execute(update(SurveyAnswer).where(own).values(owner_id=None))
