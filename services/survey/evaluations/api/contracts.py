"""For housing bureaus: which agency evaluates where and when (E22)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlmodel import col

from services.survey.deed import DeedDep
from services.survey.evaluations.commands.contracting import end, register
from services.survey.evaluations.guards import ContractToEnd, HousingDeed
from services.survey.evaluations.queries import contracts_of, page_of
from services.survey.evaluations.schemas import AgencyContractIn, AgencyContractOut, ContractEndIn
from services.survey.evaluations.tables import AgencyContract
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/agency-contracts", tags=["evaluations"])


@router.get("")
async def list_contracts(deed: DeedDep, page: Paging) -> Page[AgencyContractOut]:
    """Of your divisions, or of your agency; newest first."""
    mine = contracts_of(deed.actor)
    found = await page_of(deed.session, mine, col(AgencyContract.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=list(map(AgencyContractOut.model_validate, shown)), next=following)


@router.post("", status_code=201, response_model=AgencyContractOut)
async def register_contract(body: AgencyContractIn, deed: HousingDeed, once: OnceDep) -> Response:
    """E22: an agency of the directory, for divisions of yours, from one day to another."""

    async def work() -> AgencyContractOut:
        return AgencyContractOut.model_validate(await register(deed, body))

    return await once.run(work)


@router.post("/{contract_id}/ending", response_model=AgencyContractOut)
async def end_contract(
    contract: ContractToEnd, body: ContractEndIn, deed: HousingDeed, once: OnceDep
) -> Response:
    """Earlier than agreed; what was imported stays."""

    async def work() -> AgencyContractOut:
        await end(deed, contract, body.last_day, body.reason)
        return AgencyContractOut.model_validate(contract)

    return await once.run(work, status=200)
