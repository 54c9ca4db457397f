"""The open cases of a desk: filtered, in order, page by page, and counted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from services.routing.cases.queries import units_of
from services.routing.desks.counting import tally
from services.routing.desks.domain.exporting import Format
from services.routing.desks.domain.filters import Sort, WorkFilter
from services.routing.desks.exporting import SHEET, Export, exported
from services.routing.desks.guards import AtDesk
from services.routing.desks.queries import key_of, worklist
from services.routing.desks.schemas import CountsOut, WorkItem
from services.routing.desks.views import counts_out, work_item
from shared.web.paging import Page, Paging
from shared.web.sheets import CSV, XLSX, attachment

MEDIA = {Format.XLSX: XLSX, Format.CSV: CSV}

router = APIRouter(prefix="/worklist", tags=["desks"])


async def work_filter(filters: Annotated[WorkFilter, Query()]) -> WorkFilter:
    return filters


Filters = Annotated[WorkFilter, Depends(work_filter)]


@router.get("")
async def work(on: AtDesk, page: Paging, filters: Filters, sort: Sort = Sort.DUE) -> Page[WorkItem]:
    """What you can see and is still open; what is due first comes first."""
    found = await worklist(
        on.session, on.actor, filters, sort, after=page.after, limit=page.limit + 1
    )
    shown, following = page.cut(found, lambda case: key_of(case, sort))
    units = await units_of(on.session, shown)
    items = [work_item(on, case, units.get(case.id, ())) for case in shown]
    return Page(items=items, next=following)


@router.get("/counts")
async def counts(on: AtDesk, filters: Filters) -> CountsOut:
    """How many there are by clock state, state and grade; of very many an estimate."""
    return counts_out(await tally(on.session, on.actor, filters))


@router.get("/export", response_class=StreamingResponse)
async def export(
    on: AtDesk, filters: Filters, sort: Sort = Sort.DUE, format: Format = Format.XLSX
) -> StreamingResponse:
    """The worklist as a sheet, up to 100,000 lines; which columns, depends on the desk."""
    pieces = exported(Export(on, filters, sort), format)
    headers = attachment(f"{SHEET}.{format}")
    return StreamingResponse(pieces, media_type=MEDIA[format], headers=headers)
