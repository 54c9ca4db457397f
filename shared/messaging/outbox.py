"""The one way to publish: a row in the same transaction as the change it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.event import Envelope, Event
from shared.database import after_commit, before_commit, database_of, pending
from shared.identity import Actor
from shared.ids import new_id
from shared.tracing import current_trace

CHANNEL = "outbox"

INSERT = text("""
    INSERT INTO outbox (id, type, audience, body)
    SELECT id, type, string_to_array(audience, ','), body
    FROM unnest(CAST(:ids AS uuid[]), CAST(:types AS text[]), CAST(:audiences AS text[]),
                CAST(:bodies AS text[])) AS row (id, type, audience, body)
""")


@dataclass(frozen=True)
class OutboxRow:
    """What the outbox keeps of one event; `audience` is comma separated."""

    id: UUID
    type: str
    audience: str
    body: str


def publish(session: AsyncSession, event: Event, *, actor: Actor, at: datetime) -> UUID:
    """Tell the audience of `event`, if and only if this transaction commits."""
    row = outbox_row(event, actor=actor, at=at)
    pending(session, "outbox").append(row)
    before_commit(session, "outbox", _write)
    after_commit(session, partial(database_of(session).ring, CHANNEL))
    return row.id


def outbox_row(event: Event, *, actor: Actor, at: datetime) -> OutboxRow:
    envelope = envelop(event, actor=actor, at=at)
    return OutboxRow(
        envelope.id, envelope.type, ",".join(event.audience), envelope.model_dump_json()
    )


def envelop(event: Event, *, actor: Actor, at: datetime) -> Envelope:
    trace = current_trace()
    return Envelope(
        id=new_id(),
        source=f"/liuduan/{event.name.split('.', 1)[0]}",
        type=event.name,
        subject=str(event.about.id),
        time=at,
        typeversion=event.version,
        aggregateversion=event.about.version,
        correlationid=trace.correlation_id,
        causationid=trace.causation_id,
        traceparent=trace.traceparent,
        actorend=actor.end.value,
        actorrole=min(actor.roles).value,
        actorid=actor.id,
        data=event.model_dump(mode="json"),
    )


async def _write(session: AsyncSession) -> None:
    rows: list[OutboxRow] = pending(session, "outbox")
    await session.execute(
        INSERT,
        {
            "ids": [row.id for row in rows],
            "types": [row.type for row in rows],
            "audiences": [row.audience for row in rows],
            "bodies": [row.body for row in rows],
        },
    )
