"""What a first version would look like: FastAPI and SQLModel, one session per request.

`python -m bench.plain PORT`. It verifies the token, looks whether the Idempotency-Key is known,
and writes the same rows as intake does: key, number, complaint, timeline, audit entry and event.
It checks nothing about the estate. The counter is spread over many rows: otherwise the lock on
one row, and not the work, would be measured.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import jwt
import uvicorn
from fastapi import Depends, FastAPI, Header
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy import ARRAY, Column, DateTime, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import Field

from services.intake.complaints.tables import Complaint, TimelineEntry
from shared.database import new_table_base

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table  # a type checker cannot follow a class made at run time
else:
    Table = new_table_base()

COUNTY = "421202"
COUNTERS = 64

NEXT_NUMBER = text("""
    INSERT INTO complaint_number AS counter (county, day, last) VALUES (:county, :day, 1)
    ON CONFLICT (county, day) DO UPDATE SET last = counter.last + 1 RETURNING last
""")


class IdempotencyKey(Table, table=True):
    __tablename__ = "idempotency_key"
    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    answer: str


class AuditEntry(Table, table=True):
    __tablename__ = "audit_entry"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    at: datetime = Field(sa_column=Column(DateTime(timezone=True)))
    actor_id: UUID
    actor_end: str
    action: str
    subject_type: str
    subject_id: str
    details: dict[str, Any] = Field(sa_column=Column(JSONB))


class Outbox(Table, table=True):
    __tablename__ = "outbox"
    position: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(default_factory=uuid4)
    type: str
    audience: list[str] = Field(sa_column=Column(ARRAY(Text)))
    body: str


class Submission(BaseModel):
    estate_id: UUID
    title: str | None = None
    text: str
    category: str | None = None


class Receipt(BaseModel):
    id: UUID
    number: str
    state: str
    submitted_at: datetime


app = FastAPI()
sessions = async_sessionmaker(
    create_async_engine(os.environ.get("BENCH_DATABASE", "postgresql+asyncpg://"), pool_size=16)
)


async def session() -> AsyncIterator[AsyncSession]:
    async with sessions() as opened:
        yield opened


def owner(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> UUID:
    claims = jwt.decode(
        credentials.credentials, os.environ["BENCH_KEY"], algorithms=["EdDSA"], audience="liuduan"
    )
    return UUID(claims["sub"])


@app.post("/complaints", status_code=201)
async def file_complaint(
    body: Submission,
    owner_id: Annotated[UUID, Depends(owner)],
    db: Annotated[AsyncSession, Depends(session)],
    idempotency_key: Annotated[str, Header()],
) -> Receipt:
    known = await db.get(IdempotencyKey, (str(owner_id), idempotency_key))
    if known is not None:
        return Receipt.model_validate_json(known.answer)
    complaint = _complaint(body, owner_id, await _next_number(db))
    event = _event(complaint, owner_id)
    receipt = Receipt.model_validate(complaint, from_attributes=True)
    db.add_all([complaint, event, _audit(complaint, owner_id), _timeline(complaint, event.id)])
    db.add(_key(receipt, owner_id, idempotency_key))
    await db.commit()
    await db.refresh(complaint)
    return Receipt.model_validate(complaint, from_attributes=True)


async def _next_number(db: AsyncSession) -> str:
    today = datetime.now(UTC).date()
    county = f"{COUNTY}{random.randrange(COUNTERS):02}"
    running = await db.scalar(NEXT_NUMBER, {"county": county, "day": today})
    return f"{county}-{today:%Y%m%d}-{running:06}"


def _complaint(body: Submission, owner_id: UUID, number: str) -> Complaint:
    now = datetime.now(UTC)
    return Complaint(
        id=uuid4(),
        version=1,
        number=number,
        door="MINI_PROGRAM",
        channel="MINI_PROGRAM",
        state="SUBMITTED",
        owner_id=owner_id,
        anonymous=False,
        confidential=False,
        division=COUNTY,
        estate_id=body.estate_id,
        chosen_category=body.category,
        title=body.title or body.text[:20],
        text=body.text,
        submitted_at=now,
        promised_from=now,
    )


def _event(complaint: Complaint, owner_id: UUID) -> Outbox:
    envelope = {
        "specversion": "1.0",
        "source": "/liuduan/intake",
        "type": "intake.complaint_submitted",
        "subject": str(complaint.id),
        "time": complaint.submitted_at.isoformat(),
        "actorid": str(owner_id),
        "data": complaint.model_dump(mode="json"),
    }
    body = json.dumps(envelope, ensure_ascii=False)
    return Outbox(type=str(envelope["type"]), audience=["routing", "notify", "survey"], body=body)


def _audit(complaint: Complaint, owner_id: UUID) -> AuditEntry:
    return AuditEntry(
        at=complaint.submitted_at,
        actor_id=owner_id,
        actor_end="OWNER",
        action="complaint.submitted",
        subject_type="complaint",
        subject_id=str(complaint.id),
        details={"number": complaint.number, "channel": complaint.channel},
    )


def _timeline(complaint: Complaint, event_id: UUID) -> TimelineEntry:
    return TimelineEntry(
        complaint_id=complaint.id,
        event_id=event_id,
        at=complaint.submitted_at,
        position=0,
        kind="intake.complaint_submitted",
        title="已提交",
        text=f"您的诉求已提交，编号{complaint.number}，等待审核受理。",
    )


def _key(receipt: Receipt, owner_id: UUID, key: str) -> IdempotencyKey:
    answer = receipt.model_dump_json()
    return IdempotencyKey(
        actor=str(owner_id),
        key=key,
        fingerprint=hashlib.sha256(answer.encode()).hexdigest(),
        status=201,
        answer=answer,
    )


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
