"""Contracts between companies and estates (A03)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.directory.commands import end_contract, sign_contract
from services.routing.directory.guards import AdministratorsErrand, ContractToEnd
from services.routing.directory.schemas.estates import ContractEnd, ContractOut, NewContract
from shared.web.once import OnceDep

router = APIRouter(prefix="/directory/contracts", tags=["directory"])


@router.post("", status_code=201, response_model=ContractOut)
async def sign(body: NewContract, errand: AdministratorsErrand, once: OnceDep) -> Response:
    """Enter a contract; an estate has one company at a time."""

    async def work() -> ContractOut:
        return ContractOut.of(await sign_contract(errand, body.row()))

    return await once.run(work)


@router.put("/{contract_id}/end")
async def end(body: ContractEnd, errand: AdministratorsErrand, row: ContractToEnd) -> ContractOut:
    """Set the last day of a contract, no later than agreed."""
    return ContractOut.of(await end_contract(errand, row, body.last_day))
