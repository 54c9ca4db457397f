"""An owner had the account erased: nobody calls, and what callers noted loses number and name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.survey.calls.commands.trying import ATTEMPTS
from services.survey.calls.tables import CallAttempt, Known, VisitCall
from services.survey.deed import Deed
from services.survey.visits.tables import Visit
from shared.messaging.redacting import redact
from shared.privacy import Hiding


async def forget_calls(deed: Deed, owner_id: UUID, hiding: Hiding) -> None:
    """A number that intake tells later is not taken any more. Recordings are led to no more."""
    visits = select(Visit.id).where(Visit.owner_id == owner_id)
    calls = await deed.session.execute(select(VisitCall).where(col(VisitCall.visit_id).in_(visits)))
    for call in calls.scalars():
        call.drop_number(Known.NONE)
    attempts = await deed.session.execute(
        select(CallAttempt).where(col(CallAttempt.visit_id).in_(visits))
    )
    for attempt in attempts.scalars():
        attempt.recording = None
        _hide_in_note(deed, attempt, hiding)
    complaints = select(Visit.complaint_id).where(Visit.owner_id == owner_id)
    named = (await deed.session.execute(complaints)).scalars()
    await redact(deed.session, named, _without_number)


def _without_number(data: dict[str, Any]) -> None:
    """Of a message that was put aside, and may be replayed."""
    if "reporter" in data:
        data["reporter"]["mobile"] = None


def _hide_in_note(deed: Deed, attempt: CallAttempt, hiding: Hiding) -> None:
    if attempt.note is None:
        return
    cipher = deed.runtime.cipher
    words = cipher.decrypt(attempt.note, table=ATTEMPTS, row_id=attempt.id, column="note")
    attempt.note = cipher.encrypt(
        hiding.words(words), table=ATTEMPTS, row_id=attempt.id, column="note"
    )
