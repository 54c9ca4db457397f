"""The ledger of responses (诉求响应台账): a list, and a sheet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from services.intake.ledger.composing import composed
from services.intake.ledger.exporting import SHEET, Format, exported
from services.intake.ledger.guards import Reading
from services.intake.ledger.queries import entries
from services.intake.ledger.schemas import LedgerLineOut
from shared.web.dependencies import SessionDep
from shared.web.paging import Page, PageRequest, Paging, cursor_key
from shared.web.sheets import CSV, XLSX, attachment

MEDIA = {Format.XLSX: XLSX, Format.CSV: CSV}

router = APIRouter(prefix="/ledger", tags=["ledger"])


@router.get("")
async def ledger(on: Reading, session: SessionDep, paging: Paging) -> Page[LedgerLineOut]:
    """One line per complaint of the own divisions, the newest first (B15)."""
    limit, after = paging.limit + 1, _after(paging)
    found = await entries(session, on.actor, on.filters, after=after, limit=limit)
    page, following = paging.cut(found, lambda row: (row[0].submitted_at.isoformat(), row[0].id))
    lines = await composed(session, on.rulebook, page)
    return Page(items=[LedgerLineOut.of(line) for line in lines], next=following)


@router.get("/export", response_class=StreamingResponse)
async def export(
    on: Reading, session: SessionDep, format: Format = Format.XLSX
) -> StreamingResponse:
    """The ledger as a sheet, up to 100,000 lines."""
    pieces = exported(on, session, format)
    headers = attachment(f"{SHEET}.{format}")
    return StreamingResponse(pieces, media_type=MEDIA[format], headers=headers)


def _after(paging: PageRequest) -> tuple[datetime, UUID] | None:
    if paging.after is None:
        return None
    at, id = cursor_key(paging.after, datetime.fromisoformat, UUID)
    return at, id
