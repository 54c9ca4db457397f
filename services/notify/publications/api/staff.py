"""Writing public notices, for street offices and governance centres."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.notify.publications.commands.drafting import change, correct, draft, withdraw
from services.notify.publications.commands.posting import post
from services.notify.publications.commands.publishing import make_public
from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.publications.guards import OwnNotice, PublisherDep
from services.notify.publications.queries import own_notices
from services.notify.publications.schemas import (
    CorrectionBody,
    NoticeBody,
    NoticeOut,
    PostingBody,
    WithdrawalBody,
)
from services.notify.publications.views import all_shown, shown
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/notices", tags=["notices"])


@router.get("")
async def list_notices(
    deed: PublisherDep,
    paging: Paging,
    state: NoticeState | None = None,
    overdue: Annotated[bool, Query(description="Not on all channels on the same day.")] = False,
) -> Page[NoticeOut]:
    """Those of the own places, the newest first."""
    late = deed.at if overdue else None
    notices, following = await own_notices(
        deed.session, deed.actor, paging, state=state, overdue_at=late
    )
    return Page(items=await all_shown(deed, notices), next=following)


@router.post("", status_code=201, response_model=NoticeOut)
async def draft_notice(body: NoticeBody, deed: PublisherDep, once: OnceDep) -> Response:
    """A draft; nobody else sees it yet."""

    async def drafted() -> NoticeOut:
        return await shown(deed, await draft(deed, body))

    return await once.run(drafted)


@router.get("/{notice_id}")
async def one_notice(notice: OwnNotice, deed: PublisherDep) -> NoticeOut:
    """With the record of its channels."""
    return await shown(deed, notice)


@router.put("/{notice_id}")
async def change_draft(notice: OwnNotice, body: NoticeBody, deed: PublisherDep) -> NoticeOut:
    """Only while it is a draft."""
    return await shown(deed, await change(deed, notice, body))


@router.post("/{notice_id}/publication")
async def publish_draft(notice: OwnNotice, deed: PublisherDep) -> NoticeOut:
    """For good: from now on there are only corrections and the withdrawal."""
    return await shown(deed, await make_public(deed, notice))


@router.post("/{notice_id}/postings")
async def note_posting(notice: OwnNotice, body: PostingBody, deed: PublisherDep) -> NoticeOut:
    """E05: where else it was posted, when, and what proves it; each channel once."""
    return await shown(deed, await post(deed, notice, body))


@router.post("/{notice_id}/correction", status_code=201, response_model=NoticeOut)
async def correct_notice(
    notice: OwnNotice, body: CorrectionBody, deed: PublisherDep, once: OnceDep
) -> Response:
    """A draft of the next edition; once it is published it takes the place of this one."""

    async def corrected() -> NoticeOut:
        return await shown(deed, await correct(deed, notice, body))

    return await once.run(corrected)


@router.post("/{notice_id}/withdrawal")
async def withdraw_notice(notice: OwnNotice, body: WithdrawalBody, deed: PublisherDep) -> NoticeOut:
    """It stays to be found, with the reason and without its text."""
    return await shown(deed, await withdraw(deed, notice, body.reason))
