"""Work in the field: what an app may bring, and how far its clock may be out."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from shared.rulebook.section import Section


class FieldWork(Section):
    """The grid worker's app (A02, A05): limits of what is made offline and sent later."""

    clock_skew_minutes: int = Field(ge=0)
    operations_at_most: int = Field(ge=1)
    photo_kilobytes_at_most: int = Field(ge=1)

    @property
    def clock_skew(self) -> timedelta:
        return timedelta(minutes=self.clock_skew_minutes)

    @property
    def photo_bytes_at_most(self) -> int:
        return self.photo_kilobytes_at_most * 1024
