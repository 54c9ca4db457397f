"""The states of a phone task: three calls by the grid, then the desk (N07)."""

from __future__ import annotations

from enum import StrEnum

from shared.errors import Conflict


class TaskState(StrEnum):
    OPEN = "OPEN"  # the grid worker's
    AT_DESK = "AT_DESK"  # the centre's: called in vain, or the number is wrong
    REACHED = "REACHED"
    UNREACHED = "UNREACHED"  # the centre has tried as well


class CallOutcome(StrEnum):
    REACHED = "REACHED"
    NOT_REACHED = "NOT_REACHED"
    NUMBER_WRONG = "NUMBER_WRONG"


WORKED_ON = frozenset({TaskState.OPEN, TaskState.AT_DESK})


class PhoneTaskDone(Conflict):
    """This phone task needs no further call."""

    code = "PHONE_TASK_DONE"
    chinese = "该电话任务已办结。"


def advance(state: TaskState, outcome: CallOutcome, calls: int, at_most: int) -> TaskState:
    """`calls` counts this one. Raises PhoneTaskDone."""
    if state not in WORKED_ON:
        raise PhoneTaskDone
    if outcome is CallOutcome.REACHED:
        return TaskState.REACHED
    if state is TaskState.AT_DESK:
        return TaskState.UNREACHED
    in_vain = outcome is CallOutcome.NUMBER_WRONG or calls >= at_most
    return TaskState.AT_DESK if in_vain else TaskState.OPEN
