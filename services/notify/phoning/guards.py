"""Loading phone tasks for those who may call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.notify.copies.tables import CaseCopy
from services.notify.messages.domain.policies import OVERSEERS
from services.notify.phoning.domain.policies import may_see
from services.notify.phoning.tables import PhoneTask
from shared.errors import Forbidden, NotFound
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, SessionDep


class PhoneTasksForCallersOnly(Forbidden):
    """Only the grid, the community and the governance centre have phone tasks."""

    code = "PHONE_TASKS_FOR_CALLERS_ONLY"
    chinese = "只有网格、社区和综治中心有电话任务。"


class PhoneTaskNotFound(NotFound):
    """There is no such phone task, or you may not see it."""

    code = "PHONE_TASK_NOT_FOUND"
    chinese = "没有这项电话任务，或您无权查看。"


class NoNumber(NotFound):
    """No telephone number of this person is known here."""

    code = "NO_NUMBER_KNOWN"
    chinese = "没有该当事人的电话号码，请上门告知。"


@dataclass(frozen=True)
class KnownTask:
    """A task and the case it belongs to."""

    task: PhoneTask
    case: CaseCopy


def caller(actor: CurrentActor) -> Actor:
    if actor.end not in OVERSEERS:
        raise PhoneTasksForCallersOnly
    return actor


CallerDep = Annotated[Actor, Depends(caller)]


async def task_to_call_for(task_id: UUID, actor: CallerDep, session: SessionDep) -> KnownTask:
    """Raises PhoneTaskNotFound."""
    task = await session.get(PhoneTask, task_id, with_for_update=True)
    case = await session.get(CaseCopy, task.case_id) if task else None
    if task is None or case is None or not may_see(actor, case):
        raise PhoneTaskNotFound
    return KnownTask(task, case)


TaskToCallFor = Annotated[KnownTask, Depends(task_to_call_for)]
