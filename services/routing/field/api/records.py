"""Persuasions, contacts and photographs of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from services.routing.cases.answers import answered
from services.routing.cases.schemas import CaseSummary
from services.routing.cases.views import summary_of
from services.routing.deed import DeedDep, OccasionDep
from services.routing.field.commands.photos import mention, opened
from services.routing.field.commands.record import record_contact, record_persuasion
from services.routing.field.domain.operations import Kind
from services.routing.field.domain.pictures import JPEG, PNG, WEBP
from services.routing.field.guards import CaseToRecord, RecordsToRead
from services.routing.field.printing import printed
from services.routing.field.schemas import (
    ContactIn,
    ContactsOut,
    PersuasionIn,
    PersuasionsOut,
    PhotosOut,
)
from services.routing.field.views import contacts_out, persuasions_out, photos_out

PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in (JPEG, PNG, WEBP)}}
}
PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}

router = APIRouter(prefix="/cases/{case_id}", tags=["field"])


@router.get("/persuasions")
async def persuasions(file: RecordsToRead, on: OccasionDep) -> PersuasionsOut:
    """X43: who was talked to, when, about what."""
    on.audit("persuasions.read", "case", file.case.id, {})
    return await persuasions_out(on, file)


@router.post("/persuasions", response_model=CaseSummary)
async def persuade(file: CaseToRecord, body: PersuasionIn, deed: DeedDep) -> Response:
    """X43."""

    async def command() -> None:
        await record_persuasion(deed.on, file, body)
        await mention(deed.on, file.case.id, body.photos, Kind.PERSUASION)

    return await answered(deed, file, command)


@router.get("/persuasions/print", response_class=HTMLResponse)
async def print_persuasions(file: RecordsToRead, on: OccasionDep) -> HTMLResponse:
    """X43: the same as a page to print, for the police."""
    on.audit("persuasions.printed", "case", file.case.id, {})
    records = await persuasions_out(on, file)
    return HTMLResponse(printed(summary_of(on, file), records, on.now), headers=PRIVATE)


@router.get("/contacts")
async def contacts(file: RecordsToRead, on: OccasionDep) -> ContactsOut:
    """X22: attempts to reach the parties, and how many were in vain."""
    on.audit("contacts.read", "case", file.case.id, {})
    return await contacts_out(on, file)


@router.post("/contacts", response_model=CaseSummary)
async def contact(file: CaseToRecord, body: ContactIn, deed: DeedDep) -> Response:
    """X22: enough of them in vain make a party unreachable (T17)."""
    return await answered(deed, file, lambda: record_contact(deed.on, file, body))


@router.get("/photos")
async def photos(file: RecordsToRead, on: OccasionDep) -> PhotosOut:
    """Those that records of the case name, also while they have not arrived."""
    return await photos_out(on, file)


@router.get("/photos/{photo_id}", response_class=Response, responses=PICTURE)
async def photo(photo_id: UUID, file: RecordsToRead, on: OccasionDep) -> Response:
    """The picture."""
    on.audit("photo.read", "case", file.case.id, {"photo": str(photo_id)})
    media_type, content = await opened(on, file.case.id, photo_id)
    return Response(content, media_type=media_type, headers=PRIVATE)
