"""A measure (防控措施) is open until somebody notes what proves that it was carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from shared.errors import Conflict, Invalid


class MeasureStatus(StrEnum):
    OPEN = "OPEN"  # 落实中
    DONE = "DONE"  # 已落实


class MeasureAction(StrEnum):
    COMPLETE = "COMPLETE"


TRANSITIONS: Mapping[MeasureStatus, Mapping[MeasureAction, MeasureStatus]] = {
    MeasureStatus.OPEN: {MeasureAction.COMPLETE: MeasureStatus.DONE},
    MeasureStatus.DONE: {},
}


class MeasureDone(Conflict):
    """The measure was carried out."""

    code = "MEASURE_DONE"
    chinese = "该措施已落实，不能再修改。"


class DueInThePast(Invalid):
    """A measure is due today or later."""

    code = "DUE_IN_THE_PAST"
    chinese = "完成期限不能早于今天。"


class OwnerUnknown(Invalid):
    """The organisation that is to see to it is not known, or no longer active."""

    code = "MEASURE_OWNER_UNKNOWN"
    chinese = "责任单位不存在或已停用。"


class MeasureWithoutOwnerYet(Conflict):
    """Name who sees to the measure before it is noted as carried out."""

    code = "MEASURE_NOT_ASSIGNED"
    chinese = "请先明确责任单位和责任人，再登记落实情况。"


def advance(state: MeasureStatus, action: MeasureAction) -> MeasureStatus:
    """Raises MeasureDone."""
    following = TRANSITIONS[MeasureStatus(state)].get(action)
    if following is None:
        raise MeasureDone
    return following


def refuse_past(due_on: date, today: date) -> None:
    """Raises DueInThePast."""
    if due_on < today:
        raise DueInThePast


def refuse_unknown_owner(*, named: bool, active: bool) -> None:
    """It may be named later. Raises OwnerUnknown."""
    if named and not active:
        raise OwnerUnknown


def refuse_done(state: MeasureStatus) -> None:
    """Raises MeasureDone."""
    if state == MeasureStatus.DONE:
        raise MeasureDone


def is_overdue(state: MeasureStatus, due_on: date, today: date) -> bool:
    return state == MeasureStatus.OPEN and today > due_on
