"""Hand-overs as the dispatcher decides and makes them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.guards import CaseToRead
from services.routing.cases.schemas import CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.transfer.commands.transfer import Decision, Handover, decide, hand_over
from services.routing.transfer.guards import CaseToTransfer
from services.routing.transfer.queries import transfers_of
from services.routing.transfer.schemas import HandoverIn, TransferIn, TransfersOut
from services.routing.transfer.views import transfer_out

router = APIRouter(prefix="/cases/{case_id}", tags=["transfer"])


@router.get("/transfers")
async def transfers(file: CaseToRead, on: OccasionDep) -> TransfersOut:
    """All hand-overs of the case, oldest first."""
    rows = await transfers_of(on.session, file.case.id)
    return TransfersOut(items=[transfer_out(on, file, row) for row in rows])


@router.post("/transfer", response_model=CaseSummary)
async def decide_transfer(file: CaseToTransfer, body: TransferIn, deed: DeedDep) -> Response:
    """T43: somebody outside the platform is to act; CK-18 runs."""
    decision = Decision(body.receiver, body.reason, body.whole)
    return await answered(deed, file, lambda: decide(deed.on, file, decision))


@router.post("/transfer/handover", response_model=CaseSummary)
async def make_transfer(file: CaseToTransfer, body: HandoverIn, deed: DeedDep) -> Response:
    """T43: the receiver has signed for it; the owner is told whom to turn to."""
    handover = Handover(body.receipt, body.contact)
    return await answered(deed, file, lambda: hand_over(deed.on, file, handover))
