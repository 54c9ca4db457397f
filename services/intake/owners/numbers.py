"""A return visit is made by telephone: survey is told the reporter's number (CK-14)."""

from __future__ import annotations

from uuid import UUID

from services.intake.channels.details import details_of
from services.intake.complaints.tables import Complaint
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Guardian, Owner
from shared import audit
from shared.contracts.intake import ReporterNumber, ReporterNumberTold
from shared.contracts.survey import VisitCallingBegan, VisitState
from shared.identity import SYSTEM
from shared.messaging import Reception, publish

READER = "survey"


async def tell_number(reception: Reception[VisitCallingBegan]) -> None:
    """Sealed for survey; nothing where there is no number, or the reporter wants no call."""
    visit, session = reception.event.visit, reception.session
    complaint = await session.get_one(Complaint, visit.complaint_id)
    mobile = await _mobile(reception, complaint, visit)
    sealer = reception.runtime.sealer
    sealed = mobile and sealer.seal(mobile, audience=READER, subject=f"{visit.id}/mobile")
    told = ReporterNumber(
        id=complaint.id, version=complaint.version, visit_id=visit.id, mobile=sealed or None
    )
    publish(session, ReporterNumberTold(reporter=told), actor=SYSTEM, at=reception.now)
    audit.append(
        session,
        actor=SYSTEM,
        action="complaint.number_told",
        subject_type="complaint",
        subject_id=complaint.id,
        at=reception.now,
        details={"visit_id": visit.id, "known": mobile is not None},
    )


async def _mobile(
    reception: Reception[VisitCallingBegan], complaint: Complaint, visit: VisitState
) -> str | None:
    if complaint.anonymous or complaint.owner_id != visit.owner_id:
        return None
    if details_of(reception.runtime, complaint).get("revisit_wished") is False:
        return None
    return await _number_of(reception, visit.owner_id)


async def _number_of(reception: Reception[VisitCallingBegan], owner_id: UUID) -> str | None:
    """For somebody under fourteen the guardian's (X41). The account is locked, so that an erasure
    comes either before or after.
    """
    session, contacts = reception.session, reception.runtime.part(Contacts)
    owner = await session.get(Owner, owner_id, with_for_update=True)
    if owner is None or not owner.active:
        return None
    guardian = await session.get(Guardian, owner_id)
    return contacts.guardian(guardian)[1] if guardian else contacts.mobile(owner)
