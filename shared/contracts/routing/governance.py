"""Talks with companies, what they mend by a date, and meetings that were not held."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event, PublicState


class RectificationState(PublicState):
    """限期整改 (E07, E26): a company, an estate, a date; `stage` is OPEN, PROVEN or ACCEPTED."""

    company_id: UUID
    estate_id: UUID
    division: str
    cause: str
    stage: str
    talk_held_at: datetime
    due_at: datetime
    accepted_at: datetime | None = None
    overdue: bool = False


class RectificationEvent(Event):
    """Whom it concerns is told (N15); survey's credit file will listen too."""

    audience: ClassVar[tuple[str, ...]] = ("notify",)

    rectification: RectificationState

    @property
    def about(self) -> PublicState:
        return self.rectification


class RectificationOrdered(RectificationEvent):
    """A talk was held; CK-16 runs."""

    name = "routing.rectification_ordered"


class RectificationExtended(RectificationEvent):
    """U28: once, by fifteen days."""

    name = "routing.rectification_extended"


class RectificationAccepted(RectificationEvent):
    """The proof was accepted; CK-16 is met."""

    name = "routing.rectification_accepted"


class RectificationDueSoon(RectificationEvent):
    """CK-16 passed a `share` of its length, and no proof has been filed (3.6)."""

    name = "routing.rectification_due_soon"

    share: float


class RectificationOverdue(RectificationEvent):
    """CK-16 ran out: what the credit file records."""

    name = "routing.rectification_overdue"
    audience = ("notify", "survey")


class TalkPromptState(PublicState):
    """How many cases of a company in an estate came back within the period (3.6)."""

    company_id: UUID
    estate_id: UUID
    division: str
    reopened: int


class TalkPrompted(Event):
    """The street office is prompted to talk with a company; a person decides.

    Nobody listens yet.
    """

    name = "routing.talk_prompted"
    audience = ("notify",)  # its words above are part of a published schema

    prompt: TalkPromptState

    @property
    def about(self) -> PublicState:
        return self.prompt


class MeetingGapState(PublicState):
    """A cycle of the three-level meetings (三级会商) of which there is no record.

    `level` is COMMUNITY, STREET or CITY, `cycle` WEEK, MONTH or QUARTER; both days are included.
    """

    level: str
    cycle: str
    division: str
    convenor_id: UUID
    superior_id: UUID | None
    first_day: date
    last_day: date


class MeetingMissing(Event):
    """D07, D08, D09: the cycle is over and nobody has recorded its meeting (N17)."""

    name = "routing.meeting_missing"
    audience = ("notify",)

    gap: MeetingGapState

    @property
    def about(self) -> PublicState:
        return self.gap


class LowScoreTalkState(PublicState):
    """The low results that call for a talk (E07), newest last; `survey_id` gave the newest."""

    company_id: UUID
    estate_id: UUID
    division: str
    survey_id: UUID
    scores: tuple[Decimal, ...]


class LowScoreTalkPrompted(Event):
    """The street is to talk with a company and to set it a date; a person does so (E07).

    Nobody listens yet.
    """

    name = "routing.low_score_talk_prompted"
    audience = ("notify",)  # its words above are part of a published schema

    prompt: LowScoreTalkState

    @property
    def about(self) -> PublicState:
        return self.prompt
