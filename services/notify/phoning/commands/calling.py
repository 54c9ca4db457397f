"""What came of a call; and the number, which is looked at on record."""

from __future__ import annotations

from services.notify.copies.contacts import ContactLock
from services.notify.copies.tables import OwnerCopy
from services.notify.deed import Deed
from services.notify.messages.tables import Message
from services.notify.phoning.commands.opening import desk_takes_over
from services.notify.phoning.domain.lifecycle import CallOutcome, TaskState, advance
from services.notify.phoning.domain.policies import refuse_to_call
from services.notify.phoning.guards import KnownTask, NoNumber
from services.notify.phoning.tables import PhoneCall
from shared import audit
from shared.ids import new_id

CALLS = "phone_call"


async def note_call(deed: Deed, known: KnownTask, outcome: CallOutcome, note: str | None) -> None:
    """Raises PhoneTaskDone or PhoneTaskIsTheDesks."""
    refuse_to_call(deed.actor, known.task.status)
    task, book = known.task, deed.runtime.rulebooks.in_force_at(deed.at)
    before, at_most = task.status, book.notices.phone_tasks.calls_at_most
    task.state = advance(before, outcome, task.calls + 1, at_most)
    task.calls += 1
    task.done_at = None if task.state in (TaskState.OPEN, TaskState.AT_DESK) else deed.at
    call_id = new_id()
    cipher = deed.runtime.cipher
    hidden = note and cipher.encrypt(note, table=CALLS, row_id=call_id, column="note")
    deed.session.add(
        PhoneCall(
            id=call_id,
            task_id=task.id,
            outcome=outcome,
            note=hidden,
            made_at=deed.at,
            made_by=deed.actor.id,
        )
    )
    _audit(deed, known, "phone_task.called", {"outcome": outcome, "state": task.state})
    if task.state is TaskState.AT_DESK and before is TaskState.OPEN:
        message = await deed.session.get_one(Message, task.message_id)
        await desk_takes_over(deed.session, message, known.case, book, deed.at)


async def reveal_number(deed: Deed, known: KnownTask) -> str:
    """Only while there is somebody to call, and each look is on record.

    Raises PhoneTaskDone, PhoneTaskIsTheDesks or NoNumber.
    """
    refuse_to_call(deed.actor, known.task.status)
    owner = await deed.session.get(OwnerCopy, known.task.owner_id)
    if owner is None or not owner.active or owner.mobile is None:
        raise NoNumber
    _audit(deed, known, "phone_task.number_revealed", {})
    lock = ContactLock(deed.runtime.cipher, OwnerCopy.__tablename__)
    number = lock.open_(owner.id, None, owner.mobile).mobile
    assert number is not None, "it was there"
    return number


def _audit(deed: Deed, known: KnownTask, action: str, details: dict[str, str]) -> None:
    audit.append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="phone_task",
        subject_id=known.task.id,
        at=deed.at,
        details={"case": str(known.case.id), **details},
    )
