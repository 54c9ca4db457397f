"""The events intake promises."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState
from shared.contracts.vocabulary import (
    Channel,
    ComplaintStatus,
    RefusalReason,
    Relation,
    Solved,
)
from shared.privacy import Sealed


class ComplaintState(PublicState):
    """A complaint (诉求): one per reporter and submission."""

    number: str
    channel: Channel
    state: ComplaintStatus
    owner_id: UUID | None
    division: str
    estate_id: UUID
    building_id: UUID | None
    house_id: UUID | None
    chosen_category: str | None
    confidential: bool
    anonymous: bool
    external_number: str | None
    submitted_at: datetime
    accepted_at: datetime | None = None
    case_id: UUID | None = None
    case_number: str | None = None


class ComplaintEvent(Event):
    complaint: ComplaintState

    @property
    def about(self) -> PublicState:
        return self.complaint


class ComplaintSubmitted(ComplaintEvent):
    """T01. The narrative (title and text as JSON) can be opened by routing only.

    `promised_from` is when the promise to the citizen began: the hotline's own acceptance for
    imported orders, else the submission (CK-01).
    """

    name = "intake.complaint_submitted"
    audience = ("routing", "notify", "survey")

    narrative: Sealed
    promised_from: datetime


class ComplaintAccepted(ComplaintEvent):
    """T06, said by intake once the case exists."""

    name = "intake.complaint_accepted"
    audience = ("notify", "survey")

    category: str
    category_name: str


class ComplaintNotAccepted(ComplaintEvent):
    """T05: not accepted, with the reason and the right place to turn to."""

    name = "intake.complaint_not_accepted"
    audience = ("notify", "survey")

    reason: RefusalReason
    hint: str


class ComplaintInfoRequested(ComplaintEvent):
    """T02: the reporter is to supply what is `missing` (codes of the rulebook) before `until`."""

    name = "intake.complaint_info_requested"
    audience = ("notify", "survey")

    missing: tuple[str, ...]
    until: datetime


class ComplaintSupplemented(ComplaintEvent):
    """T03: the reporter supplied something; the narrative as it is now, for routing only."""

    name = "intake.complaint_supplemented"
    audience = ("routing",)

    narrative: Sealed


class ComplaintRedacted(ComplaintEvent):
    """The reporter's account was erased: the matter goes on, in words without numbers and names.

    `narrative` replaces what was told before, `names` are fingerprints of the names to hide in what
    others wrote about the case; of an anonymous complaint nothing leads to the account here either
    (X15).
    """

    name = "intake.complaint_redacted"
    audience = ("routing",)

    narrative: Sealed
    names: Sealed


class ComplaintWithdrawn(ComplaintEvent):
    """T08: the reporter does not pursue it; what becomes of the case is routing's to decide."""

    name = "intake.complaint_withdrawn"
    audience = ("routing", "notify", "survey")


class ComplaintUrged(ComplaintEvent):
    """T45: the reporter urges the handler; `times` counts the urges of this complaint (X17)."""

    name = "intake.complaint_urged"
    audience = ("routing", "notify")

    times: int


class ComplaintConfirmed(ComplaintEvent):
    """T31/T32: the owner's answer to the feedback; `level` is 1 to 5 (facts 2.5).

    `asks_to_reopen`: not solved or a bad level, with a reason; without one it only counts (X34).
    """

    name = "intake.complaint_confirmed"
    audience = ("routing", "survey")

    solved: Solved
    level: int
    asks_to_reopen: bool = False


class FeedbackConfirmed(ComplaintConfirmed):
    """As version 1, with the moment of the feedback that is answered: a case may have given
    another one meanwhile.
    """

    name = "intake.complaint_confirmed"
    version: ClassVar[int] = 2

    feedback_at: datetime


class ComplaintDisputed(ComplaintEvent):
    """T33: the reporter of a closed case says that the problem is back, or tells new facts.

    `words` (an `Objection` as JSON) can be opened by routing only.
    """

    name = "intake.complaint_disputed"
    audience = ("routing",)

    words: Sealed


class OwnerState(PublicState):
    """An owner's account. Contacts can be opened by notify only."""

    openid: Sealed | None
    mobile: Sealed | None
    masked_mobile: str | None
    house_ids: tuple[UUID, ...] = ()
    estate_ids: tuple[UUID, ...] = ()
    active: bool = True


class OwnerChanged(Event):
    """An owner registered, changed a contact, or was bound to a house."""

    name = "intake.owner_changed"
    audience = ("notify",)

    owner: OwnerState

    @property
    def about(self) -> PublicState:
        return self.owner


class Home(Contract):
    """A house somebody verifiably lives in, and as what."""

    house_id: UUID
    estate_id: UUID
    relation: Relation


class HomesState(PublicState):
    """The verified homes of an owner's account, whose id and version it has."""

    homes: tuple[Home, ...]


class OwnerHomesChanged(Event):
    """An owner's verified homes as they are now (E29, E30): who may answer for which household."""

    name = "intake.owner_homes_changed"
    audience = ("survey",)

    owner: HomesState

    @property
    def about(self) -> PublicState:
        return self.owner


class ErasedOwner(PublicState):
    """What is left of an account: an id that leads to nobody."""

    erased_at: datetime


class OwnerErased(Event):
    """An owner had the account erased: whoever kept something personal of it forgets it now.

    `names` are fingerprints of the names to hide in the words of return visits, for survey only.
    """

    name = "intake.owner_erased"
    audience = ("routing", "survey", "notify")

    owner: ErasedOwner
    names: Sealed

    @property
    def about(self) -> PublicState:
        return self.owner


class ReporterNumber(PublicState):
    """Where the reporter of a complaint, whose id and version these are, can be called about a
    return visit. `mobile` can be opened by survey only; it is absent where there is none, or no
    call is wished.
    """

    visit_id: UUID
    mobile: Sealed | None


class ReporterNumberTold(Event):
    """A return visit is made by telephone, and survey has asked for the number (CK-14)."""

    name = "intake.reporter_number_told"
    audience = ("survey",)

    reporter: ReporterNumber

    @property
    def about(self) -> PublicState:
        return self.reporter


class RevokedSession(PublicState):
    expires_at: datetime


class OwnerSessionRevoked(Event):
    """An owner signed out; access tokens of this session are no longer good."""

    name = "intake.owner_session_revoked"
    audience = ("routing", "survey", "notify")

    session: RevokedSession

    @property
    def about(self) -> PublicState:
        return self.session
