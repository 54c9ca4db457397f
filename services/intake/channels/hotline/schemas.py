"""What the hotline's adapter sends."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.intake.channels.domain.names import place_words
from services.intake.channels.domain.orders import Gender, OrderSource, RequestType, Urgency
from services.intake.channels.places import Place
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.filing import Draft
from services.intake.complaints.schemas import CategoryCode, PlaceWords, Story, Title
from shared.clock import BEIJING
from shared.web.body import Body

OrderNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{4,64}$")]
Words = Annotated[str, Field(min_length=1, max_length=100)]
Number = Annotated[str, Field(min_length=1, max_length=20)]

Accepted = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=BEIJING))]

FILED = ("title", "text", "category", "confidential", "reporter_name", "reporter_mobile")


class ClientCredentials(Body):
    client_id: Annotated[str, Field(min_length=1, max_length=128)]
    client_secret: Annotated[str, Field(min_length=1, max_length=512)]


class HotlineSession(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_at: datetime


class OrderAttachment(Body):
    """A file that stays with the hotline: its name, and where the hotline keeps it."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    reference: Annotated[str, Field(min_length=1, max_length=500)]


class HotlineOrder(Body):
    """A work order of 12345 (facts 2.4). `order_number` is the idempotency key (B03); `accepted_at`
    is when the hotline took the call, and from when the promise to the citizen counts (B04).

    The place is an `estate_id` of ours or the name of an `estate`; what is not found is kept in
    words and waits for a person. `people` is how many a group has.
    """

    order_number: OrderNumber
    accepted_at: Accepted
    received_at: Accepted | None = None
    source: OrderSource | None = None
    request_type: RequestType | None = None
    urgency: Urgency = Urgency.NORMAL
    title: Title
    text: Story
    category: CategoryCode | None = None
    complained_of: Words | None = None

    estate_id: UUID | None = None
    building_id: UUID | None = None
    house_id: UUID | None = None
    division: Annotated[str, Field(pattern=r"^[0-9]{4,12}$")] | None = None
    estate: Words | None = None
    building: Number | None = None
    unit: Number | None = None
    room: Number | None = None
    place: PlaceWords | None = None

    reporter_name: Words | None = None
    reporter_mobile: Annotated[str, Field(max_length=32)] | None = None
    reporter_phone: Annotated[str, Field(pattern=r"^[0-9+() -]{5,32}$")] | None = None
    reporter_gender: Gender | None = None
    confidential: bool = False
    revisit_wished: bool | None = None

    group: bool = False
    people: Annotated[int, Field(ge=1, le=100_000)] | None = None
    attachments: Annotated[tuple[OrderAttachment, ...], Field(max_length=20)] = ()
    related_orders: Annotated[tuple[OrderNumber, ...], Field(max_length=20)] = ()

    def draft(self, found: Place) -> Draft:
        wish = Wish(found.estate_id, found.building_id, self.house_id, self.division)
        return Draft(
            wish=wish,
            text=self.text,
            title=self.title,
            place=self.place_in_words(found),
            category=self.category,
            confidential=self.confidential,
        )

    def place_in_words(self, found: Place) -> str | None:
        """The name of an estate that was found is said by its id."""
        numbers = "".join(each for each in (self.building, self.unit, self.room) if each)
        return place_words(None if found.is_known else self.estate, numbers, self.place)

    def fingerprint(self) -> str:
        """Equal for the same order, however its JSON was written."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def details(self) -> dict[str, Any]:
        """What has no column of its own, and what to compare a correction with."""
        rest = self.model_dump(mode="json", exclude_defaults=True, exclude=set(FILED))
        return rest | self.wording()

    def wording(self) -> dict[str, Any]:
        """As it was said: kept of the last time, for what is said next."""
        numbers = "".join(each for each in (self.building, self.unit, self.room) if each)
        said = (self.title, self.text, place_words(self.estate, numbers, self.place))
        return {"fingerprint": self.fingerprint(), "said": said}
