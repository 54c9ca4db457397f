"""For agencies: the sheet of their evaluations, template to confirmation (E20-E22)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlmodel import col

from services.survey.deed import DeedDep
from services.survey.evaluations.commands.importing import preview, take_over
from services.survey.evaluations.commands.templating import blank_sheet
from services.survey.evaluations.guards import EvaluatorDeed, ImportToConfirm, ImportToRead
from services.survey.evaluations.queries import imports_of, page_of, third_parties_of
from services.survey.evaluations.schemas import ImportOut, ThirdPartyOut
from services.survey.evaluations.tables import EvaluationImport, ThirdPartyEvaluation
from services.survey.evaluations.template import TITLE
from services.survey.evaluations.views import import_out
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging
from shared.web.sheets import UPLOAD, UploadedFile, workbook

UPLOADS = {"/evaluation-imports": 4 * 1_048_576}

router = APIRouter(prefix="/evaluation-imports", tags=["evaluations"])
evaluations = APIRouter(prefix="/third-party-evaluations", tags=["evaluations"])


@router.get("/template", response_class=Response)
async def blank(deed: EvaluatorDeed) -> Response:
    """The workbook to fill in, with the estates and companies of your contracts."""
    return workbook(await blank_sheet(deed), f"{TITLE}.xlsx")


@router.get("")
async def list_imports(deed: EvaluatorDeed, page: Paging) -> Page[ImportOut]:
    """Those of your agency, newest first."""
    mine = imports_of(deed.actor)
    found = await page_of(deed.session, mine, col(EvaluationImport.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=list(map(import_out, shown)), next=following)


@router.post("", status_code=201, response_model=ImportOut, openapi_extra=UPLOAD)
async def look(deed: EvaluatorDeed, content: UploadedFile, once: OnceDep) -> Response:
    """Upload a CSV or XLSX sheet and see what is wrong, row by row; nothing is taken over yet."""

    async def work() -> ImportOut:
        return import_out(await preview(deed, content))

    return await once.run(work)


@router.get("/{import_id}")
async def again(row: ImportToRead) -> ImportOut:
    """The preview once more, or what became of it."""
    return import_out(row)


@router.post("/{import_id}/confirmation", status_code=201, response_model=ImportOut)
async def confirm(deed: EvaluatorDeed, row: ImportToConfirm, once: OnceDep) -> Response:
    """Take over what the preview showed, all of it or nothing."""

    async def work() -> ImportOut:
        return import_out(await take_over(deed, row))

    return await once.run(work)


@evaluations.get("")
async def list_third_party(deed: DeedDep, page: Paging) -> Page[ThirdPartyOut]:
    """Every version: an agency its own, the bureau and the centre what lies in their divisions."""
    mine = third_parties_of(deed.actor)
    found = await page_of(deed.session, mine, col(ThirdPartyEvaluation.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=list(map(ThirdPartyOut.model_validate, shown)), next=following)
