"""The doors beside the mini-program: how often we ask and answer, how much a sheet may hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field, field_validator

from shared.rulebook.section import Section

Minutes = Annotated[int, Field(ge=1)]


class Doors(Section):
    """The hotline (B03, X44) and letters on a sheet.

    `reply_waits_minutes` are the waits after the first, second … attempt at a reply; the last one
    is repeated until the hotline has taken it. `papers_kept_days` is how long what lies beside the
    complaints is kept: replies taken, corrections, refused orders, sheets.
    """

    hotline_pull_seconds: int = Field(ge=1)
    hotline_pull_at_most: int = Field(ge=1)
    reply_waits_minutes: tuple[Minutes, ...] = Field(min_length=1)
    papers_kept_days: int = Field(ge=1)
    letters_rows_at_most: int = Field(ge=1)
    letters_preview_hours: int = Field(ge=1)

    @field_validator("reply_waits_minutes")
    @classmethod
    def waits_do_not_shrink(cls, waits: tuple[int, ...]) -> tuple[int, ...]:
        if list(waits) != sorted(waits):
            raise ValueError("the waits between attempts do not shrink")
        return waits

    @property
    def hotline_pull(self) -> timedelta:
        return timedelta(seconds=self.hotline_pull_seconds)

    @property
    def reply_waits(self) -> tuple[timedelta, ...]:
        return tuple(timedelta(minutes=each) for each in self.reply_waits_minutes)

    @property
    def papers_kept(self) -> timedelta:
        return timedelta(days=self.papers_kept_days)

    @property
    def letters_preview(self) -> timedelta:
        return timedelta(hours=self.letters_preview_hours)
