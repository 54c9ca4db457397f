"""The files of a case."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from services.routing.attachments.addressing import address_of
from services.routing.attachments.domain.policies import may_see_files
from services.routing.attachments.schemas import AddressOut, CaseFilesOut
from services.routing.attachments.views import files_out
from services.routing.cases.casefile import CaseFile
from services.routing.cases.guards import case_for
from services.routing.deed import OccasionDep

router = APIRouter(prefix="/cases/{case_id}/attachments", tags=["attachments"])

FilesToSee = Annotated[CaseFile, Depends(case_for(may_see_files, for_update=False))]


@router.get("")
async def attachments(file: FilesToSee, on: OccasionDep) -> CaseFilesOut:
    """What reporters attached to the complaints of this case."""
    on.audit("attachments.read", "case", file.case.id, {})
    return files_out(on, file)


@router.post("/{attachment_id}/address")
async def address(attachment_id: UUID, file: FilesToSee, on: OccasionDep) -> AddressOut:
    """A signed address for one of them: put it into an image, a player or a link at once."""
    return address_of(on, file, attachment_id)
