"""Phone tasks: what to say to whom, the number on request, and what came of the call."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.notify.copies.contacts import ContactLock
from services.notify.copies.tables import OwnerCopy
from services.notify.deed import DeedDep
from services.notify.phoning.commands.calling import note_call, reveal_number
from services.notify.phoning.domain.lifecycle import TaskState
from services.notify.phoning.guards import CallerDep, TaskToCallFor
from services.notify.phoning.queries import Line, page_of_tasks
from services.notify.phoning.schemas import CallIn, NumberOut, PhoneTaskOut, PhoneTaskState
from shared.privacy import FieldCipher
from shared.privacy.masking import mask_phone
from shared.web.dependencies import CurrentRuntime, SessionDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/phone-tasks", tags=["phone tasks"])


@router.get("")
async def phone_tasks(
    actor: CallerDep,
    session: SessionDep,
    runtime: CurrentRuntime,
    paging: Paging,
    state: TaskState | None = None,
) -> Page[PhoneTaskOut]:
    """Of the own place, newest first; without a state those that wait for a call."""
    lines = await page_of_tasks(session, actor, state, paging)
    shown, following = paging.cut(lines, lambda line: (line[0].id,))
    return Page(items=[_out(runtime.cipher, line) for line in shown], next=following)


@router.post("/{task_id}/number")
async def show_number(known: TaskToCallFor, deed: DeedDep) -> NumberOut:
    """The whole number, to call now; that it was looked at is written down."""
    return NumberOut(number=await reveal_number(deed, known))


@router.post("/{task_id}/outcome", status_code=201, response_model=PhoneTaskState)
async def record_call(known: TaskToCallFor, body: CallIn, deed: DeedDep, once: OnceDep) -> Response:
    """After three calls in vain, or with a wrong number, the task goes to the centre."""

    async def noted() -> PhoneTaskState:
        await note_call(deed, known, body.outcome, body.note)
        return PhoneTaskState.model_validate(known.task)

    return await once.run(noted)


def _out(cipher: FieldCipher, line: Line) -> PhoneTaskOut:
    task, message, owner = line
    return PhoneTaskOut(
        **PhoneTaskState.model_validate(task).model_dump(),
        case_id=task.case_id,
        opened_at=task.opened_at,
        notification=message.notification,
        text=message.body,
        masked_number=_masked(cipher, owner),
        read_at=message.read_at,
    )


def _masked(cipher: FieldCipher, owner: OwnerCopy | None) -> str | None:
    if owner is None or not owner.active or owner.mobile is None:
        return None
    number = ContactLock(cipher, OwnerCopy.__tablename__).open_(owner.id, None, owner.mobile).mobile
    return mask_phone(number) if number else None
