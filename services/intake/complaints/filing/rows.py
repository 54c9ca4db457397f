"""The rows of one filing (T01): complaint, first timeline entry, audit entry and event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from asyncpg.pool import PoolConnectionProxy

from services.intake.complaints.domain.lifecycle import FIRST
from services.intake.complaints.domain.placing import Place
from services.intake.complaints.domain.privacy import author, public_state
from services.intake.complaints.filing.filing import Filing
from shared.contracts.intake import ComplaintSubmitted, Narrative
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
    state: str
    owner_id: UUID | None
    anonymous: bool
    confidential: bool
    division: str
    estate_id: UUID
    building_id: UUID | None
    house_id: UUID | None
    chosen_category: str | None
    title: str
    text: str
    place: str | None
    external_number: str | None
    contact_mobile: str | None
    submitted_at: datetime
    promised_from: datetime
    accepted_at: datetime | None = None
    case_id: UUID | None = None
    case_number: str | None = None


class TimelineRow(NamedTuple):
    complaint_id: UUID
    event_id: UUID
    at: datetime
    position: int
    kind: str
    title: str
    text: str


class AuditRow(NamedTuple):
    id: UUID
    at: datetime
    actor_id: UUID
    actor_end: str
    action: str
    subject_type: str
    subject_id: str
    details: str


class EventRow(NamedTuple):
    id: UUID
    type: str
    audience: list[str]
    body: str


class Rows(NamedTuple):
    complaint: ComplaintRow
    timeline: TimelineRow
    audit: AuditRow
    outbox: EventRow


def rows_of(filing: Filing, place: Place, number: str, sealer: Sealer) -> Rows:
    """`sealer` closes the text so that routing alone can read it."""
    complaint = _complaint(filing, place, number)
    actor = author(filing.actor, anonymous=filing.anonymous)
    event = ComplaintSubmitted(
        complaint=public_state(complaint),
        narrative=_narrative(filing, place, sealer),
        promised_from=filing.promised_from,
    )
    with traced(filing.trace):
        said = outbox_row(event, actor=actor, at=filing.submitted_at)
    return Rows(
        complaint=complaint,
        timeline=_timeline(complaint, said.id),
        audit=AuditRow(
            id=new_id(),
            at=filing.submitted_at,
            actor_id=actor.id,
            actor_end=actor.end,
            action="complaint.submitted",
            subject_type="complaint",
            subject_id=str(filing.id),
            details=json.dumps({"number": number, "channel": filing.channel}),
        ),
        outbox=EventRow(said.id, said.type, said.audience.split(","), said.body),
    )


def _complaint(filing: Filing, place: Place, number: str) -> ComplaintRow:
    return ComplaintRow(
        id=filing.id,
        version=1,
        number=number,
        channel=filing.channel,
        state=FIRST,
        owner_id=filing.owner_id,
        anonymous=filing.anonymous,
        confidential=filing.confidential,
        division=place.division,
        estate_id=filing.wish.estate_id,
        building_id=place.building_id or (None if filing.hidden else place.home_building_id),
        house_id=place.house_id,
        chosen_category=filing.category,
        title=filing.title,
        text=filing.text,
        place=filing.place,
        external_number=filing.external_number,
        contact_mobile=filing.contact_mobile,
        submitted_at=filing.submitted_at,
        promised_from=filing.promised_from,
    )


def _narrative(filing: Filing, place: Place, sealer: Sealer) -> Sealed:
    own = place.home_building_id if filing.hidden and not place.building_id else None
    narrative = Narrative(title=filing.title, text=filing.text, place=filing.place, building_id=own)
    return sealer.seal(
        narrative.model_dump_json(exclude_none=True), audience=READER, subject=str(filing.id)
    )


def _timeline(complaint: ComplaintRow, event_id: UUID) -> TimelineRow:
    return TimelineRow(
        complaint_id=complaint.id,
        event_id=event_id,
        at=complaint.submitted_at,
        position=0,
        kind=ComplaintSubmitted.name,
        title="已提交",
        text=f"您的诉求已提交，编号{complaint.number}，等待审核受理。",
    )


async def insert(connection: PoolConnectionProxy, rows: Sequence[Rows]) -> None:
    """COPY costs the least per row, and like any other insert it keeps to the transaction."""
    await _copy(connection, "complaint", [row.complaint for row in rows])
    await _copy(connection, "complaint_timeline", [row.timeline for row in rows])
    await _copy(connection, "audit_entry", [row.audit for row in rows])
    await _copy(connection, "outbox", [row.outbox for row in rows])


async def _copy(
    connection: PoolConnectionProxy,
    table: str,
    rows: Sequence[ComplaintRow] | Sequence[TimelineRow] | Sequence[AuditRow] | Sequence[EventRow],
) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=rows[0]._fields)
