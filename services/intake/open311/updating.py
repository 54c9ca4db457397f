"""Service request updates, as FixMyStreet asks for them and sends them."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID, uuid5

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.complaints.commands.supplementing import remark, supplement
from services.intake.complaints.deed import Deed
from services.intake.complaints.domain.supplying import Supplement
from services.intake.complaints.tables import Complaint, TimelineEntry
from services.intake.open311.calling import Call
from services.intake.open311.clients import acting
from services.intake.open311.domain.moments import period, said
from services.intake.open311.domain.refusals import RequestUnknown, UpdateIdReused, refuse
from services.intake.open311.domain.status import status_after
from services.intake.open311.listing import visible_in_lists
from services.intake.open311.remembering import remember, words_of_updates
from services.intake.open311.showing import is_own
from services.intake.open311.tables import Open311Client
from shared.contracts.intake import ComplaintSupplemented
from shared.contracts.vocabulary import ComplaintStatus
from shared.privacy import mask_text
from shared.runtime import Runtime
from shared.web.once import IdempotencyKeyReused, Once

NOT_OF_THE_MATTER = ("api_key", "jurisdiction_id")
LONGEST = 4_000

Rows = list[dict[str, Any]]


class Taken(BaseModel):
    """What is kept as the answer to an update."""

    update_id: str
    account_id: str | None


async def updates(call: Call) -> Rows:
    """Oldest first, so that whoever reads on from the last one misses nothing."""
    fields, facade = call.fields, call.rulebook.open311
    span = period(fields.one("start_date"), fields.one("end_date"), call.now, facade.longest_span)
    async with call.runtime.database.transaction() as session:
        client = await call.client_if_any(session)
        query = (
            select(TimelineEntry, Complaint)
            .join(Complaint, col(Complaint.id) == TimelineEntry.complaint_id)
            .where(
                visible_in_lists(call.rulebook, client),
                col(TimelineEntry.at).between(span.start, span.end),
            )
            .order_by(
                col(TimelineEntry.at), col(TimelineEntry.position), col(TimelineEntry.event_id)
            )
            .limit(facade.results_at_most)
        )
        if numbers := fields.many("service_request_id"):
            query = query.where(col(Complaint.number).in_(numbers))
        rows = (await session.execute(query)).all()
    return [_update(call.runtime, entry, complaint, client) for entry, complaint in rows]


async def take_update(call: Call) -> Rows:
    """What the reporter has to add; the same `update_id` is taken once.

    Raises KeyMissing, KeyUnknown, RequestUnknown, Refused, UpdateIdReused, or ComplaintForbids when
    it has ended.
    """
    async with call.runtime.database.transaction() as session:
        client = await call.client(session)
        number, words = _required(call)
        complaint = await _own(session, client, number)
        once = _once(session, call, client, complaint)
        try:
            answer = await once.run(lambda: _added(session, call, client, complaint, words))
        except IdempotencyKeyReused as reused:
            raise reused if call.once else UpdateIdReused from None
    taken: dict[str, Any] = json.loads(bytes(answer.body))
    return [taken]


async def _added(
    session: AsyncSession, call: Call, client: Open311Client, complaint: Complaint, words: str
) -> Taken:
    deed = Deed(session, call.runtime, acting(client), call.now)
    asked_for = complaint.state == ComplaintStatus.NEED_INFO
    add = supplement if asked_for else remark
    fact = await add(deed, complaint, Supplement(text=words))
    remember(call.runtime, complaint, fact, words)
    return Taken(
        update_id=str(_update_id(complaint.id, fact)), account_id=call.fields.one("account_id")
    )


def _required(call: Call) -> tuple[str, str]:
    """Raises Refused."""
    number, words = call.fields.one("service_request_id"), call.fields.one("description")
    missing = {"service_request_id": number, "description": words}
    errors = [f"缺少 {each}。 {each} is required." for each, value in missing.items() if not value]
    if words and len(words) > LONGEST:
        errors.append(f"description 不得超过{LONGEST}字。 description is limited to {LONGEST}.")
    refuse(errors)
    return number or "", words or ""


async def _own(session: AsyncSession, client: Open311Client, number: str) -> Complaint:
    """Locked. Raises RequestUnknown."""
    mine = select(Complaint).where(
        col(Complaint.number) == number, col(Complaint.client_id) == client.id
    )
    complaint = (await session.execute(mine.with_for_update())).scalar_one_or_none()
    if complaint is None:
        raise RequestUnknown
    return complaint


def _once(session: AsyncSession, call: Call, client: Open311Client, complaint: Complaint) -> Once:
    """FixMyStreet names each update; what has no name is known by its words."""
    words = json.dumps(call.fields.without(*NOT_OF_THE_MATTER), ensure_ascii=False)
    fingerprint = hashlib.sha256(words.encode()).hexdigest()
    name = call.once or call.fields.one("update_id") or call.fields.one("update_id_ext")
    key = f"{complaint.id}/{name or fingerprint}"
    return Once(session, f"open311-update:{client.id}", key, fingerprint)


def _update(
    runtime: Runtime, entry: TimelineEntry, complaint: Complaint, client: Open311Client | None
) -> dict[str, Any]:
    return {
        "update_id": str(_update_id(complaint.id, entry.event_id)),
        "service_request_id": complaint.number,
        "status": status_after(entry.kind).value.upper(),
        "updated_datetime": said(entry.at),
        "description": _words(runtime, entry, complaint, client),
        "media_url": None,
    }


def _words(
    runtime: Runtime, entry: TimelineEntry, complaint: Complaint, client: Open311Client | None
) -> str:
    """To its own client in full, because nobody else tells the reporter, and what it wrote as it
    was written; to others the step.
    """
    if not is_own(complaint, client):
        return mask_text(entry.title)
    if entry.kind == ComplaintSupplemented.name:
        written = words_of_updates(runtime, complaint).get(str(entry.event_id))
        if written is not None:
            return str(written)
    return mask_text(f"{entry.title}：{entry.text}")


def _update_id(complaint_id: UUID, fact: UUID) -> UUID:
    """An event about two complaints is an update of each."""
    return uuid5(complaint_id, str(fact))
