"""An owner had the account erased: the answers count on, the words lose their numbers."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from services.survey.deed import Deed
from services.survey.visits.tables import Visit
from shared import audit
from shared.privacy import mask_text
from shared.web.once import forget_answers


async def forget_owner(deed: Deed, owner_id: UUID) -> None:
    """Twice is as once."""
    rows = await deed.session.execute(
        select(Visit).where(Visit.owner_id == owner_id, col(Visit.reason).is_not(None))
    )
    for visit in rows.scalars():
        _mask_reason(deed, visit)
    await forget_answers(deed.session, owner_id)
    audit.append(
        deed.session,
        actor=deed.actor,
        action="owner.forgotten",
        subject_type="owner",
        subject_id=owner_id,
        at=deed.at,
    )


def _mask_reason(deed: Deed, visit: Visit) -> None:
    assert visit.reason is not None, "only those with words were asked for"
    cipher = deed.runtime.cipher
    words = cipher.decrypt(visit.reason, table="visit", row_id=visit.id, column="reason")
    visit.reason = cipher.encrypt(mask_text(words), table="visit", row_id=visit.id, column="reason")
