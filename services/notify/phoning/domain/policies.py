"""Who calls: the grid of the case, then the centre; of a confidential case the centre alone."""

from __future__ import annotations

from services.notify.copies.tables import CaseCopy
from services.notify.messages.domain.policies import may_oversee, may_see_owners
from services.notify.phoning.domain.lifecycle import WORKED_ON, PhoneTaskDone, TaskState
from shared.errors import Forbidden
from shared.identity import Actor, End


class PhoneTaskIsTheDesks(Forbidden):
    """This task has gone to the governance centre."""

    code = "PHONE_TASK_IS_THE_DESKS"
    chinese = "该电话任务已转综治中心处理。"


def may_see(actor: Actor, case: CaseCopy) -> bool:
    """A13, X16: nobody with an interest in the company, and no reporter who wants to be hidden."""
    return may_oversee(actor, case) and may_see_owners(actor, case)


def refuse_to_call(actor: Actor, state: TaskState) -> None:
    """What came to the desk is the desk's. Raises PhoneTaskDone or PhoneTaskIsTheDesks."""
    if state not in WORKED_ON:
        raise PhoneTaskDone
    if state is TaskState.AT_DESK and actor.end is not End.CENTRE:
        raise PhoneTaskIsTheDesks
