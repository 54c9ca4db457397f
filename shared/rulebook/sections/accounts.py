"""Owners' accounts: codes by text message, the privacy notice, guardians, invitations home."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, model_validator

from shared.rulebook.section import Section

LEAST_CHOICES = 2**20


class CodesPerAddress(Section):
    """So many codes asked for from one network address within so many minutes."""

    times: int = Field(ge=1)
    within_minutes: int = Field(ge=1)

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.within_minutes)


class SmsCodes(Section):
    """One-time codes by text message (P29): hard to guess, and no way to spend our money.

    `daily_budget` are the messages of a day, to everybody together.
    """

    digits: int
    valid_minutes: int = Field(ge=1, le=10)
    guesses_at_most: int = Field(ge=1, le=5)
    seconds_between: int = Field(ge=60)
    per_hour: int = Field(ge=1, le=5)
    per_day: int = Field(ge=1, le=10)
    per_address: CodesPerAddress
    daily_budget: int = Field(ge=1)

    @model_validator(mode="after")
    def are_hard_to_guess(self) -> SmsCodes:
        if 10**self.digits < LEAST_CHOICES:
            raise ValueError("a code has at least twenty bits")
        return self

    @property
    def lifetime(self) -> timedelta:
        return timedelta(minutes=self.valid_minutes)


class Paragraph(Section):
    heading: str
    text: str


class PrivacyNotice(Section):
    """What people agree to; its version is `privacy.notice_version`."""

    title: str
    paragraphs: tuple[Paragraph, ...] = Field(min_length=1)


class Accounts(Section):
    """`adult_age` in years; `phone_data_minutes` is how old WeChat's encrypted number may be."""

    adult_age: int = Field(ge=1)
    phone_data_minutes: int = Field(ge=1)


class HomeInvitations(Section):
    """A verified owner lets family and tenants in (A04). `open_at_most` wait for one home."""

    relations: tuple[str, ...]
    valid_hours: int = Field(ge=1)
    open_at_most: int = Field(ge=1)
    guesses_at_most: int = Field(ge=1)
    guesses_within_minutes: int = Field(ge=1)

    @property
    def lifetime(self) -> timedelta:
        return timedelta(hours=self.valid_hours)
