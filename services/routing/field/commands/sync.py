"""A batch of operations made offline: each applied once, none lost for the sake of another.

This is the edge of its request: every operation has a transaction of its own, so that what was
applied stays applied when the connection, or the process, ends in the middle of the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from structlog import get_logger

from services.routing.cases.domain.lifecycle import TERMINAL
from services.routing.cases.schemas import CaseSummary
from services.routing.cases.views import summary_of
from services.routing.field.commands.perform import perform
from services.routing.field.domain.conflicts import CaseChanged
from services.routing.field.domain.operations import in_order, refuse_future
from services.routing.field.schemas import AnswerOut, ChangeOut, Outcome
from services.routing.field.slips import Slip, Unreadable, read
from services.routing.occasion import Occasion
from shared.database import database_is_away
from shared.errors import Conflict, DomainError, Invalid, NotFound, TooLarge, Unavailable
from shared.identity import Actor
from shared.runtime import Runtime
from shared.web.problems import InternalFailure, members_of

INSERT = text("""
    INSERT INTO field_operation (actor_id, id, kind, fingerprint, made_at, received_at)
    VALUES (:actor_id, :id, :kind, :fingerprint, :made_at, :received_at)
    ON CONFLICT DO NOTHING
""")
SELECT = text("""
    SELECT fingerprint, answer FROM field_operation WHERE actor_id = :actor_id AND id = :id
""")
STORE = text("""
    UPDATE field_operation SET case_id = :case_id, answer = :answer
     WHERE actor_id = :actor_id AND id = :id
""")
SHOWN = ("case", "changes")  # have a place of their own in the answer
LATER_PERHAPS = (NotFound, Conflict, Unavailable, InternalFailure)

logger = get_logger(__name__)


class BatchTooLarge(TooLarge):
    """So many operations are not taken at once; send them in several batches."""

    code = "BATCH_TOO_LARGE"
    chinese = "一次提交的操作过多，请分批上传。"


class OperationIdReused(Invalid):
    """You have sent an operation with another content under this id."""

    code = "OPERATION_ID_REUSED"
    chinese = "该操作编号已用于内容不同的操作。"


class ComesAfterAnother(Conflict):
    """The operation that this one follows has not been applied yet; send it first."""

    code = "COMES_AFTER_ANOTHER"
    chinese = "须先提交在此之前的操作。"


async def sync(runtime: Runtime, actor: Actor, batch: Sequence[Any]) -> list[AnswerOut]:
    """Answers in the order of the batch. Raises BatchTooLarge."""
    rules = runtime.rulebooks.in_force_at(runtime.clock.now()).field_work
    if len(batch) > rules.operations_at_most:
        raise BatchTooLarge(operations_at_most=rules.operations_at_most)
    sent = [read(position, raw) for position, raw in enumerate(batch)]
    answers = {
        each.position: _refused(each.id, each.error)
        for each in sent
        if isinstance(each, Unreadable)
    }
    for slip in in_order(each for each in sent if isinstance(each, Slip)):
        answers[slip.position] = await _taken(runtime, actor, slip)
    return [answer for _, answer in sorted(answers.items())]


async def _taken(runtime: Runtime, actor: Actor, slip: Slip) -> AnswerOut:
    try:
        async with runtime.database.transaction() as session:
            now = runtime.clock.now()
            on = Occasion(runtime, session, actor, now, happened_at=slip.made_at)
            return await _once(on, slip)
    except CaseChanged as changed:
        return _conflicting(slip.id, changed)
    except DomainError as refusal:
        return _refused(slip.id, refusal)
    except Exception as failure:  # house: edge — one bad operation must not keep out the others
        if database_is_away(failure):
            raise
        logger.error("operation_failed", kind=slip.kind, exc_info=failure)
        return _refused(slip.id, InternalFailure())


async def _once(on: Occasion, slip: Slip) -> AnswerOut:
    """Whoever sends the same at the same time waits for the row, then gets its answer."""
    row = {"actor_id": on.actor.id, "id": slip.id}
    facts = {"kind": slip.kind, "fingerprint": slip.fingerprint}
    times = {"made_at": slip.made_at, "received_at": on.now}
    inserted = await on.session.execute(INSERT, row | facts | times)
    if inserted.rowcount == 0:  # type: ignore[attr-defined]
        return await _again(on, slip, row)
    rules = on.runtime.rulebooks.in_force_at(on.now).field_work
    refuse_future(slip.made_at, on.now, rules.clock_skew)
    await _refuse_before(on, slip.operation.after)
    file = await perform(on, slip.operation)
    answer = AnswerOut(id=slip.id, outcome=Outcome.APPLIED, case=summary_of(on, file))
    stored = {"case_id": file.case.id, "answer": answer.model_dump_json()}
    await on.session.execute(STORE, row | stored)
    return answer


async def _refuse_before(on: Occasion, earlier: UUID | None) -> None:
    if earlier is None:
        return
    known = await on.session.execute(SELECT, {"actor_id": on.actor.id, "id": earlier})
    if known.one_or_none() is None:
        raise ComesAfterAnother(after=str(earlier))


async def _again(on: Occasion, slip: Slip, row: dict[str, Any]) -> AnswerOut:
    known = (await on.session.execute(SELECT, row)).one()
    if known.fingerprint != slip.fingerprint:
        raise OperationIdReused
    answer = AnswerOut.model_validate_json(known.answer)
    return answer.model_copy(update={"outcome": Outcome.ALREADY_APPLIED})


def _conflicting(id: UUID, changed: CaseChanged) -> AnswerOut:
    told = {name: value for name, value in members_of(changed).items() if name not in SHOWN}
    return AnswerOut(
        id=id,
        outcome=Outcome.CONFLICT,
        case=CaseSummary.model_validate(changed.details["case"]),
        changes=[ChangeOut.model_validate(each) for each in changed.details["changes"]],
        problem=told,
    )


def _refused(id: UUID | None, refusal: DomainError) -> AnswerOut:
    return AnswerOut(
        id=id,
        outcome=Outcome.REFUSED,
        problem=members_of(refusal),
        send_again=_is_for_later(refusal),
    )


def _is_for_later(refusal: DomainError) -> bool:
    """A case that has ended takes nothing any more: that the worker must hear."""
    return isinstance(refusal, LATER_PERHAPS) and refusal.details.get("state") not in TERMINAL
