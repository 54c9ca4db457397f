"""What came of a visit at the door, and what it means for the coverage (E03, U22)."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    ANSWERED = "ANSWERED"
    DECLINED = "DECLINED"
    NOBODY_HOME = "NOBODY_HOME"

    @property
    def reaches(self) -> bool:
        """Answered or expressly declined is a contact; nobody at home never is."""
        return self is not Outcome.NOBODY_HOME


class HouseholdStatus(StrEnum):
    """What the worker's list shows of a household; nothing of what was answered."""

    TO_VISIT = "TO_VISIT"
    CONTACTED = "CONTACTED"
    NOT_REACHED = "NOT_REACHED"


def status_of(*, contacted: bool, tries: int, tries_at_most: int) -> HouseholdStatus:
    """After so many tries nobody need go again; a contact made later still counts."""
    if contacted:
        return HouseholdStatus.CONTACTED
    return HouseholdStatus.NOT_REACHED if tries >= tries_at_most else HouseholdStatus.TO_VISIT
