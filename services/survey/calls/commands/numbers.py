"""The owner's number: asked of intake when calling begins, gone when it ends (facts 2.13)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.calls.tables import Known, VisitCall
from services.survey.deed import Deed
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.tables import Visit
from shared.contracts.intake import ReporterNumber

CALLS = "visit_call"


async def take_number(deed: Deed, told: ReporterNumber) -> None:
    """What comes after the calling, or after the owner was erased, is not kept."""
    visit = await deed.session.get(Visit, told.visit_id, with_for_update=True)
    call = await deed.session.get(VisitCall, told.visit_id)
    if visit is None or call is None or call.known != Known.ASKED:
        return
    if told.mobile is None or visit.state != VisitStatus.CALLING:
        call.drop_number(Known.NONE)
        return
    number = deed.runtime.sealer.open_(told.mobile, subject=f"{visit.id}/mobile")
    cipher = deed.runtime.cipher
    call.number = cipher.encrypt(number, table=CALLS, row_id=visit.id, column="number")
    call.known = Known.KNOWN


async def drop_number(session: AsyncSession, visit_id: UUID) -> None:
    """Nobody calls any more."""
    call = await session.get(VisitCall, visit_id)
    if call is not None and call.known != Known.WRONG:
        call.drop_number(Known.NONE)


def number_of(deed: Deed, call: VisitCall) -> str | None:
    if call.number is None:
        return None
    return deed.runtime.cipher.decrypt(
        call.number, table=CALLS, row_id=call.visit_id, column="number"
    )
