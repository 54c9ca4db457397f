"""Public notices, for everybody: no token, nothing personal, and cheap to ask for again."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from services.notify.publications.domain.kinds import NoticeKind
from services.notify.publications.guards import ReadableNotice
from services.notify.publications.printing import GUARDED, page
from services.notify.publications.queries import published
from services.notify.publications.schemas import Division, PublicNoticeOut
from services.notify.publications.views import public_views
from shared.web.dependencies import SessionDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/public/notices", tags=["public"])
KNOWN: dict[int | str, dict[str, Any]] = {304: {"description": "unchanged"}}
CACHED = "public, max-age=60"


@router.get("", response_model=Page[PublicNoticeOut], responses=KNOWN)
async def public_notices(
    request: Request,
    session: SessionDep,
    paging: Paging,
    division: Annotated[Division | None, Query()] = None,
    estate_id: UUID | None = None,
    kind: NoticeKind | None = None,
) -> Response:
    """What concerns a place or an estate, the newest first, each in its current edition."""
    notices, following = await published(
        session, paging, kind=kind, division=division, estate_id=estate_id
    )
    views = await public_views(session, notices)
    return cached(request, Page[PublicNoticeOut](items=views, next=following))


@router.get("/{notice_id}", response_model=PublicNoticeOut, responses=KNOWN)
async def public_notice(request: Request, notice: ReadableNotice, session: SessionDep) -> Response:
    """One edition, also a former or withdrawn one."""
    (view,) = await public_views(session, [notice])
    return cached(request, view)


@router.get("/{notice_id}/page", response_class=HTMLResponse, responses=KNOWN)
async def notice_page(request: Request, notice: ReadableNotice, session: SessionDep) -> Response:
    """The same to read: where the link in a message leads."""
    (view,) = await public_views(session, [notice])
    return unless_known(request, HTMLResponse(page(view), headers=dict(GUARDED)))


def cached(request: Request, found: BaseModel) -> Response:
    return unless_known(request, Response(found.model_dump_json(), media_type="application/json"))


def unless_known(request: Request, answer: Response) -> Response:
    """304 for whoever has it by its tag."""
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": CACHED}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer
