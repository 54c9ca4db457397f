"""The panel that rates the owners' committee: four parts, led by the street (E13, A13)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from services.survey.ratings.domain.kinds import Part
from shared.counting import civil_days_end
from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook.sections.ratings import Ratings as Rules


class PanelIncomplete(Conflict):
    """Somebody of each of the four parts must have taken a seat before the panel begins (E13)."""

    code = "PANEL_INCOMPLETE"
    chinese = "评议小组须由街道、社区党组织、党员代表、业主代表四方组成，缺一不可。"


class MemberUnfit(Invalid):
    """In this part sit representatives of this estate, or in the other parts members of staff."""

    code = "PANEL_MEMBER_UNFIT"
    chinese = "评议小组成员与所属一方不符。"


class MemberNamed(Conflict):
    """This person is named for the panel already."""

    code = "PANEL_MEMBER_NAMED"
    chinese = "该人员已列入评议小组。"


class NotOnPanel(Forbidden):
    """You have no seat on this panel."""

    code = "NOT_ON_PANEL"
    chinese = "您不是该评议小组的成员。"


class SeatNotYours(Forbidden):
    """The seat is for a street officer of the leading office, or for staff of the community's
    grids, each for this place.
    """

    code = "PANEL_SEAT_NOT_YOURS"
    chinese = "您的岗位或辖区与该席位不符。"


class StakeInCommittee(Forbidden):
    """Who sits on the owners' committee, lives in the estate as a member of staff, or has a stake
    in its company does not judge the committee (A13).
    """

    code = "STAKE_IN_COMMITTEE"
    chinese = "业主委员会成员及其他有利害关系的人员不得参加评议。"


class PanelStillMarking(Conflict):
    """Not all who sit on the panel have given their marks, and there is time left."""

    code = "PANEL_STILL_MARKING"
    chinese = "评议小组成员尚未全部评分，且评分期限未到。"


@dataclass(frozen=True)
class Seat:
    part: Part
    taken: bool
    marked: bool


def refuse_incomplete(seats: Iterable[Seat], rules: Rules) -> None:
    """Raises PanelIncomplete, which names the parts that are missing."""
    missing = set(rules.committee_panel) - {each.part for each in seats if each.taken}
    if missing:
        raise PanelIncomplete(missing=sorted(missing))


def refuse_declared_stake(*, without_stake: bool) -> None:
    """Raises StakeInCommittee: who sits on the committee is known to nobody but the person."""
    if not without_stake:
        raise StakeInCommittee


def marks_until(opened_at: datetime, rules: Rules) -> datetime:
    """24:00 of the last day; the day of the opening does not count (0.2.3)."""
    return civil_days_end(opened_at, rules.committee_marking_days)


def refuse_early_count(seats: Collection[Seat], until: datetime, now: datetime) -> None:
    """Whoever closes cannot leave out those whose marks are not liked. Raises PanelStillMarking."""
    waiting = any(each.taken and not each.marked for each in seats)
    if waiting and now <= until:
        raise PanelStillMarking(until=until.isoformat())
