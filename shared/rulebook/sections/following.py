"""After and beside filing: drafts, likeness, look-ups, flags and the ledger (X08, X15, B15)."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from shared.rulebook.section import Section


class Drafts(Section):
    """Unsent complaints: how many one account keeps, and how long."""

    at_most: int = Field(ge=1)
    kept_days: int = Field(ge=1)

    @property
    def kept(self) -> timedelta:
        return timedelta(days=self.kept_days)


class Similar(Section):
    """What is offered to be joined before filing (X09): open, of so many days, alike from a score.

    The score lies between 0 and 1 and is the sum of three shares: `wording`, `category` (the same)
    and `building` (the same).
    """

    within_days: int = Field(ge=1)
    looked_at_most: int = Field(ge=1)
    shown_at_most: int = Field(ge=1)
    wording: float = Field(ge=0, le=1)
    category: float = Field(ge=0, le=1)
    building: float = Field(ge=0, le=1)
    shown_from: float = Field(gt=0, le=1)

    @property
    def within(self) -> timedelta:
        return timedelta(days=self.within_days)


class LookUps(Section):
    """How often one number, and one network address, may be tried (X15)."""

    of_number: int = Field(ge=1)
    from_address: int = Field(ge=1)
    within_minutes: int = Field(ge=1)

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.within_minutes)


class Vexatious(Section):
    """When an account is shown to a person: so many near-identical complaints, so many refused as
    abusive, each within so many days. Nothing is refused for it.
    """

    alike_from: float = Field(gt=0, le=1)
    alike_times: int = Field(ge=2)
    abusive_times: int = Field(ge=1)
    within_days: int = Field(ge=1)
    looked_at_most: int = Field(ge=2)

    @property
    def within(self) -> timedelta:
        return timedelta(days=self.within_days)


class Following(Section):
    drafts: Drafts
    similar: Similar
    look_ups: LookUps
    vexatious: Vexatious
    ledger_lines_at_most: int = Field(ge=1)
    suggested_categories: int = Field(ge=1)
