"""Forgetting a person: the narrative is told anew, what people wrote loses numbers and names."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from services.routing.acceptance.commands.supplement import (
    ComplaintNotYetKnown,
    with_what_was_told_once,
)
from services.routing.acceptance.queries import in_hand, was_screened_out
from services.routing.acceptance.recording import keep_narrative, narrative_of
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.domain.disputing import reworded
from services.routing.cases.submission import (
    disputes_of,
    keep_disputes,
    lock_complaint,
    opened,
    retold,
)
from services.routing.cases.tables import CaseComplaint
from services.routing.field.tables import CaseContact
from services.routing.forgetting.free_texts import hide_in_free_texts
from services.routing.forgetting.messages import Rewording
from services.routing.occasion import Occasion
from services.routing.voices.tables import MergedComplaint
from shared.contracts.intake import ComplaintRedacted
from shared.contracts.narrative import Narrative
from shared.messaging.redacting import redact
from shared.privacy import Hiding
from shared.web.once import forget_answers


async def retell(on: Occasion, event: ComplaintRedacted) -> None:
    """Twice is as once. Raises ComplaintNotYetKnown."""
    complaint_id = event.complaint.id
    told = opened(on, event.narrative, complaint_id)
    names = on.runtime.sealer.open_(event.names, subject=f"{complaint_id}/names")
    hiding = Hiding.heard(names)
    pending = await in_hand(on.session, complaint_id)
    row = await lock_complaint(on.session, complaint_id)
    if pending is None and row is None and not await was_screened_out(on.session, complaint_id):
        raise ComplaintNotYetKnown
    if pending is not None:
        _in_hand(on, pending, event, told, hiding)
    cases: set[UUID] = set()
    if row is not None:
        cases = await _cases_of(on, row)
        await _in_case(on, row, event.complaint.version, told, hiding)
        await hide_in_free_texts(on, sorted(cases), hiding)
    await redact(on.session, {complaint_id, *cases}, Rewording(on, hiding, told))
    on.audit("complaint.redacted", "complaint", complaint_id, {"cases": len(cases)})


async def forget_owner(on: Occasion, owner_id: UUID) -> None:
    """Complaints are told of one by one: whose an anonymous one is, nobody knows (X15)."""
    await forget_answers(on.session, owner_id)
    on.audit("owner.forgotten", "owner", owner_id, {})


def _in_hand(
    on: Occasion,
    pending: PendingComplaint,
    event: ComplaintRedacted,
    told: Narrative,
    hiding: Hiding,
) -> None:
    """A supplement that was told before and comes later is older now (X37); what was told after
    it was told without names already.
    """
    if event.complaint.version > pending.complaint["version"]:
        pending.complaint = event.complaint.model_dump(mode="json")
        known = narrative_of(on, pending)
        if known is not None:
            keep_narrative(on, pending, with_what_was_told_once(told, known))
    pending.house_id = None
    table, id = "pending_complaint", pending.complaint_id
    if pending.words is not None:
        pending.words = on.conceal(hiding.words(on.reveal(pending.words, table, id)), table, id)
    if pending.handed_over is not None:
        receipt = hiding.words(on.reveal(pending.handed_over, table, id, "handed_over"))
        pending.handed_over = on.conceal(receipt, table, id, "handed_over")


async def _in_case(
    on: Occasion, row: CaseComplaint, version: int, told: Narrative, hiding: Hiding
) -> None:
    retold(on, row, version, told)
    row.redacted_version = max(version, row.redacted_version or version)
    if row.disputes is not None:
        said = (
            each.model_copy(update={"said": reworded(each.said, hiding.words)})
            for each in disputes_of(on, row)
        )
        keep_disputes(on, row, tuple(said))
    if row.house_id is None:
        return
    calls = update(CaseContact).where(
        col(CaseContact.case_id) == row.case_id, col(CaseContact.house_id) == row.house_id
    )
    await on.session.execute(calls.values(house_id=None))
    row.house_id = None


async def _cases_of(on: Occasion, row: CaseComplaint) -> set[UUID]:
    """The one it is in, and those it has been in (T07, X10)."""
    moves = await on.session.execute(
        select(MergedComplaint).where(MergedComplaint.complaint_id == row.complaint_id)
    )
    cases = {row.case_id}
    for move in moves.scalars():
        cases |= {move.into_case_id, move.from_case_id or move.into_case_id}
    return cases
