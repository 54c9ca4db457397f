"""For governance centres: drafting, approving and publishing; observers read (D10, E23)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.survey.bulletins.commands.deciding import approve, publish, send_back, withdraw
from services.survey.bulletins.commands.drafting import Subject, annotate, compute_anew, draft
from services.survey.bulletins.domain.content import Kind
from services.survey.bulletins.domain.edition import Place
from services.survey.bulletins.guards import (
    DrafterDep,
    Issue,
    IssueToRead,
    IssueToWrite,
    ReaderDep,
)
from services.survey.bulletins.queries import Wanted, edition_of, page_of
from services.survey.bulletins.schemas import (
    ApprovalIn,
    DraftIn,
    EditionDetail,
    EditionOut,
    NotesIn,
    Period,
    ReasonIn,
)
from services.survey.bulletins.views import edition_detail, edition_out
from services.survey.deed import Deed, DeedDep
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/bulletins", tags=["bulletins"])


@router.get("")
async def list_editions(
    _: ReaderDep,
    deed: DeedDep,
    page: Paging,
    kind: Kind | None = None,
    period: Annotated[Period | None, Query()] = None,
) -> Page[EditionOut]:
    """Drafts and published editions of your places, newest first."""
    found = await page_of(deed.session, deed.actor, page, Wanted(kind, period))
    shown, following = page.cut(found, lambda row: (row.Edition.id,))
    items = [edition_out(row.Edition, row.Bulletin) for row in shown]
    return Page(items=items, next=following)


@router.post("", status_code=201, response_model=EditionDetail)
async def draft_edition(_: DrafterDep, body: DraftIn, deed: DeedDep, once: OnceDep) -> Response:
    """Of a period that is over; where one is public, the next edition, with a reason."""
    subject = Subject(body.kind, body.period, body.division, body.reason)

    async def work() -> EditionDetail:
        edition = await draft(deed, subject)
        return edition_detail(deed.actor, *await edition_of(deed.session, deed.actor, edition.id))

    return await once.run(work)


@router.get("/{edition_id}")
async def show_edition(issue: IssueToRead, deed: DeedDep) -> EditionDetail:
    """The edition as its officers see it: content, notes, and whether you wrote of it."""
    return edition_detail(deed.actor, issue.edition, issue.bulletin)


@router.put("/{edition_id}/notes")
async def write_notes(issue: IssueToWrite, body: NotesIn, deed: DeedDep) -> EditionDetail:
    """The officer's own paragraphs, all of them, in place of those in the version that was read;
    the figures stay.
    """
    notes = {place: getattr(body, place.lower()) for place in Place}
    await annotate(deed, issue.bulletin, issue.edition, notes, body.version)
    return edition_detail(deed.actor, issue.edition, issue.bulletin)


@router.post("/{edition_id}/computation", response_model=EditionDetail)
async def compute_it(issue: IssueToWrite, deed: DeedDep, once: OnceDep) -> Response:
    """The figures as they are now; the officer's paragraphs stay."""
    computing = partial(compute_anew, deed, issue.bulletin, issue.edition)
    return await _done(deed, once, issue, computing)


@router.post("/{edition_id}/approval", response_model=EditionDetail)
async def approve_it(
    issue: IssueToWrite, body: ApprovalIn, deed: DeedDep, once: OnceDep
) -> Response:
    """By somebody who wrote nothing of it, for the version that was read."""
    return await _done(deed, once, issue, lambda: approve(deed, issue.edition, body.version))


@router.post("/{edition_id}/return", response_model=EditionDetail)
async def return_it(issue: IssueToWrite, body: ReasonIn, deed: DeedDep, once: OnceDep) -> Response:
    """An approved edition becomes a draft again."""
    return await _done(deed, once, issue, lambda: send_back(deed, issue.edition, body.reason))


@router.post("/{edition_id}/withdrawal", response_model=EditionDetail)
async def withdraw_it(
    issue: IssueToWrite, body: ReasonIn, deed: DeedDep, once: OnceDep
) -> Response:
    """It will not be published; the period may be drafted anew."""
    return await _done(deed, once, issue, lambda: withdraw(deed, issue.edition, body.reason))


@router.post("/{edition_id}/publication", response_model=EditionDetail)
async def publish_it(issue: IssueToWrite, deed: DeedDep, once: OnceDep) -> Response:
    """Public for good, by somebody who wrote nothing of it."""
    return await _done(deed, once, issue, lambda: publish(deed, issue.bulletin, issue.edition))


async def _done(
    deed: Deed, once: Once, issue: Issue, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> EditionDetail:
        await command()
        return edition_detail(deed.actor, issue.edition, issue.bulletin)

    return await once.run(work, status=200)
