"""The complaint a request names, if the actor may see it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.intake.complaints.deed import Deed
from services.intake.complaints.queries import visible_to
from services.intake.complaints.tables import Complaint
from services.intake.owners.guards import CurrentOwner
from shared.errors import NotFound
from shared.web.dependencies import CurrentRuntime, Now, SessionDep


class ComplaintNotFound(NotFound):
    """There is no such complaint among yours."""

    code = "COMPLAINT_NOT_FOUND"
    chinese = "未找到该诉求。"


async def complaint_to_view(
    complaint_id: UUID, actor: CurrentOwner, session: SessionDep
) -> Complaint:
    found = await session.execute(visible_to(actor).where(col(Complaint.id) == complaint_id))
    return _visible(found.scalar_one_or_none())


async def complaint_to_answer(
    complaint_id: UUID, actor: CurrentOwner, session: SessionDep
) -> Complaint:
    """Locked: of two answers at once the second sees the first."""
    mine = visible_to(actor).where(col(Complaint.id) == complaint_id).with_for_update()
    return _visible((await session.execute(mine)).scalar_one_or_none())


async def deed(runtime: CurrentRuntime, session: SessionDep, actor: CurrentOwner, now: Now) -> Deed:
    return Deed(session, runtime, actor, now)


DeedDep = Annotated[Deed, Depends(deed)]


def _visible(complaint: Complaint | None) -> Complaint:
    if complaint is None:
        raise ComplaintNotFound
    return complaint


ComplaintToView = Annotated[Complaint, Depends(complaint_to_view)]
ComplaintToAnswer = Annotated[Complaint, Depends(complaint_to_answer)]
