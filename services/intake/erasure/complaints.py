"""The erased person's complaints: the matter goes on ex officio, in words that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.intake.attachments.commands.attaching import attached_files
from services.intake.complaints.domain.privacy import author, public_state
from services.intake.complaints.tables import Complaint, Confirmation, TimelineEntry
from services.intake.erasure.domain.hiding import Hiding
from services.intake.houses.commands import Errand
from shared import audit
from shared.contracts.intake import ComplaintRedacted, Narrative, Objection
from shared.ids import new_id
from shared.messaging import publish
from shared.messaging.redacting import redact
from shared.privacy import CannotDecrypt, Sealed
from shared.tracing import Trace, traced

TABLE, READER = "complaint", "routing"


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
    """Told to routing by itself: of an anonymous complaint nothing leads to the account (X15)."""
    complaint.title = hiding.words(complaint.title)
    complaint.text = hiding.words(complaint.text)
    complaint.place = hiding.or_none(complaint.place)
    complaint.proofs = _proofs(complaint, hiding)
    complaint.location, complaint.contact_name, complaint.contact_mobile = None, None, None
    complaint.details = None
    complaint.version += 1
    await _hide_timeline(errand, complaint.id, hiding)
    await _hide_answers(errand, complaint.id, hiding)
    await redact(errand.session, complaint.id, lambda data: _reseal(errand, data, hiding))
    actor = author(errand.actor, anonymous=complaint.anonymous)
    with traced(Trace(new_id())):
        narrative = _sealed(errand, complaint.id, await _narrative(errand, complaint))
        event = ComplaintRedacted(complaint=public_state(complaint), narrative=narrative)
        publish(errand.session, event, actor=actor, at=errand.at)
    audit.append(
        errand.session,
        actor=actor,
        action="complaint.redacted",
        subject_type="complaint",
        subject_id=complaint.id,
        at=errand.at,
    )


def _proofs(complaint: Complaint, hiding: Hiding) -> list[dict[str, str]] | None:
    if complaint.proofs is None:
        return None
    return [each | {"reference": hiding.words(each["reference"])} for each in complaint.proofs]


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


async def _narrative(errand: Errand, complaint: Complaint) -> Narrative:
    """The files stay with the matter: they are its evidence."""
    return Narrative.model_validate(
        {
            "title": complaint.title,
            "text": complaint.text,
            "place": complaint.place,
            "proofs": complaint.proofs or (),
            "attachments": await attached_files(errand.session, complaint.id),
        }
    )


def _sealed(errand: Errand, complaint_id: UUID, narrative: Narrative) -> Sealed:
    return errand.runtime.sealer.seal(
        narrative.model_dump_json(exclude_defaults=True),
        audience=READER,
        subject=str(complaint_id),
    )


def _reseal(errand: Errand, data: dict[str, Any], hiding: Hiding) -> None:
    """A message that tells the narrative; one under a key that is gone can be read by nobody."""
    if "words" in data and data["words"]["audience"] == READER:
        data["words"] = _nothing_said(errand, UUID(data["complaint"]["id"]))
    if "narrative" not in data:
        return
    complaint_id = UUID(data["complaint"]["id"])
    try:
        opened = errand.runtime.sealer.open_(
            Sealed.model_validate(data["narrative"]), subject=str(complaint_id)
        )
    except CannotDecrypt:
        return
    hidden = hiding.narrative(Narrative.model_validate_json(opened))
    data["narrative"] = _sealed(errand, complaint_id, hidden).model_dump()


def _nothing_said(errand: Errand, complaint_id: UUID) -> dict[str, Any]:
    """In place of the words of a dispute (T33)."""
    said = Objection(reason="").model_dump_json()
    subject = f"{complaint_id}/objection"
    return errand.runtime.sealer.seal(said, audience=READER, subject=subject).model_dump()
