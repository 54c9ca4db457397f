"""What is made public, and by which row of the letter."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from shared.rulebook import Rulebook


class NoticeKind(StrEnum):
    SURVEY_RESULT = "SURVEY_RESULT"  # E05
    BULLETIN = "BULLETIN"  # D10
    QUALITY_REPORT = "QUALITY_REPORT"  # E23
    OTHER = "OTHER"


class Channel(StrEnum):
    """Where a notice is posted; MINI_PROGRAM is noted by the system itself."""

    MINI_PROGRAM = "MINI_PROGRAM"
    NOTICE_BOARD = "NOTICE_BOARD"
    OWNERS_GROUP = "OWNERS_GROUP"
    WEBSITE = "WEBSITE"


def demanded(kind: str, book: Rulebook) -> Sequence[str]:
    """The channels that must be among those of the day: for a survey those the letter names."""
    return book.survey.publication_channels if kind == NoticeKind.SURVEY_RESULT else ()
