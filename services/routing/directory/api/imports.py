"""Estates, buildings and houses by the sheet: template, preview, confirmation."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from services.routing.directory.guards import AdministratorsErrand, ImportToConfirm, ImportToView
from services.routing.directory.imports.applying import apply_import
from services.routing.directory.imports.drafts import preview
from services.routing.directory.imports.template import TITLE, template
from services.routing.directory.schemas.imports import ImportOut
from shared.web.once import OnceDep
from shared.web.sheets import UPLOAD, UploadedFile, workbook

router = APIRouter(prefix="/directory/imports", tags=["imports"])


@router.get("/template", response_class=Response)
async def blank(errand: AdministratorsErrand) -> Response:
    """The workbook to fill in, with an explanation of its columns."""
    return workbook(await run_in_threadpool(template), f"{TITLE}.xlsx")


@router.post("", status_code=201, response_model=ImportOut, openapi_extra=UPLOAD)
async def look(errand: AdministratorsErrand, content: UploadedFile, once: OnceDep) -> Response:
    """Upload a CSV or XLSX sheet and see what it would change; nothing is changed yet."""

    async def work() -> ImportOut:
        return ImportOut.of(await preview(errand, content))

    return await once.run(work)


@router.get("/{import_id}")
async def again(errand: AdministratorsErrand, row: ImportToView) -> ImportOut:
    """The preview once more; it is its maker's."""
    return ImportOut.of(row)


@router.post("/{import_id}/confirmation", status_code=201, response_model=ImportOut)
async def confirm(errand: AdministratorsErrand, row: ImportToConfirm, once: OnceDep) -> Response:
    """Take over what the preview showed, all of it or nothing."""

    async def work() -> ImportOut:
        return ImportOut.of(await apply_import(errand, row))

    return await once.run(work)
