"""When a grade may change, and in which direction (T09, T30, lifecycle 3.4)."""

from __future__ import annotations

from shared.contracts.vocabulary import Grade
from shared.errors import Conflict, Forbidden, Invalid

RANK = {Grade.SMALL: 0, Grade.MEDIUM: 1, Grade.MAJOR: 2}


class GradeMissing(Conflict):
    """A grade must be set before the case is dispatched."""

    code = "GRADE_MISSING"
    chinese = "派单前须先确定分级。"


class NothingToRegrade(Invalid):
    """Category and grade are already so."""

    code = "NOTHING_TO_REGRADE"
    chinese = "类别与分级均未变化。"


class EmergencyKeepsItsGrade(Conflict):
    """An emergency is not downgraded while the danger exists."""

    code = "EMERGENCY_KEEPS_ITS_GRADE"
    chinese = "险情未消除前，紧急案件不得降级。"


class DowngradeNeedsCentre(Forbidden):
    """Only the county centre downgrades a major matter."""

    code = "DOWNGRADE_NEEDS_CENTRE"
    chinese = "大事降级须由县级综治中心决定。"


def is_raise(old: Grade | None, new: Grade) -> bool:
    return old is None or RANK[new] > RANK[old]


def is_lowering(old: Grade | None, new: Grade) -> bool:
    return old is not None and RANK[new] < RANK[old]


def refuse_lowering(
    old: Grade | None, new: Grade, *, emergency: bool, by_county_centre: bool
) -> None:
    """Raises EmergencyKeepsItsGrade or DowngradeNeedsCentre."""
    if not is_lowering(old, new):
        return
    if emergency:
        raise EmergencyKeepsItsGrade
    if old is Grade.MAJOR and not by_county_centre:
        raise DowngradeNeedsCentre
