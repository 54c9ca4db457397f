"""The forms of a draft, as it will look, for those who read it before it is public."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.bulletins.guards import IssueToRead
from services.survey.bulletins.renderings import Rendering, shown

router = APIRouter(prefix="/bulletins", tags=["bulletins"])

PRIVATE = {"Cache-Control": "private, no-store"}  # a draft that lies about is taken for the edition


@router.get("/{edition_id}/{rendering}")
async def preview(rendering: Rendering, issue: IssueToRead) -> Response:
    """As at the public address, but of any edition that you may see."""
    body = shown(issue.edition.content, rendering)
    headers = {**body.headers, **PRIVATE}
    return Response(body.content, media_type=body.media_type, headers=headers)
