"""What one filing leaves behind (T01): complaint, first timeline line, audit entry and event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.intake.complaints.domain.doors import CHANNEL_OF
from services.intake.complaints.domain.lifecycle import FIRST
from services.intake.complaints.domain.placing import Place
from services.intake.complaints.domain.privacy import author, is_on_behalf, public_state
from services.intake.complaints.filing.filing import Filing
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.narrative import AttachedFile, Narrative, Proof
from shared.ids import new_id
from shared.messaging.outbox import outbox_row
from shared.privacy import Sealed, Sealer
from shared.tracing import traced

READER = "routing"


class ComplaintRow(NamedTuple):
    id: UUID
    version: int
    number: str
    channel: str
    door: str
    state: str
    owner_id: UUID | None
    anonymous: bool
    confidential: bool
    visitor: bool
    division: str
    estate_id: UUID
    building_id: UUID | None
    house_id: UUID | None
    chosen_category: str | None
    title: str
    text: str
    place: str | None
    location: str | None
    external_number: str | None
    client_id: UUID | None
    submitted_by: UUID | None
    contact_name: str | None
    contact_mobile: str | None
    details: str | None
    proofs: str | None
    submitted_at: datetime
    promised_from: datetime
    accepted_at: datetime | None = None
    case_id: UUID | None = None
    case_number: str | None = None


class Row(NamedTuple):
    """Everything there is to write about one filing; `line` is its first in the timeline."""

    complaint: ComplaintRow
    line: str
    deed_id: UUID
    actor_id: UUID
    actor_end: str
    event_id: UUID
    event: str


def row_of(
    filing: Filing, place: Place, number: str, files: Sequence[AttachedFile], sealer: Sealer
) -> Row:
    """`sealer` closes the text so that routing alone can read it."""
    complaint = _complaint(filing, place, number)
    actor = author(filing.actor, anonymous=filing.anonymous)
    event = ComplaintSubmitted(
        complaint=public_state(complaint),
        narrative=_narrative(filing, place, files, sealer),
        promised_from=filing.promised_from,
    )
    with traced(filing.trace):
        said = outbox_row(event, actor=actor, at=filing.submitted_at)
    return Row(
        complaint=complaint,
        line=f"您的诉求已提交，编号{number}，等待审核受理。",
        deed_id=new_id(),
        actor_id=actor.id,
        actor_end=actor.end,
        event_id=said.id,
        event=said.body,
    )


def _complaint(filing: Filing, place: Place, number: str) -> ComplaintRow:
    return ComplaintRow(
        id=filing.id,
        version=1,
        number=number,
        channel=CHANNEL_OF[filing.door],
        door=filing.door,
        state=FIRST,
        owner_id=filing.owner_id,
        anonymous=filing.anonymous,
        confidential=filing.confidential,
        visitor=filing.visitor,
        division=place.division,
        estate_id=filing.wish.estate_id,
        building_id=place.building_id or (None if filing.hidden else place.home_building_id),
        house_id=place.house_id,
        chosen_category=filing.category,
        title=filing.title,
        text=filing.text,
        place=filing.place,
        location=filing.location,
        external_number=filing.external_number,
        client_id=filing.client_id,
        submitted_by=filing.submitted_by,
        contact_name=filing.contact_name,
        contact_mobile=filing.contact_mobile,
        details=filing.details,
        proofs=_kept(filing.proofs),
        submitted_at=filing.submitted_at,
        promised_from=filing.promised_from,
    )


def _kept(proofs: Sequence[Proof]) -> str | None:
    """For whoever supplies more later (T03)."""
    return json.dumps([proof.model_dump() for proof in proofs]) if proofs else None


def _narrative(
    filing: Filing, place: Place, files: Sequence[AttachedFile], sealer: Sealer
) -> Sealed:
    narrative = Narrative(
        title=filing.title,
        text=filing.text,
        place=filing.place,
        building_id=place.home_building_id if filing.hidden and not place.building_id else None,
        proofs=filing.proofs,
        location=filing.spot,
        attachments=tuple(files),
        joins=filing.joins,
        on_behalf=is_on_behalf(filing),
    )
    return sealer.seal(
        narrative.model_dump_json(exclude_defaults=True), audience=READER, subject=str(filing.id)
    )
