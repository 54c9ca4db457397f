"""A day of visits made without a network: each applied once, none lost for another's sake.

This is the edge of its request: every visit has a transaction of its own, so that what was applied
stays applied when the connection ends in the middle of the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from structlog import get_logger

from services.survey.deed import Deed
from services.survey.surveys.commands.visiting import take_visit
from services.survey.surveys.visit_schemas import Receipt, VisitIn, VisitResult
from shared.database import database_is_away
from shared.errors import DomainError, NotFound, TooLarge, Unavailable
from shared.identity import Actor
from shared.runtime import Runtime
from shared.web.problems import InternalFailure, fields_error, members_of

# a closed survey takes nothing any more; what is not there yet may still arrive
LATER_PERHAPS = (NotFound, Unavailable, InternalFailure)

logger = get_logger(__name__)


class BatchTooLarge(TooLarge):
    """So many operations are not taken at once; send them in several batches."""

    code = "BATCH_TOO_LARGE"
    chinese = "一次提交的操作过多，请分批上传。"


async def take_visits(runtime: Runtime, actor: Actor, batch: Sequence[Any]) -> list[Receipt]:
    """Receipts in the order of the batch. Raises BatchTooLarge."""
    rules = runtime.rulebooks.in_force_at(runtime.clock.now()).field_work
    if len(batch) > rules.operations_at_most:
        raise BatchTooLarge(operations_at_most=rules.operations_at_most)
    return [await _taken(runtime, actor, raw) for raw in batch]


async def _taken(runtime: Runtime, actor: Actor, raw: Any) -> Receipt:
    try:
        visit = VisitIn.model_validate(raw)
    except ValidationError as failure:
        return _refused(_id_of(raw), fields_error(failure.errors()))
    try:
        async with runtime.database.transaction() as session:
            return await take_visit(Deed(session, runtime, actor, runtime.clock.now()), visit)
    except DomainError as refusal:
        return _refused(visit.id, refusal)
    except Exception as failure:  # house: edge — one bad visit must not keep out the others
        if database_is_away(failure):
            raise
        logger.error("visit_failed", exc_info=failure)
        return _refused(visit.id, InternalFailure())


def _refused(id: UUID | None, refusal: DomainError) -> Receipt:
    return Receipt(
        id=id,
        result=VisitResult.REFUSED,
        problem=members_of(refusal),
        send_again=isinstance(refusal, LATER_PERHAPS),
    )


def _id_of(raw: Any) -> UUID | None:
    try:
        return UUID(raw["id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
