"""One statement for a batch: complaints, timelines, audit entries and events together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asyncpg.pool import PoolConnectionProxy

from services.intake.complaints.filing.rows import ComplaintRow, Row
from shared.contracts.intake import ComplaintSubmitted

COMPLAINT: Mapping[str, str] = {
    "id": "uuid",
    "version": "int",
    "number": "text",
    "channel": "text",
    "door": "text",
    "state": "text",
    "owner_id": "uuid",
    "anonymous": "bool",
    "confidential": "bool",
    "visitor": "bool",
    "division": "text",
    "estate_id": "uuid",
    "building_id": "uuid",
    "house_id": "uuid",
    "chosen_category": "text",
    "title": "text",
    "text": "text",
    "place": "text",
    "location": "text",
    "external_number": "text",
    "client_id": "uuid",
    "submitted_by": "uuid",
    "contact_name": "text",
    "contact_mobile": "text",
    "details": "text",
    "proofs": "jsonb",
    "submitted_at": "timestamptz",
    "promised_from": "timestamptz",
    "accepted_at": "timestamptz",
    "case_id": "uuid",
    "case_number": "text",
}
BESIDE: Mapping[str, str] = {
    "line": "text",
    "deed_id": "uuid",
    "actor_id": "uuid",
    "actor_end": "text",
    "event_id": "uuid",
    "event": "text",
}
FILED = {**COMPLAINT, **BESIDE}
ARRAYS = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(FILED.values(), start=1))

INSERT = f"""
    WITH filed AS (
        SELECT * FROM unnest({ARRAYS}) AS filing ({", ".join(FILED)})
    ), complaints AS (
        INSERT INTO complaint ({", ".join(COMPLAINT)}) SELECT {", ".join(COMPLAINT)} FROM filed
    ), timelines AS (
        INSERT INTO complaint_timeline (complaint_id, event_id, at, position, kind, title, text)
        SELECT id, event_id, submitted_at, 0, '{ComplaintSubmitted.name}', '已提交', line FROM filed
    ), deeds AS (
        INSERT INTO audit_entry
               (id, at, actor_id, actor_end, action, subject_type, subject_id, details)
        SELECT deed_id, submitted_at, actor_id, actor_end, 'complaint.submitted', 'complaint',
               CAST(id AS text), jsonb_build_object('number', number, 'channel', channel)
        FROM filed
    )
    INSERT INTO outbox (id, type, audience, body)
    SELECT event_id, '{ComplaintSubmitted.name}',
           string_to_array('{",".join(ComplaintSubmitted.audience)}', ','), event
    FROM filed
"""

assert tuple(COMPLAINT) == ComplaintRow._fields


async def insert(connection: PoolConnectionProxy, rows: Sequence[Row]) -> None:
    values = [(*row.complaint, *row[1:]) for row in rows]
    await connection.execute(INSERT, *(list(column) for column in zip(*values, strict=True)))
