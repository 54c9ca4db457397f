"""How owners are asked what became of their complaint, and called when they do not answer."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from shared.rulebook.section import Section
from shared.rulebook.sections.notices import QuietHours
from shared.rulebook.vocabulary import Grade


class AnswerReason(Section):
    """Why somebody is not content; `words_needed` where the code alone says nothing."""

    code: str
    chinese: str
    words_needed: bool = False


class ReturnVisits(Section):
    """Reasons of a bad answer, and the telephone calls of CK-14 (X33, X34).

    A claimed call is the caller's for `claim_minutes`; cases of `centre_calls_grades` are called
    about by the centre, all others by the grid first.
    """

    reasons: tuple[AnswerReason, ...] = Field(min_length=1)
    attempts_per_day: int = Field(ge=1)
    claim_minutes: int = Field(ge=1)
    centre_calls_grades: tuple[Grade, ...]
    quiet_hours: QuietHours

    @property
    def claim_lasts(self) -> timedelta:
        return timedelta(minutes=self.claim_minutes)

    def reason(self, code: str) -> AnswerReason | None:
        return next((each for each in self.reasons if each.code == code), None)
