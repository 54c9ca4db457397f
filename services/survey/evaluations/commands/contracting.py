"""The housing bureau contracts an agency for an area and a time (E22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from services.survey.copies.tables import OrganisationCopy
from services.survey.deed import Deed
from services.survey.evaluations.commands.recording import in_turn, note
from services.survey.evaluations.domain.contracts import (
    NotAnAgency,
    Terms,
    checked_area,
    refuse_backwards,
    refuse_longer,
    refuse_other_kinds,
    refuse_taken,
)
from services.survey.evaluations.domain.policies import (
    refuse_outside_divisions,
    refuse_stake_in_agency,
)
from services.survey.evaluations.schemas import AgencyContractIn
from services.survey.evaluations.tables import AgencyContract
from shared.ids import new_id

CONTRACTS = "agency contracts"


def terms_of(row: AgencyContract) -> Terms:
    return Terms(row.id, row.agency_id, tuple(row.divisions), row.valid_from, row.valid_to)


async def register(deed: Deed, body: AgencyContractIn) -> AgencyContract:
    """Raises AreaNotADivision, NotYourDivision, StakeInAgency, NotAnAgency,
    AgencyContractBackwards, AreaContracted or AgencyContractTwice.
    """
    area = checked_area(body.divisions)
    refuse_outside_divisions(deed.actor, area)
    refuse_backwards(body.valid_from, body.valid_to)
    refuse_stake_in_agency(deed.actor, body.agency_id)
    agency = await deed.session.get(OrganisationCopy, body.agency_id)
    if agency is None:
        raise NotAnAgency
    refuse_other_kinds(agency.kind, active=agency.active)
    contract = AgencyContract(
        id=new_id(),
        agency_id=agency.id,
        agency_name=agency.display_name,
        divisions=list(area),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        registered_by=deed.actor.id,
        registered_at=deed.at,
    )
    await in_turn(deed.session, CONTRACTS)
    others = (await deed.session.execute(select(AgencyContract))).scalars()
    refuse_taken(terms_of(contract), map(terms_of, others))
    deed.session.add(contract)
    _note(deed, contract, "agency_contract.registered")
    return contract


async def end(deed: Deed, contract: AgencyContract, last_day: date, reason: str) -> None:
    """At 24:00 of the day. Raises StakeInAgency, AgencyContractOnlyShortened or
    AgencyContractBackwards.
    """
    refuse_stake_in_agency(deed.actor, contract.agency_id)
    refuse_longer(terms_of(contract), last_day)
    contract.valid_to = last_day
    contract.version += 1
    _note(deed, contract, "agency_contract.ended", reason=reason)


async def own_contracts(deed: Deed, *, lock: bool = False) -> list[Terms]:
    """All of the evaluator's agency, whenever they run."""
    wanted = select(AgencyContract).where(
        col(AgencyContract.agency_id) == deed.actor.organisation_id
    )
    wanted = wanted.order_by(col(AgencyContract.valid_from), col(AgencyContract.id))
    if lock:
        wanted = wanted.with_for_update(read=True)
    rows = await deed.session.execute(wanted)
    return [terms_of(each) for each in rows.scalars()]


def _note(deed: Deed, row: AgencyContract, action: str, reason: str | None = None) -> None:
    details: dict[str, Any] = {
        "agency": str(row.agency_id),
        "divisions": row.divisions,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat(),
    }
    note(deed, action, ("agency_contract", row.id), details, reason=reason)
