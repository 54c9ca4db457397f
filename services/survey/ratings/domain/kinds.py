"""What is rated, by whom, and what speaks for whom (E09, E13, U06)."""

from __future__ import annotations

from enum import StrEnum

from shared.errors import Conflict
from shared.rulebook.sections.ratings import Ratings as Rules


class RatingKind(StrEnum):
    QUARTERLY = "QUARTERLY"  # 季度评议: representatives rate the company (E09)
    COMMITTEE = "COMMITTEE"  # 业委会履职评议: a panel rates the owners' committee (E13)


class Direction(StrEnum):
    """U06: the letter says two-way and describes one way."""

    OF_THE_COMPANY = "OF_THE_COMPANY"
    BY_THE_COMPANY = "BY_THE_COMPANY"


class RepresentativeKind(StrEnum):
    PARTY_REPRESENTATIVE = "PARTY_REPRESENTATIVE"  # 党员代表
    OWNER_REPRESENTATIVE = "OWNER_REPRESENTATIVE"  # 业主代表


class Part(StrEnum):
    """The four sides of the panel (E13)."""

    STREET = "STREET"  # 街道, which leads
    COMMUNITY_PARTY = "COMMUNITY_PARTY"  # 社区党组织
    PARTY_REPRESENTATIVE = "PARTY_REPRESENTATIVE"
    OWNER_REPRESENTATIVE = "OWNER_REPRESENTATIVE"

    @property
    def represented(self) -> RepresentativeKind | None:
        """Which representatives sit in this part; None where staff do."""
        return REPRESENTED.get(self)


REPRESENTED = {
    Part.PARTY_REPRESENTATIVE: RepresentativeKind.PARTY_REPRESENTATIVE,
    Part.OWNER_REPRESENTATIVE: RepresentativeKind.OWNER_REPRESENTATIVE,
}


class ReverseRatingOff(Conflict):
    """A company does not rate the owners' committee: this direction is switched off (U06)."""

    code = "REVERSE_RATING_OFF"
    chinese = "物业服务企业评议业主委员会的功能未启用。"


def refuse_reverse(direction: Direction, rules: Rules) -> None:
    """Raises ReverseRatingOff."""
    if direction is Direction.BY_THE_COMPANY and not rules.bidirectional:
        raise ReverseRatingOff
