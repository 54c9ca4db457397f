"""What owners send about complaints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.complaints.domain.answering import Answer
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.domain.promises import next_step
from services.intake.complaints.domain.supplying import Supplement
from services.intake.complaints.domain.words import COMPLAINT_STATES
from services.intake.complaints.filing import Draft, Filed
from services.intake.complaints.tables import Complaint, Confirmation
from shared.clock import BEIJING
from shared.contracts.narrative import Location, Objection, Proof
from shared.contracts.vocabulary import ComplaintStatus, Solved
from shared.rulebook import Rulebook
from shared.web.body import Body

Title = Annotated[str, Field(max_length=100)]
Story = Annotated[str, Field(min_length=1, max_length=5000)]
PlaceWords = Annotated[str, Field(max_length=200)]
CategoryCode = Annotated[str, Field(max_length=16, description="A category of the rulebook")]


class LocationBody(Body):
    """Where it is on the map; GCJ02 is what `wx.chooseLocation` gives (wechat.md 10)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    system: Literal["GCJ02", "WGS84"] = "GCJ02"

    def location(self) -> Location:
        return Location(latitude=self.latitude, longitude=self.longitude, system=self.system)


class Submission(Body):
    """A complaint about an estate where the reporter has a verified home (T01, A04).

    `house_id` is the reporter's own home; a `visitor` has none there and reports what endangers
    people (X42). `confidential` hides the reporter from everybody who handles the case (X16);
    `anonymous` also goes without feedback and rating (X15). `attachments` were uploaded before.
    `joins` is the `join` of `/complaints/similar`: handle it together with the neighbours' (X09).
    """

    estate_id: UUID
    building_id: UUID | None = None
    house_id: UUID | None = None
    title: Title | None = None
    text: Story
    place: PlaceWords | None = None
    category: CategoryCode | None = None
    confidential: bool = False
    anonymous: bool = False
    visitor: bool = False
    location: LocationBody | None = None
    attachments: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()
    joins: UUID | None = None

    def draft(self) -> Draft:
        return Draft(
            wish=Wish(self.estate_id, self.building_id, self.house_id),
            visitor=self.visitor,
            location=self.location.location() if self.location else None,
            attachments=tuple(dict.fromkeys(self.attachments)),
            text=self.text,
            title=self.title,
            place=self.place,
            category=self.category,
            confidential=self.confidential,
            anonymous=self.anonymous,
            joins=self.joins,
        )


class Receipt(BaseModel):
    """`call` are the numbers to ring at once when the words tell of danger (X31).

    `code` looks the complaint up without signing in (X15); whoever has an account and gave the
    name needs none.
    """

    id: UUID
    number: str
    state: ComplaintStatus
    state_name: str
    submitted_at: datetime
    next_step: str
    call: list[str]
    code: str | None = None

    @classmethod
    def of(
        cls, filed: Filed, calls: Sequence[str], rulebook: Rulebook, code: str | None = None
    ) -> Receipt:
        """The same for the same filing, however often it is sent."""
        return cls(
            id=filed.id,
            number=filed.number,
            state=ComplaintStatus.SUBMITTED,
            state_name=COMPLAINT_STATES[ComplaintStatus.SUBMITTED],
            submitted_at=filed.submitted_at.astimezone(BEIJING),
            next_step=next_step(rulebook, by_code=code is not None),
            call=list(calls),
            code=code,
        )


class ConfirmationBody(Body):
    """`level` from 1 (非常不满意) to 5 (非常满意).

    Not solved, or a bad level, with a reason asks to reopen; without one it only counts (X34).
    """

    solved: Solved
    level: Annotated[int, Field(ge=1, le=5)]
    reason: Annotated[str, Field(max_length=1000)] | None = None

    def answer(self) -> Answer:
        return Answer(self.solved, self.level, self.reason)


class ProofBody(Body):
    """`item` is a code of the rulebook, `reference` a document's number or a photo's address."""

    item: Annotated[str, Field(pattern=r"^[A-Z_]{2,32}$")]
    reference: Annotated[str, Field(min_length=1, max_length=300)]


class SupplementBody(Body):
    """T03: something must be supplied; what was written first stays as it is."""

    text: Annotated[str, Field(max_length=5000)] | None = None
    place: PlaceWords | None = None
    proofs: Annotated[tuple[ProofBody, ...], Field(max_length=20)] = ()
    attachments: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()

    def supplement(self) -> Supplement:
        proofs = [Proof(item=each.item, reference=each.reference) for each in self.proofs]
        files = tuple(dict.fromkeys(self.attachments))
        return Supplement(self.text, self.place, proofs, files)


class DisputeBody(Body):
    """T33: why it is to be handled again; what came back, or what was not known before."""

    reason: Annotated[str, Field(min_length=5, max_length=2000)]
    proofs: Annotated[tuple[ProofBody, ...], Field(max_length=20)] = ()
    attachments: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()

    def objection(self) -> Objection:
        proofs = tuple(Proof(item=each.item, reference=each.reference) for each in self.proofs)
        return Objection(reason=self.reason, proofs=proofs)

    def files(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(self.attachments))


class DisputeOut(BaseModel):
    complaint_id: UUID
    disputed_at: datetime

    @classmethod
    def of(cls, complaint: Complaint) -> DisputeOut:
        assert complaint.disputed_at is not None, "it has just been disputed"
        return cls(complaint_id=complaint.id, disputed_at=complaint.disputed_at.astimezone(BEIJING))


class ChangeOut(BaseModel):
    """The complaint after what its reporter did."""

    complaint_id: UUID
    state: ComplaintStatus
    state_name: str

    @classmethod
    def of(cls, complaint: Complaint) -> ChangeOut:
        state = ComplaintStatus(complaint.state)
        return cls(complaint_id=complaint.id, state=state, state_name=COMPLAINT_STATES[state])


class UrgeOut(BaseModel):
    """`times` counts the urges of this complaint, `again_from` is when the next one may come."""

    complaint_id: UUID
    times: int
    urged_at: datetime
    again_from: datetime

    @classmethod
    def of(cls, complaint: Complaint, rulebook: Rulebook) -> UrgeOut:
        assert complaint.urged_at is not None, "it has just been urged"
        urged_at = complaint.urged_at.astimezone(BEIJING)
        return cls(
            complaint_id=complaint.id,
            times=complaint.urges,
            urged_at=urged_at,
            again_from=urged_at + rulebook.urging.interval,
        )


class ConfirmationOut(BaseModel):
    complaint_id: UUID
    solved: Solved
    level: int
    answered_at: datetime

    @classmethod
    def of(cls, confirmation: Confirmation) -> ConfirmationOut:
        return cls(
            complaint_id=confirmation.complaint_id,
            solved=Solved(confirmation.solved),
            level=confirmation.level,
            answered_at=confirmation.answered_at.astimezone(BEIJING),
        )
