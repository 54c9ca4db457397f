"""Duplicates and groups, for those who decide: dispatchers, and the street for talks."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.guards import CaseToRead
from services.routing.cases.schemas import CaseSummary
from services.routing.cases.views import summary_of
from services.routing.deed import DeedDep, OccasionDep
from services.routing.voices.commands.decide import dismiss, name_representatives
from services.routing.voices.commands.merge import merge
from services.routing.voices.commands.unmerge import unmerge
from services.routing.voices.guards import (
    CaseToCompare,
    CaseToRepresent,
    DeciderDep,
    ProposalToDecide,
)
from services.routing.voices.queries import page_of_proposals, proposals_of
from services.routing.voices.schemas import (
    DismissalIn,
    DuplicatesOut,
    MergeIn,
    ProposalOut,
    RepresentativesIn,
    RepresentativesOut,
    UnmergeIn,
)
from services.routing.voices.views import compared_out, proposals_out, representatives_out
from shared.web.paging import Page, Paging

router = APIRouter(tags=["duplicates"])


@router.get("/duplicates")
async def waiting(on: DeciderDep, page: Paging) -> Page[ProposalOut]:
    """Pairs of cases that seem to be one problem and wait for a decision, newest first (X09)."""
    found = await page_of_proposals(on.session, on.actor, page)
    shown, following = page.cut(found, lambda proposal: (str(proposal.id),))
    return Page(items=await proposals_out(on, shown), next=following)


@router.get("/cases/{case_id}/duplicates")
async def of_case(file: CaseToCompare, on: OccasionDep) -> DuplicatesOut:
    """What this case seems to be one problem with, and the words that both use."""
    on.audit("case.duplicates_read", "case", file.case.id, {})
    proposals = await proposals_of(on.session, file.case.id)
    return DuplicatesOut(items=await compared_out(on, file, proposals))


@router.post("/duplicates/{proposal_id}/dismissal", response_model=ProposalOut)
async def dismissal(proposal: ProposalToDecide, body: DismissalIn, deed: DeedDep) -> Response:
    """Two problems after all."""

    async def command() -> None:
        dismiss(deed.on, proposal, body.reason)

    async def answer() -> ProposalOut:
        return (await proposals_out(deed.on, [proposal]))[0]

    return await deed.answered(command, answer)


@router.post("/cases/{case_id}/merge", response_model=CaseSummary)
async def merging(file: CaseToCompare, body: MergeIn, deed: DeedDep) -> Response:
    """T07: this case ends, its complaints go on in the other, which is the answer."""

    async def work() -> CaseSummary:
        return summary_of(deed.on, await merge(deed.on, file.case.id, body.into, body.reason))

    return await deed.once.run(work, status=200)


@router.post("/cases/{case_id}/unmerge", response_model=CaseSummary)
async def unmerging(file: CaseToCompare, body: UnmergeIn, deed: DeedDep) -> Response:
    """X10: a complaint merged wrongly gets its own case again, which is the answer."""

    async def work() -> CaseSummary:
        own = await unmerge(deed.on, file.case.id, body.complaint_id, body.reason)
        return summary_of(deed.on, own)

    return await deed.once.run(work, status=200)


@router.post("/cases/{case_id}/representatives", response_model=RepresentativesOut)
async def representing(file: CaseToRepresent, body: RepresentativesIn, deed: DeedDep) -> Response:
    """X11: up to five of the reporters speak for the group in talks."""

    async def command() -> None:
        await name_representatives(deed.on, file, body.complaint_ids)

    async def answer() -> RepresentativesOut:
        return await representatives_out(deed.on, file)

    return await deed.answered(command, answer)


@router.get("/cases/{case_id}/representatives")
async def representatives(file: CaseToRead, on: OccasionDep) -> RepresentativesOut:
    """Who speaks for the group, by the number of the complaint."""
    return await representatives_out(on, file)
