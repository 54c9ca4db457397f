"""Forgetting a person: the narrative is told anew, and what people wrote loses its numbers."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.routing.acceptance.commands.supplement import ComplaintNotYetKnown
from services.routing.acceptance.queries import in_hand, narrative_in_case, was_screened_out
from services.routing.acceptance.recording import keep_narrative, narrative_of
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.submission import NARRATIVES, opened
from services.routing.cases.tables import CaseComplaint
from services.routing.forgetting.free_texts import mask_free_texts
from services.routing.occasion import Occasion
from shared.contracts.intake import ComplaintRedacted, Narrative
from shared.messaging.redacting import redact
from shared.privacy import CannotDecrypt, Sealed, mask_text
from shared.web.once import forget_answers

SUBJECTS = {"reply": "reply", "note": "note", "words": "refusal"}


async def retell(on: Occasion, event: ComplaintRedacted) -> None:
    """Twice is as once. Raises ComplaintNotYetKnown."""
    complaint_id = event.complaint.id
    told = opened(on, event.narrative, complaint_id)
    pending = await in_hand(on.session, complaint_id)
    row = await narrative_in_case(on.session, complaint_id)
    if pending is None and row is None and not await was_screened_out(on.session, complaint_id):
        raise ComplaintNotYetKnown
    if pending is not None:
        _in_hand(on, pending, event, told)
    if row is not None:
        _in_case(on, row, told)
    await redact(on.session, complaint_id, lambda data: _put_aside(on, data, told))
    on.audit("complaint.redacted", "complaint", complaint_id, {})


async def forget_owner(on: Occasion, owner_id: UUID) -> None:
    """In every case of the person; of an anonymous one nobody here knows whose it is (X15)."""
    rows = await on.session.execute(
        select(CaseComplaint.case_id).where(col(CaseComplaint.owner_id) == owner_id).distinct()
    )
    case_ids = sorted(rows.scalars().all())
    await mask_free_texts(on, case_ids)
    for case_id in case_ids:
        await redact(on.session, case_id, partial(_replies, on, case_id))
    await forget_answers(on.session, owner_id)
    on.audit("owner.forgotten", "owner", owner_id, {"cases": len(case_ids)})


def _in_hand(
    on: Occasion, pending: PendingComplaint, event: ComplaintRedacted, told: Narrative
) -> None:
    """A supplement that was told before and comes later is older now (X37)."""
    if event.complaint.version > pending.complaint["version"]:
        pending.complaint = event.complaint.model_dump(mode="json")
    known = narrative_of(on, pending)
    if known is not None:
        keep_narrative(on, pending, _anew(known, told))
    if pending.words is not None:
        words = on.reveal(pending.words, "pending_complaint", pending.complaint_id)
        pending.words = on.conceal(mask_text(words), "pending_complaint", pending.complaint_id)


def _in_case(on: Occasion, row: CaseComplaint, told: Narrative) -> None:
    known = Narrative.model_validate_json(
        on.reveal(row.narrative, NARRATIVES, row.complaint_id, "narrative")
    )
    text = _anew(known, told).model_dump_json(exclude={"building_id"})
    row.narrative = on.conceal(text, NARRATIVES, row.complaint_id, "narrative")


def _anew(known: Narrative, told: Narrative) -> Narrative:
    """The building was told once, for the grid (X15, X16); files stay with the matter."""
    return told.model_copy(
        update={"building_id": known.building_id, "attachments": known.attachments}
    )


def _put_aside(on: Occasion, data: dict[str, Any], told: Narrative) -> None:
    """A complaint that could not be handled is replayed in the new words."""
    if "narrative" not in data or data["narrative"]["audience"] != "routing":
        return
    complaint_id = UUID(data["complaint"]["id"])
    try:
        known = opened(on, Sealed.model_validate(data["narrative"]), complaint_id)
    except CannotDecrypt:
        return
    sealed = on.runtime.sealer.seal(
        _anew(known, told).model_dump_json(exclude_defaults=True),
        audience="routing",
        subject=str(complaint_id),
    )
    data["narrative"] = sealed.model_dump()


def _replies(on: Occasion, case_id: UUID, data: dict[str, Any]) -> None:
    """What was sealed for the owner to read, and may still be sent again."""
    for name, part in SUBJECTS.items():
        if not data.get(name):
            continue
        subject = f"{case_id}/{part}"
        try:
            words = on.runtime.sealer.open_(Sealed.model_validate(data[name]), subject=subject)
        except CannotDecrypt:
            continue
        sealed = on.runtime.sealer.seal(mask_text(words), audience="intake", subject=subject)
        data[name] = sealed.model_dump()
