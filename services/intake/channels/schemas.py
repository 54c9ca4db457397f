"""What the hotline's adapter sends."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.filing import Draft
from services.intake.complaints.schemas import CategoryCode, PlaceWords, Story, Title
from shared.web.body import Body


class ClientCredentials(Body):
    client_id: Annotated[str, Field(min_length=1, max_length=128)]
    client_secret: Annotated[str, Field(min_length=1, max_length=512)]


class HotlineSession(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_at: datetime


class HotlineOrder(Body):
    """A work order of 12345. `order_number` is the idempotency key (B03); `accepted_at` is when
    the hotline took the call, and from when the promise to the citizen counts (B04).
    """

    order_number: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{4,64}$")]
    accepted_at: AwareDatetime
    estate_id: UUID
    building_id: UUID | None = None
    house_id: UUID | None = None
    reporter_mobile: Annotated[str, Field(max_length=32)] | None = None
    title: Title
    text: Story
    place: PlaceWords | None = None
    category: CategoryCode | None = None
    confidential: bool = False

    def draft(self) -> Draft:
        return Draft(
            wish=Wish(self.estate_id, self.building_id, self.house_id),
            text=self.text,
            title=self.title,
            place=self.place,
            category=self.category,
            confidential=self.confidential,
        )
