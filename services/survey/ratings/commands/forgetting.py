"""An owner had the account erased: nobody's representative any more, and marks of nobody."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.survey.deed import Deed
from services.survey.ratings.commands.appointing import end
from services.survey.ratings.domain.representatives import Ending
from services.survey.ratings.tables import RatingMarks, Representative


async def forget_representative(deed: Deed, owner_id: UUID) -> None:
    """Twice is as once. What was given counts on, without anybody's account beside it."""
    own = select(Representative).where(col(Representative.owner_id) == owner_id)
    for row in (await deed.session.execute(own.with_for_update())).scalars():
        row.owner_id = None
        if row.ended_at is None:
            end(deed, row, Ending.ERASED)
    marks = update(RatingMarks).where(col(RatingMarks.owner_id) == owner_id)
    await deed.session.execute(marks.values(owner_id=None))
