"""Drafts as they are written and read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.complaints.schemas import CategoryCode, LocationBody, PlaceWords, Title
from services.intake.drafts.tables import ComplaintDraft
from shared.clock import BEIJING
from shared.web.body import Body


class DraftBody(Body):
    """A complaint as far as it is written; nothing has to be there yet."""

    estate_id: UUID | None = None
    building_id: UUID | None = None
    house_id: UUID | None = None
    title: Title | None = None
    text: Annotated[str, Field(max_length=5000)] = ""
    place: PlaceWords | None = None
    category: CategoryCode | None = None
    confidential: bool = False
    anonymous: bool = False
    visitor: bool = False
    location: LocationBody | None = None
    attachments: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()
    joins: UUID | None = None


class DraftOut(BaseModel):
    """`version` is what If-Match names; the draft is cleared away at `kept_until`."""

    id: UUID
    version: int
    created_at: datetime
    changed_at: datetime
    kept_until: datetime
    content: dict[str, Any]

    @classmethod
    def of(cls, draft: ComplaintDraft, content: DraftBody, kept_until: datetime) -> DraftOut:
        return cls(
            id=draft.id,
            version=draft.version,
            created_at=draft.created_at.astimezone(BEIJING),
            changed_at=draft.changed_at.astimezone(BEIJING),
            kept_until=kept_until.astimezone(BEIJING),
            content=content.model_dump(mode="json"),
        )
