"""T05, T04: the complaint is not accepted; its reporter learns why, and where to turn to."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.acceptance.domain.lifecycle import PendingAction
from services.routing.acceptance.recording import ROWS, decide
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.refusal import hint_for
from services.routing.occasion import Occasion
from shared import clocks
from shared.contracts.routing import ComplaintRefused, ComplaintRefusedByDesk, RefusedComplaint
from shared.contracts.vocabulary import RefusalReason
from shared.errors import Invalid
from shared.rulebook import ClockKind


class HandOverIsForPolice(Invalid):
    """Only a police matter is handed over to 110."""

    code = "HAND_OVER_IS_FOR_POLICE"
    chinese = "只有警务类事项需填写移交公安的接警编号。"


@dataclass(frozen=True)
class Refusal:
    """`handed_over` is the number under which the police took the matter over."""

    reason: RefusalReason
    words: str
    handed_over: str | None = None


async def refuse(on: Occasion, pending: PendingComplaint, refusal: Refusal) -> None:
    """T05 by a person. Raises HandOverIsForPolice or DecisionNotPossible."""
    if refusal.handed_over and refusal.reason is not RefusalReason.POLICE:
        raise HandOverIsForPolice
    facts = {"reason": refusal.reason, "handed_over": refusal.handed_over is not None}
    decide(on, pending, PendingAction.REFUSE, **facts)
    pending.words = on.conceal(refusal.words, ROWS, pending.complaint_id)
    pending.handed_over = refusal.handed_over and on.conceal(
        refusal.handed_over, ROWS, pending.complaint_id, "handed_over"
    )
    await _end_clocks(on, pending)
    subject = f"{pending.complaint_id}/refusal"
    words = on.runtime.sealer.seal(refusal.words, audience="intake", subject=subject)
    refused = _refused(on, pending, refusal.reason)
    on.publish(ComplaintRefusedByDesk(complaint=refused, words=words))


async def refuse_by_rule(on: Occasion, pending: PendingComplaint) -> None:
    """T05: what was supplied shows that it is certainly for the police (B02)."""
    decide(on, pending, PendingAction.REFUSE, reason=RefusalReason.POLICE)
    await _end_clocks(on, pending)
    on.publish(ComplaintRefused(complaint=_refused(on, pending, RefusalReason.POLICE)))


async def expire(on: Occasion, pending: PendingComplaint) -> None:
    """T04: nothing was supplied, and nobody can begin without it."""
    decide(on, pending, PendingAction.EXPIRE, reason=RefusalReason.NO_INFO)
    kinds = (ClockKind.ACCEPT, ClockKind.SUPPLEMENT)
    await clocks.stop(on.session, pending.complaint_id, *kinds, at=on.now)
    on.publish(ComplaintRefused(complaint=_refused(on, pending, RefusalReason.NO_INFO)))


async def _end_clocks(on: Occasion, pending: PendingComplaint) -> None:
    await clocks.meet(on.session, pending.complaint_id, ClockKind.ACCEPT, at=on.now)
    await clocks.stop(on.session, pending.complaint_id, ClockKind.SUPPLEMENT, at=on.now)


def _refused(on: Occasion, pending: PendingComplaint, reason: RefusalReason) -> RefusedComplaint:
    pending.refusal_reason = reason
    hint = hint_for(on.runtime.rulebooks.in_force_at(on.now), reason)
    return RefusedComplaint(
        id=pending.complaint_id, version=pending.version, reason=reason, hint=hint
    )
