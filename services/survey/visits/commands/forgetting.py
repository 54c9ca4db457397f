"""An owner had the account erased: the answers count on, the words lose numbers and names."""

from __future__ import annotations

from sqlmodel import col, select

from services.survey.calls.commands.forgetting import forget_calls
from services.survey.deed import Deed
from services.survey.visits.tables import Visit
from shared import audit
from shared.contracts.intake import OwnerErased
from shared.privacy import Hiding
from shared.web.once import forget_answers


async def forget_owner(deed: Deed, event: OwnerErased) -> None:
    """Twice is as once."""
    owner_id = event.owner.id
    hiding = Hiding.heard(deed.runtime.sealer.open_(event.names, subject=f"{owner_id}/names"))
    rows = await deed.session.execute(
        select(Visit).where(Visit.owner_id == owner_id, col(Visit.reason).is_not(None))
    )
    for visit in rows.scalars():
        _hide_in_reason(deed, visit, hiding)
    await forget_calls(deed, owner_id, hiding)
    await forget_answers(deed.session, owner_id)
    audit.append(
        deed.session,
        actor=deed.actor,
        action="owner.forgotten",
        subject_type="owner",
        subject_id=owner_id,
        at=deed.at,
    )


def _hide_in_reason(deed: Deed, visit: Visit, hiding: Hiding) -> None:
    assert visit.reason is not None, "only those with words were asked for"
    cipher = deed.runtime.cipher
    words = cipher.decrypt(visit.reason, table="visit", row_id=visit.id, column="reason")
    visit.reason = cipher.encrypt(
        hiding.words(words), table="visit", row_id=visit.id, column="reason"
    )
