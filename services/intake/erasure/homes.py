"""The erased person's homes: bindings, invitations, and the name in the register of residents."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlmodel import col, select

from services.intake.houses.commands import Errand
from services.intake.houses.register import TABLE as REGISTER
from services.intake.houses.tables import Binding, HomeInvitation, RegisteredResident


async def registered(errand: Errand, mobile: str | None) -> Sequence[RegisteredResident]:
    """The entries of the register with this number."""
    if mobile is None:
        return []
    numbers = errand.runtime.blind_index.candidates(mobile, table=REGISTER, column="mobile")
    rows = await errand.session.execute(
        select(RegisteredResident)
        .where(col(RegisteredResident.mobile_index).in_(numbers))
        .order_by(col(RegisteredResident.id))
    )
    return rows.scalars().all()


def name_in_register(errand: Errand, entry: RegisteredResident) -> str:
    if not entry.name:
        return ""
    return errand.runtime.cipher.decrypt(entry.name, table=REGISTER, row_id=entry.id, column="name")


async def bindings_of(errand: Errand, owner_id: UUID) -> Sequence[Binding]:
    rows = await errand.session.execute(
        select(Binding).where(Binding.owner_id == owner_id).order_by(col(Binding.id))
    )
    return rows.scalars().all()


async def forget_homes(
    errand: Errand, owner_id: UUID, entries: Sequence[RegisteredResident]
) -> None:
    """Whom the person let in stays: they live there. The register keeps only that the keyed hash
    belongs to the house, for whoever signs in anew with the number.
    """
    session = errand.session
    await session.execute(delete(Binding).where(col(Binding.owner_id) == owner_id))
    mine = or_(
        col(HomeInvitation.invited_by) == owner_id, col(HomeInvitation.accepted_by) == owner_id
    )
    await session.execute(delete(HomeInvitation).where(mine))
    await session.execute(
        update(Binding).where(col(Binding.invited_by) == owner_id).values(invited_by=None)
    )
    for entry in entries:
        entry.name = ""
