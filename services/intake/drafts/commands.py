"""Writing drafts. They leave no trace in the audit log: nothing has been said yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.drafts.domain.keeping import DraftFiled, refuse_stale, refuse_too_many
from services.intake.drafts.queries import count_of
from services.intake.drafts.schemas import DraftBody, DraftOut
from services.intake.drafts.tables import ComplaintDraft
from services.intake.owners.queries import own_account
from shared.identity import Actor
from shared.ids import new_id
from shared.runtime import Runtime

TABLE = "complaint_draft"


@dataclass(frozen=True)
class Desk:
    """Whose drafts, when, in which transaction, with what tools."""

    session: AsyncSession
    runtime: Runtime
    actor: Actor
    at: datetime

    def locked(self, draft_id: UUID, content: DraftBody) -> str:
        text = content.model_dump_json(exclude_defaults=True)
        return self.runtime.cipher.encrypt(text, table=TABLE, row_id=draft_id, column="content")

    def opened(self, draft: ComplaintDraft) -> DraftBody:
        if draft.content is None:
            return DraftBody()
        text = self.runtime.cipher.decrypt(
            draft.content, table=TABLE, row_id=draft.id, column="content"
        )
        return DraftBody.model_validate_json(text)

    def shown(self, draft: ComplaintDraft) -> DraftOut:
        kept = self.runtime.rulebooks.in_force_at(self.at).following.drafts.kept
        return DraftOut.of(draft, self.opened(draft), draft.changed_at + kept)


async def begin(desk: Desk, content: DraftBody) -> ComplaintDraft:
    """The account is locked, so that two at once are counted. Raises TooManyDrafts."""
    await own_account(desk.session, desk.actor.id, lock=True)
    rules = desk.runtime.rulebooks.in_force_at(desk.at).following.drafts
    refuse_too_many(rules, await count_of(desk.session, desk.actor.id))
    draft_id = new_id()
    draft = ComplaintDraft(
        id=draft_id,
        owner_id=desk.actor.id,
        version=1,
        content=desk.locked(draft_id, content),
        attachments=list(content.attachments),
        created_at=desk.at,
        changed_at=desk.at,
    )
    desk.session.add(draft)
    return draft


def replace(desk: Desk, draft: ComplaintDraft, content: DraftBody, tag: str) -> ComplaintDraft:
    """Raises DraftFiled or DraftChanged."""
    if draft.complaint_id is not None:
        raise DraftFiled(complaint_id=str(draft.complaint_id))
    refuse_stale(tag, draft.version)
    draft.content = desk.locked(draft.id, content)
    draft.attachments = list(content.attachments)
    draft.version += 1
    draft.changed_at = desk.at
    return draft


async def clear(runtime: Runtime) -> int:
    """What nobody has touched for as long as drafts are kept; returns how many."""
    now = runtime.clock.now()
    kept = runtime.rulebooks.in_force_at(now).following.drafts.kept
    async with runtime.database.transaction() as session:
        gone = await session.execute(
            delete(ComplaintDraft)
            .where(col(ComplaintDraft.changed_at) < now - kept)
            .returning(col(ComplaintDraft.id))
        )
        return len(gone.all())
