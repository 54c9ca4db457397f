"""Drafts: begun, written on, thrown away, filed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from services.intake.complaints.network import address_of
from services.intake.complaints.schemas import Receipt
from services.intake.drafts.commands import begin, replace
from services.intake.drafts.filing import file_draft
from services.intake.drafts.guards import DeskDep, OwnDraft
from services.intake.drafts.queries import unsent
from services.intake.drafts.schemas import DraftBody, DraftHead, DraftOut
from services.intake.owners.guards import Consented
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/drafts", tags=["drafts"])

IfMatch = Annotated[
    str, Header(max_length=100, description='The version that is replaced, e.g. "3"; * for any')
]


@router.post("", status_code=201, response_model=DraftHead, dependencies=[Consented])
async def begin_draft(body: DraftBody, once: OnceDep, desk: DeskDep) -> Response:
    """Keep what is written so far."""

    async def work() -> DraftHead:
        return desk.head(await begin(desk, body))

    return await once.run(work)


@router.get("")
async def drafts(desk: DeskDep, paging: Paging) -> Page[DraftOut]:
    """The own drafts that are not filed, the newest first."""
    found = await unsent(desk.session, desk.actor, paging)
    page, following = paging.cut(found, lambda draft: (draft.id,))
    return Page(items=[desk.shown(draft) for draft in page], next=following)


@router.get("/{draft_id}")
async def draft(draft: OwnDraft, desk: DeskDep, response: Response) -> DraftOut:
    """One draft, with its ETag."""
    response.headers["ETag"] = f'"{draft.version}"'
    return desk.shown(draft)


@router.put("/{draft_id}")
async def write_draft(
    body: DraftBody, if_match: IfMatch, draft: OwnDraft, desk: DeskDep, response: Response
) -> DraftOut:
    """The whole content anew, if nobody has changed it meanwhile."""
    changed = replace(desk, draft, body, if_match)
    response.headers["ETag"] = f'"{changed.version}"'
    return desk.shown(changed)


@router.delete("/{draft_id}", status_code=204)
async def throw_away(draft: OwnDraft, desk: DeskDep) -> None:
    """Thrown away at once; a complaint filed from it stays."""
    await desk.session.delete(draft)


@router.post("/{draft_id}/complaint", status_code=201, response_model=Receipt)
async def file(request: Request, draft: OwnDraft, desk: DeskDep) -> Response:
    """File the draft. It is filed once: again asked, the receipt is given again (T01)."""
    return await file_draft(desk, draft, address_of(request, desk.runtime))
