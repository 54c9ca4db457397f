"""Letters by the sheet: template, preview, confirmation."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from services.intake.channels.desk.guards import CurrentCentre
from services.intake.channels.letters.filing import confirm, own_sheet
from services.intake.channels.letters.previewing import preview
from services.intake.channels.letters.schemas import LetterSheetOut
from services.intake.channels.letters.template import TITLE, template
from services.intake.complaints.deed import Deed
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.once import OnceDep
from shared.web.sheets import UPLOAD, UploadedFile, workbook

UPLOADS = {"/desk/letters": 4 * 1_048_576}

router = APIRouter(prefix="/desk/letters", tags=["letters"])


async def centre_deed(
    current: CurrentRuntime, session: SessionDep, actor: CurrentCentre, now: Now
) -> Deed:
    return Deed(session, current, actor, now)


@router.get("/template", response_class=Response)
async def blank(actor: CurrentCentre) -> Response:
    """The workbook to fill in, with an explanation of its columns."""
    return workbook(await run_in_threadpool(template), f"{TITLE}.xlsx")


@router.post("", status_code=201, response_model=LetterSheetOut, openapi_extra=UPLOAD)
async def look(
    deed: Annotated[Deed, Depends(centre_deed)], content: UploadedFile, once: OnceDep
) -> Response:
    """Upload a CSV or XLSX sheet and see what it would file; nothing is filed yet."""

    async def work() -> LetterSheetOut:
        return LetterSheetOut.of(await preview(deed, content))

    return await once.run(work)


@router.get("/{import_id}")
async def again(import_id: UUID, actor: CurrentCentre, current: CurrentRuntime) -> LetterSheetOut:
    """The preview once more, or what became of it; it is its maker's."""
    return LetterSheetOut.of(await own_sheet(current, actor, import_id))


@router.post("/{import_id}/confirmation", status_code=201)
async def file_letters(
    import_id: UUID, actor: CurrentCentre, current: CurrentRuntime
) -> LetterSheetOut:
    """File every letter of the preview, each once: it may be sent again without a key."""
    return LetterSheetOut.of(await confirm(current, actor, import_id))
