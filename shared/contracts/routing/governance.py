"""Talks with companies and what they mend by a date."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
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
    """Nobody listens yet: survey's credit file will."""

    audience = ()

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


class RectificationOverdue(RectificationEvent):
    """CK-16 ran out: what the credit file records."""

    name = "routing.rectification_overdue"


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
    audience = ()

    prompt: TalkPromptState

    @property
    def about(self) -> PublicState:
        return self.prompt


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
    audience = ()

    prompt: LowScoreTalkState

    @property
    def about(self) -> PublicState:
        return self.prompt
