"""Files attached to complaints: how large, how many, and how long they wait."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from shared.rulebook.section import Section

MEGABYTE = 1024 * 1024


class Files(Section):
    """What an account may upload (A04, T01), and for how long what comes of it is kept or shown."""

    image_megabytes_at_most: int = Field(ge=1)
    audio_megabytes_at_most: int = Field(ge=1)
    video_megabytes_at_most: int = Field(ge=1)
    document_megabytes_at_most: int = Field(ge=1)
    whole_megabytes_at_most: int = Field(ge=1)
    part_kilobytes: int = Field(ge=64, le=4096)
    jpeg_megapixels_at_most: int = Field(ge=1)
    picture_megapixels_at_most: int = Field(ge=1)
    files_per_day: int = Field(ge=1)
    megabytes_per_day: int = Field(ge=1)
    unfinished_hours: int = Field(ge=1)
    unattached_hours: int = Field(ge=1)
    address_minutes: int = Field(ge=1, le=60)

    @property
    def part_bytes(self) -> int:
        return self.part_kilobytes * 1024

    @property
    def whole_bytes_at_most(self) -> int:
        return self.whole_megabytes_at_most * MEGABYTE

    @property
    def bytes_per_day(self) -> int:
        return self.megabytes_per_day * MEGABYTE

    @property
    def unfinished_for(self) -> timedelta:
        return timedelta(hours=self.unfinished_hours)

    @property
    def unattached_for(self) -> timedelta:
        return timedelta(hours=self.unattached_hours)

    @property
    def address_lifetime(self) -> timedelta:
        return timedelta(minutes=self.address_minutes)
