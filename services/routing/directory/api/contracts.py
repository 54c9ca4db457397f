"""Contracts between companies and estates (A03)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.routing.directory import listing
from services.routing.directory.commands import end_contract, replace_contract, sign_contract
from services.routing.directory.guards import AdministratorsErrand, ContractToEnd, ReadersErrand
from services.routing.directory.listing import ContractFilter
from services.routing.directory.schemas.estates import (
    ContractEnd,
    ContractOut,
    NewContract,
    Replacement,
)
from services.routing.directory.showing import contract_out
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/directory/contracts", tags=["directory"])


@router.get("")
async def contracts(
    errand: ReadersErrand,
    paging: Paging,
    estate_id: UUID | None = None,
    company_id: UUID | None = None,
    on: Annotated[date | None, Query(description="In force on this day")] = None,
) -> Page[ContractOut]:
    """Contracts of an estate or a company, past ones and those to come, by their first day."""
    wanted = ContractFilter(estate_id, company_id, on)
    rows = await listing.contracts(errand.session, wanted, paging)
    page, following = paging.cut(rows, lambda row: (row.valid_from.isoformat(), str(row.id)))
    return Page(items=[await contract_out(errand, row) for row in page], next=following)


@router.post("", status_code=201, response_model=ContractOut)
async def sign(body: NewContract, errand: AdministratorsErrand, once: OnceDep) -> Response:
    """Enter a contract; an estate has one company at a time."""

    async def work() -> ContractOut:
        return await contract_out(errand, await sign_contract(errand, body.row()))

    return await once.run(work)


@router.put("/{contract_id}/end")
async def end(body: ContractEnd, errand: AdministratorsErrand, row: ContractToEnd) -> ContractOut:
    """Set the last day of a contract, no later than agreed."""
    return await contract_out(errand, await end_contract(errand, row, body.last_day))


@router.post("/{contract_id}/replacement", status_code=201, response_model=ContractOut)
async def replace(
    body: Replacement, errand: AdministratorsErrand, row: ContractToEnd, once: OnceDep
) -> Response:
    """Let another company follow, with a hand-over note; old cases stay where they are (X40)."""

    async def work() -> ContractOut:
        following = body.row(row.estate_id)
        return await contract_out(
            errand, await replace_contract(errand, row, following, body.handover)
        )

    return await once.run(work)
