"""T02: the reporter is asked for what is missing; CK-00 stands still, CK-13 runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.routing.acceptance.domain.lifecycle import PendingAction
from services.routing.acceptance.recording import ROWS, move
from services.routing.acceptance.tables import PendingComplaint
from services.routing.clocks.calendar import calendar_for
from services.routing.clocks.domain.deadlines import start_of
from services.routing.clocks.starting import clock_start
from services.routing.occasion import Occasion
from shared import clocks
from shared.contracts.routing import InformationRequest, InformationRequested
from shared.errors import Invalid
from shared.rulebook import ClockKind


class MissingItemUnknown(Invalid):
    """The rulebook names no such item; `known` are those it names."""

    code = "MISSING_ITEM_UNKNOWN"
    chinese = "没有这个补正事项。"


@dataclass(frozen=True)
class Question:
    """`missing` are codes of the rulebook; `words` are the desk's own, for the reporter."""

    missing: tuple[str, ...]
    words: str | None = None


async def ask(on: Occasion, pending: PendingComplaint, question: Question) -> None:
    """Raises MissingItemUnknown or DecisionNotPossible."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    known = [item.code for item in rulebook.acceptance.missing_items]
    if not set(question.missing) <= set(known):
        raise MissingItemUnknown(known=known)
    move(on, pending, PendingAction.ASK, missing=list(question.missing))
    pending.missing = list(question.missing)
    pending.words = question.words and on.conceal(question.words, ROWS, pending.complaint_id)
    calendar = await calendar_for(on.session, (ClockKind.SUPPLEMENT,), rulebook)
    start = start_of(ClockKind.SUPPLEMENT, on.now, rulebook, calendar)
    await clocks.pause(on.session, pending.complaint_id, ClockKind.ACCEPT, at=on.now)
    await clocks.start(on.session, clock_start(pending.complaint_id, start))
    tell_request(on, pending, start.due.at, question.words)


def tell_request(
    on: Occasion, pending: PendingComplaint, until: datetime, words: str | None = None
) -> None:
    subject = f"{pending.complaint_id}/request"
    request = InformationRequest(
        id=pending.complaint_id,
        version=pending.version,
        missing=tuple(pending.missing),
        until=until,
    )
    sealed = words and on.runtime.sealer.seal(words, audience="intake", subject=subject)
    on.publish(InformationRequested(request=request, words=sealed or None))
