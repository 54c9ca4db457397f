"""A call as its caller sees it."""

from __future__ import annotations

from services.survey.calls.commands.numbers import number_of
from services.survey.calls.commands.trying import ATTEMPTS
from services.survey.calls.guards import Subject
from services.survey.calls.queries import attempts_of
from services.survey.calls.schemas import AttemptOut, CallDetailOut, CallOut, Claimed
from services.survey.calls.tables import CallAttempt
from services.survey.deed import Deed
from shared.privacy import mask_phone


def call_out(deed: Deed, subject: Subject, attempts: int) -> CallOut:
    visit, call = subject.visit, subject.call
    holder, number = call.claim.holder(deed.at), number_of(deed, call)
    return CallOut(
        visit_id=visit.id,
        state=visit.state,
        complaint_number=visit.complaint_number,
        case_number=visit.case_number,
        category_name=visit.category_name,
        estate_name=visit.estate_name,
        opened_at=visit.opened_at,
        call_until=call.call_until,
        masked_number=mask_phone(number) if number else None,
        attempts=attempts,
        claimed=_claimed(deed, subject),
        claimed_until=call.claimed_until if holder else None,
        unanswered_because=visit.unanswered_because,
    )


async def whole_call(deed: Deed, subject: Subject) -> CallDetailOut:
    tried = await attempts_of(deed.session, subject.visit.id)
    return CallDetailOut(
        **call_out(deed, subject, len(tried)).model_dump(),
        tried=[_attempt(deed, each) for each in tried],
    )


async def call_state(deed: Deed, subject: Subject) -> CallOut:
    """Without the attempts' words: an answer to a command is stored as it is."""
    tried = await attempts_of(deed.session, subject.visit.id)
    return call_out(deed, subject, len(tried))


def _claimed(deed: Deed, subject: Subject) -> Claimed:
    holder = subject.call.claim.holder(deed.at)
    if holder is None:
        return Claimed.NOBODY
    return Claimed.ME if holder == deed.actor.id else Claimed.SOMEBODY


def _attempt(deed: Deed, row: CallAttempt) -> AttemptOut:
    def opened(column: str) -> str | None:
        kept: str | None = getattr(row, column)
        if kept is None:
            return None
        return deed.runtime.cipher.decrypt(kept, table=ATTEMPTS, row_id=row.id, column=column)

    return AttemptOut(
        id=row.id,
        outcome=row.outcome,
        called_at=row.called_at,
        seconds=row.seconds,
        made_by=row.made_by,
        recording=opened("recording"),
        note=opened("note"),
    )
