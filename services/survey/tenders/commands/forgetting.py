"""An owner had the account erased: the seat on the panel is nobody's."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.survey.deed import Deed
from services.survey.tenders.tables import TenderPanelist


async def forget_panelist(deed: Deed, owner_id: UUID) -> None:
    """Twice is as once."""
    own = col(TenderPanelist.owner_id) == owner_id
    await deed.session.execute(update(TenderPanelist).where(own).values(owner_id=None))
