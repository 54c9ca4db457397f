"""A complaint as a service request: what may be public, and to its own client what it sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.channels.details import details_of, opened
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.open311.calling import Call
from services.intake.open311.domain.moments import said
from services.intake.open311.domain.naming import without_name
from services.intake.open311.domain.status import RequestStatus, notes_of, status_of
from services.intake.open311.listing import Found
from services.intake.open311.tables import Open311Client
from services.intake.screening.queries import shown_to_others
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.routing import ClockState
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from shared.privacy import mask_text
from shared.rulebook import ClockKind
from shared.runtime import Runtime

Sent = Mapping[str, Any]


async def shown(
    session: AsyncSession, call: Call, client: Open311Client | None, rows: Sequence[Found]
) -> list[dict[str, Any]]:
    passed = await shown_to_others(session, [row[0].id for row in rows])
    return [_request(call, client, row, passed) for row in rows]


def is_own(complaint: Complaint, client: Open311Client | None) -> bool:
    return client is not None and complaint.client_id == client.id


def _request(
    call: Call, client: Open311Client | None, row: Found, passed: Collection[UUID]
) -> dict[str, Any]:
    complaint, estate, case, location, latest = row
    sent: Sent = details_of(call.runtime, complaint) if is_own(complaint, client) else {}
    status = _status(complaint, case)
    code = case.category if case else complaint.chosen_category or call.rulebook.triage.fallback
    category = call.rulebook.categories.get(code)
    return {
        "service_request_id": complaint.number,
        "status": status.value,
        "status_notes": _notes(complaint, case),
        "service_name": category.chinese if category else code,
        "service_code": code,
        "description": _description(call.runtime, complaint, sent, passed),
        "agency_responsible": case.handler if case else None,
        "service_notice": None,
        "requested_datetime": said(complaint.submitted_at),
        "updated_datetime": said(_updated(case, status) or latest or complaint.submitted_at),
        "expected_datetime": said(_expected(case, status)),
        "address": estate,
        "address_id": _address_id(complaint),
        "zipcode": None,
        "lat": location.latitude if location else None,
        "long": location.longitude if location else None,
        "media_url": sent.get("media_url"),
    }


def _description(
    runtime: Runtime, complaint: Complaint, sent: Sent, passed: Collection[UUID]
) -> str | None:
    """To its own client as it was sent, as long as that is kept; else, as to everybody, what was
    checked, without numbers and without the name that we know.
    """
    if own := sent.get("description"):
        return str(own)
    if complaint.id not in passed or complaint.anonymous:
        return None
    return without_name(mask_text(complaint.text), opened(runtime, complaint, "contact_name"))


def _status(complaint: Complaint, case: FollowedCase | None) -> RequestStatus:
    return status_of(ComplaintStatus(complaint.state), CaseStatus(case.state) if case else None)


def _notes(complaint: Complaint, case: FollowedCase | None) -> str:
    return notes_of(ComplaintStatus(complaint.state), CaseStatus(case.state) if case else None)


def _updated(case: FollowedCase | None, status: RequestStatus) -> Any:
    """Of what is closed, when it was closed."""
    return case.closed_at if case and status is RequestStatus.CLOSED else None


def _expected(case: FollowedCase | None, status: RequestStatus) -> Any:
    """When the result is promised (B06)."""
    if case is None or status is RequestStatus.CLOSED:
        return None
    clocks = (ClockState.model_validate(each) for each in case.clocks)
    return next((clock.due_at for clock in clocks if clock.kind == ClockKind.FEEDBACK), None)


def _address_id(complaint: Complaint) -> str | None:
    return None if complaint.estate_id == UNPLACED_ESTATE else str(complaint.estate_id)
