"""Published bulletins and reports, for everybody: no token, nothing personal, made to be kept."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from services.survey.bulletins.caching import UNCHANGED, PublicReader
from services.survey.bulletins.domain.content import Kind
from services.survey.bulletins.guards import Issue, PublicIssue
from services.survey.bulletins.public_schemas import (
    PublicEdition,
    PublicEditionDetail,
    PublicEditions,
)
from services.survey.bulletins.public_views import public_detail, public_edition
from services.survey.bulletins.queries import (
    Wanted,
    current_editions,
    newest_number,
    published_issues,
)
from services.survey.bulletins.renderings import Rendering, rendered
from services.survey.bulletins.schemas import Division, SoughtPeriod
from shared.web.dependencies import SessionDep
from shared.web.paging import Page, Paging
from shared.web.parameters import no_other_parameters

router = APIRouter(prefix="/public/bulletins", tags=["public"])


def which(
    kind: Kind | None = None,
    period: Annotated[SoughtPeriod | None, Query()] = None,
    division: Annotated[Division | None, Query()] = None,
) -> Wanted:
    return Wanted(kind, period, division)


@router.get(
    "",
    response_model=Page[PublicEdition],
    responses=UNCHANGED,
    dependencies=[Depends(no_other_parameters)],
)
async def list_bulletins(
    reader: PublicReader,
    session: SessionDep,
    page: Paging,
    wanted: Annotated[Wanted, Depends(which)],
) -> Response:
    """Bulletins and reports, each in its newest edition, newest first."""
    found = await current_editions(session, page, wanted)
    shown, following = page.cut(found, lambda row: (row.Edition.id,))
    items = [public_edition(Issue(*row), row.Edition.number) for row in shown]
    return reader.json(Page[PublicEdition](items=items, next=following))


@router.get("/{bulletin_id}", response_model=PublicEditions, responses=UNCHANGED)
async def show_bulletin(bulletin_id: UUID, reader: PublicReader, session: SessionDep) -> Response:
    """All its editions, oldest first: what was published once stays to be read."""
    found = [Issue(*row) for row in await published_issues(session, bulletin_id)]
    newest = found[-1].edition.number
    return reader.json(PublicEditions(items=[public_edition(each, newest) for each in found]))


@router.get(
    "/{bulletin_id}/editions/{number}", response_model=PublicEditionDetail, responses=UNCHANGED
)
async def show_edition(issue: PublicIssue, reader: PublicReader, session: SessionDep) -> Response:
    """The edition with its content; a browser, which asks for HTML, gets the page."""
    newest = await newest_number(session, issue.bulletin.id)
    if reader.prefers_a_page():
        return reader.answer(rendered(issue, newest, Rendering.PAGE))
    return reader.json(public_detail(issue, newest), vary="Accept")


@router.get("/{bulletin_id}/editions/{number}/{rendering}", responses=UNCHANGED)
async def show_rendering(
    rendering: Rendering, issue: PublicIssue, reader: PublicReader, session: SessionDep
) -> Response:
    """`content` is the edition as it was frozen, byte by byte; the others are made from it alone:
    `page` to read, `document` in official layout, `data.csv` and `data.json` with `dictionary`.
    """
    newest = await newest_number(session, issue.bulletin.id)
    return reader.answer(rendered(issue, newest, rendering))
