"""Contracts between companies and estates begin, end and follow each other (A03, X40)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.routing.directory.commands.estates import locked_estate, tell_of_estate
from services.routing.directory.domain.contracts import (
    NotACompany,
    Period,
    check_free,
    cut_before,
    ended,
)
from services.routing.directory.errand import Errand
from services.routing.directory.tables import Organisation, ServiceContract
from shared.contracts.vocabulary import OrganisationKind


async def sign_contract(errand: Errand, row: ServiceContract) -> ServiceContract:
    """Raises UnknownEstate, NotACompany or EstateUnderContract."""
    estate = await locked_estate(errand, row.estate_id)
    errand.require(estate.division)
    await _check_company(errand, row.company_id)
    check_free(_period(row), map(_period, await _contracts(errand, row.estate_id)))
    errand.session.add(row)
    estate.version += 1
    await tell_of_estate(errand, estate, "estate.contract_signed")
    return row


async def end_contract(errand: Errand, row: ServiceContract, last_day: date) -> ServiceContract:
    """The company serves until 24:00 of `last_day`. Raises CannotExtend."""
    estate = await locked_estate(errand, row.estate_id)
    errand.require(estate.division)
    row.valid_to = ended(_period(row), last_day).last
    estate.version += 1
    await tell_of_estate(errand, estate, "estate.contract_ended")
    return row


async def replace_contract(
    errand: Errand, old: ServiceContract, row: ServiceContract, handover: str
) -> ServiceContract:
    """Another company follows; what is owed from before stays with the old one (X40).

    Raises CannotExtend, EndsBeforeItBegins, NotACompany or EstateUnderContract.
    """
    estate = await locked_estate(errand, old.estate_id)
    errand.require(estate.division)
    await _check_company(errand, row.company_id)
    old.valid_to = cut_before(_period(old), row.valid_from).last
    check_free(_period(row), map(_period, await _contracts(errand, estate.id)))
    row.replaces_id = old.id
    row.handover = errand.conceal(handover, "service_contract", row.id, "handover")
    errand.session.add(row)
    estate.version += 1
    await tell_of_estate(errand, estate, "estate.contract_replaced")
    return row


async def _check_company(errand: Errand, company_id: UUID) -> None:
    company = await errand.session.get(Organisation, company_id)
    if company is None or company.kind != OrganisationKind.COMPANY or not company.active:
        raise NotACompany


async def _contracts(errand: Errand, estate_id: UUID) -> list[ServiceContract]:
    rows = await errand.session.execute(
        select(ServiceContract).where(col(ServiceContract.estate_id) == estate_id)
    )
    return list(rows.scalars())


def _period(row: ServiceContract) -> Period:
    return Period(row.valid_from, row.valid_to)
