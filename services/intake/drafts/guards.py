"""The draft a request names, if it is the caller's."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.intake.drafts.commands import Desk
from services.intake.drafts.domain.keeping import DraftNotFound
from services.intake.drafts.queries import visible_to
from services.intake.drafts.tables import ComplaintDraft
from services.intake.owners.guards import CurrentOwner
from shared.web.dependencies import CurrentRuntime, Now, SessionDep


async def desk(runtime: CurrentRuntime, session: SessionDep, actor: CurrentOwner, now: Now) -> Desk:
    return Desk(session, runtime, actor, now)


DeskDep = Annotated[Desk, Depends(desk)]


async def own_draft(draft_id: UUID, desk: DeskDep) -> ComplaintDraft:
    """Locked: it is filed once, and of two writers the second is told. Raises DraftNotFound."""
    mine = visible_to(desk.actor).where(col(ComplaintDraft.id) == draft_id)
    found = await desk.session.execute(mine.with_for_update())
    draft = found.scalar_one_or_none()
    if draft is None:
        raise DraftNotFound
    return draft


OwnDraft = Annotated[ComplaintDraft, Depends(own_draft)]
