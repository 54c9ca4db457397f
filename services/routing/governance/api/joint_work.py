"""Joint meetings and joint enforcement (A11)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.deed import DeedDep, OccasionDep
from services.routing.governance.commands.joint_work import Work, record
from services.routing.governance.guards import CasesToLink
from services.routing.governance.queries import joint_work_of, page_of_joint_work
from services.routing.governance.schemas import JointWorkIn, JointWorkOut
from services.routing.governance.views import joint_work_out, joint_works_out
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/joint-work", tags=["governance"])


@router.post("", status_code=201, response_model=JointWorkOut)
async def record_joint_work(files: CasesToLink, body: JointWorkIn, deed: DeedDep) -> Response:
    """A11: recorded once, shown in the timeline of every case it was about."""
    units = body.organisation_ids
    work = Work(body.kind, body.held_at, body.division, units, body.summary)

    async def recorded() -> JointWorkOut:
        return await joint_work_out(deed.on, await record(deed.on, files, work))

    return await deed.once.run(recorded)


@router.get("")
async def joint_works(on: OccasionDep, page: Paging) -> Page[JointWorkOut]:
    """Of the own place, and where the own unit took part; newest first."""
    found = await page_of_joint_work(on.session, on.actor, page)
    shown, following = page.cut(found, lambda work: (str(work.id),))
    return Page(items=await joint_works_out(on, shown), next=following)


@router.get("/{joint_work_id}")
async def one_joint_work(joint_work_id: UUID, on: OccasionDep) -> JointWorkOut:
    """With the cases that the reader can see."""
    work = await joint_work_of(on.session, on.actor, joint_work_id)
    return await joint_work_out(on, work)
