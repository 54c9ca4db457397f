"""Mediators of the committees, full-time ones with their certificate (C02, C03)."""

from __future__ import annotations

from uuid import UUID

from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.domain.mediators import (
    Certificate,
    NotACommittee,
    NotAMediator,
    check_certificate,
)
from services.routing.directory.domain.policies import mediates
from services.routing.directory.errand import Errand
from services.routing.directory.tables import Mediator, Organisation, Staff
from shared.contracts.vocabulary import OrganisationKind


async def register_mediator(errand: Errand, row: Mediator) -> Mediator:
    """Enters or replaces a mediator; the certificate's number comes plain and is stored encrypted.

    Raises NotAMediator, NotACommittee or CertificateMissing.
    """
    staff = await _mediator(errand, row.staff_id)
    errand.require(await _committee_division(errand, staff.organisation_id))
    check_certificate(
        full_time=row.full_time,
        kind=Certificate(row.certificate_kind) if row.certificate_kind else None,
        number=row.certificate_number,
        needed=errand.rulebook.mediation.full_time_needs_certificate,
    )
    _encrypt(errand, row)
    kept = await errand.session.merge(row)
    staff.version += 1
    await tell_of_staff(errand, staff, "staff.mediator_registered")
    return kept


async def _mediator(errand: Errand, staff_id: UUID) -> Staff:
    staff = await errand.session.get(Staff, staff_id, with_for_update=True)
    if staff is None or not staff.active or not mediates(staff.roles):
        raise NotAMediator
    return staff


async def _committee_division(errand: Errand, committee_id: UUID) -> str:
    committee = await errand.session.get(Organisation, committee_id)
    if committee is None or committee.kind != OrganisationKind.MEDIATION_COMMITTEE:
        raise NotACommittee
    return committee.division


def _encrypt(errand: Errand, row: Mediator) -> None:
    if row.certificate_number is None:
        return
    row.certificate_number = errand.runtime.cipher.encrypt(
        row.certificate_number,
        table="mediator",
        row_id=row.staff_id,
        column="certificate_number",
    )
