"""Representatives of an estate: appointed by community and street, taken up by residents (E09)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.survey.deed import DeedDep
from services.survey.ratings.commands.appointing import appoint, issue_code, release, take_up
from services.survey.ratings.guards.representatives import (
    GuessCounted,
    PlaceToAppoint,
    RepresentativeToChange,
)
from services.survey.ratings.queries.representatives import page_of_representatives
from services.survey.ratings.schemas.representatives import (
    AppointedOut,
    AppointmentIn,
    CodeIn,
    ReleaseIn,
    RepresentativeOut,
)
from services.survey.ratings.views.representatives import appointed_out, representative_out
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/representatives", tags=["ratings"])


@router.get("")
async def list_representatives(
    deed: DeedDep, page: Paging, estate_id: Annotated[UUID | None, Query()] = None
) -> Page[RepresentativeOut]:
    """Those of your place, or your own appointments; newest first. No names are kept."""
    found = await page_of_representatives(deed.session, deed.actor, page, estate_id)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=[representative_out(deed, each) for each in shown], next=following)


@router.post("", status_code=201, response_model=AppointedOut)
async def make_representative(
    place: PlaceToAppoint, body: AppointmentIn, deed: DeedDep, once: OnceDep
) -> Response:
    """Appoint somebody whom you know; hand over the code, which is shown this once."""

    async def work() -> AppointedOut:
        return appointed_out(deed, *await appoint(deed, place, body.kind, body.ends_on))

    return await once.run(work, kept=AppointedOut.kept)


@router.post("/acceptance", status_code=201, response_model=RepresentativeOut)
async def accept_appointment(
    _: GuessCounted, body: CodeIn, deed: DeedDep, once: OnceDep
) -> Response:
    """Take up an appointment with its code; you have a verified home in the estate."""

    async def work() -> RepresentativeOut:
        return representative_out(deed, await take_up(deed, body.code))

    return await once.run(work)


@router.post("/{representative_id}/code", status_code=201, response_model=AppointedOut)
async def renew_code(row: RepresentativeToChange, deed: DeedDep, once: OnceDep) -> Response:
    """Another code for an appointment that nobody took up; the one before is void."""

    async def work() -> AppointedOut:
        return appointed_out(deed, row, await issue_code(deed, row))

    return await once.run(work, kept=AppointedOut.kept)


@router.post("/{representative_id}/release", response_model=RepresentativeOut)
async def end_appointment(
    row: RepresentativeToChange, body: ReleaseIn, deed: DeedDep, once: OnceDep
) -> Response:
    """End an appointment before its term, with a reason, which stands in the audit log."""

    async def work() -> RepresentativeOut:
        await release(deed, row, body.reason)
        return representative_out(deed, row)

    return await once.run(work, status=200)
