"""The erased person's complaints: the matter goes on ex officio, in words that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from services.intake.attachments.commands.attaching import attached_files
from services.intake.complaints.domain.privacy import author, is_on_behalf, public_state
from services.intake.complaints.tables import Complaint, Confirmation, TimelineEntry
from services.intake.erasure.domain.hiding import hidden_narrative
from services.intake.erasure.messages import READER
from services.intake.houses.commands import Errand
from shared import audit
from shared.contracts.intake import ComplaintRedacted
from shared.contracts.narrative import Narrative
from shared.ids import new_id
from shared.messaging import publish
from shared.privacy import Hiding, Sealed
from shared.tracing import Trace, traced

TABLE = "complaint"


async def own_complaints(errand: Errand, owner_id: UUID) -> Sequence[Complaint]:
    """Locked, oldest first; anonymous ones too."""
    rows = await errand.session.execute(
        select(Complaint)
        .where(Complaint.owner_id == owner_id)
        .order_by(col(Complaint.id))
        .with_for_update()
    )
    return rows.scalars().all()


def contact_name(errand: Errand, complaint: Complaint) -> str | None:
    if complaint.contact_name is None:
        return None
    return errand.runtime.cipher.decrypt(
        complaint.contact_name, table=TABLE, row_id=complaint.id, column="contact_name"
    )


async def hide_complaint(errand: Errand, complaint: Complaint, hiding: Hiding) -> None:
    """Told to routing by itself: of an anonymous complaint nothing leads to the account (X15), nor
    does what `hiding` says of the names, which is of this complaint only.
    """
    narrative = await _narrative(errand, complaint, hiding)
    complaint.title, complaint.text = narrative.title, narrative.text
    complaint.proofs = [each.model_dump() for each in narrative.proofs] or None
    complaint.house_id, complaint.place, complaint.location = None, None, None
    complaint.contact_name, complaint.contact_mobile, complaint.details = None, None, None
    complaint.version += 1
    await _hide_timeline(errand, complaint.id, hiding)
    await _hide_answers(errand, complaint.id, hiding)
    actor = author(errand.actor, anonymous=complaint.anonymous)
    words = narrative.model_dump_json(exclude_defaults=True)
    with traced(Trace(new_id())):
        event = ComplaintRedacted(
            complaint=public_state(complaint),
            narrative=_sealed(errand, str(complaint.id), words),
            names=_sealed(errand, f"{complaint.id}/names", hiding.told()),
        )
        publish(errand.session, event, actor=actor, at=errand.at)
    audit.append(
        errand.session,
        actor=actor,
        action="complaint.redacted",
        subject_type="complaint",
        subject_id=complaint.id,
        at=errand.at,
    )


async def _hide_timeline(errand: Errand, complaint_id: UUID, hiding: Hiding) -> None:
    """Replies of desks call people by name and number."""
    rows = await errand.session.execute(
        select(TimelineEntry).where(TimelineEntry.complaint_id == complaint_id)
    )
    for line in rows.scalars():
        line.title, line.text = hiding.words(line.title), hiding.words(line.text)


async def _hide_answers(errand: Errand, complaint_id: UUID, hiding: Hiding) -> None:
    rows = await errand.session.execute(
        select(Confirmation).where(Confirmation.complaint_id == complaint_id)
    )
    place = {"table": "confirmation", "row_id": str(complaint_id), "column": "reason"}
    for answer in rows.scalars():
        if answer.reason is not None:
            words = errand.runtime.cipher.decrypt(answer.reason, **place)
            answer.reason = errand.runtime.cipher.encrypt(hiding.words(words), **place)


async def _narrative(errand: Errand, complaint: Complaint, hiding: Hiding) -> Narrative:
    """The files stay with the matter: they are its evidence."""
    told = Narrative.model_validate(
        {
            "title": complaint.title,
            "text": complaint.text,
            "proofs": complaint.proofs or (),
            "attachments": await attached_files(errand.session, complaint.id),
            "on_behalf": is_on_behalf(complaint),
        }
    )
    return hidden_narrative(told, hiding)


def _sealed(errand: Errand, subject: str, words: str) -> Sealed:
    return errand.runtime.sealer.seal(words, audience=READER, subject=subject)
