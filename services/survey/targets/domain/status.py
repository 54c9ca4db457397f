"""Where a target stands: a figure is rounded once, half up, and then compared (C05, C06, D15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import ge, le

from shared.rulebook.sections.governance import Target


class TargetStatus(StrEnum):
    MET = "MET"  # 已达标
    NOT_MET = "NOT_MET"  # 未达标: the due date is not over
    OVERDUE = "OVERDUE"  # 逾期未达标
    NO_FIGURE = "NO_FIGURE"  # 暂无数据: nothing to divide by, or counted by nobody here


COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {">=": ge, "<=": le}


def status_of(target: Target, percent: Decimal | None, today: date) -> TargetStatus:
    """`percent` is the rounded figure; the due date itself is still on time."""
    if percent is None:
        return TargetStatus.NO_FIGURE
    if COMPARED[target.comparator](percent, target.percent):
        return TargetStatus.MET
    return TargetStatus.OVERDUE if today > target.due else TargetStatus.NOT_MET
