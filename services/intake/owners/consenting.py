"""Agreeing to the privacy notice, taking it back, and naming a guardian (X41, facts 2.13)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.owners.announcing import owner_as_actor
from services.intake.owners.contacts import Contacts
from services.intake.owners.domain.ages import (
    AgeBand,
    band_of,
    needs_guardian,
    refuse_needless_guardian,
    refuse_own_number,
)
from services.intake.owners.domain.refusals import NoticeOutdated
from services.intake.owners.schemas import ConsentBody, GuardianBody
from services.intake.owners.tables import Guardian, Owner, PrivacyConsent
from shared import audit
from shared.clock import BEIJING
from shared.identifiers import mobile_number
from shared.ids import new_id
from shared.rulebook import Rulebook
from shared.runtime import Runtime


async def consent(
    session: AsyncSession, rulebook: Rulebook, owner: Owner, given: ConsentBody, *, at: datetime
) -> None:
    """Agreeing again says the age anew; the same once more is as once.

    Raises NoticeOutdated or BornInFuture.
    """
    in_force = rulebook.privacy.notice_version
    if given.version != in_force:
        raise NoticeOutdated(version=in_force)
    band = _band(rulebook, given, at)
    if (owner.privacy_version, owner.age_band) == (in_force, band):
        return
    owner.privacy_version, owner.privacy_at, owner.age_band = in_force, at, band
    await _ask_for_guardian(session, owner, band)
    _write_down(session, owner, in_force, given=True, at=at)


async def withdraw_consent(session: AsyncSession, owner: Owner, *, at: datetime) -> None:
    """What was done with the consent stays lawful; from now on nothing new. Twice is as once."""
    version = owner.privacy_version
    if version is None:
        return
    owner.privacy_version, owner.privacy_at = None, None
    _write_down(session, owner, version, given=False, at=at)


async def name_guardian(
    session: AsyncSession, runtime: Runtime, owner: Owner, named: GuardianBody, *, at: datetime
) -> None:
    """The number was proven by a code. Naming another replaces the one before.

    Raises GuardianNotNeeded or GuardianIsOneself.
    """
    refuse_needless_guardian(AgeBand(owner.age_band) if owner.age_band else None)
    number, contacts = mobile_number(named.mobile), runtime.part(Contacts)
    refuse_own_number(number, contacts.mobile(owner))
    columns = contacts.guardian_columns(owner.id, named.name, number)
    row = Guardian(owner_id=owner.id, relation=named.relation, filed_at=at, **columns)
    await session.merge(row)
    owner.guardian_missing = False
    _record(session, owner, "owner.guardian_named", at)


async def drop_guardian_with(
    session: AsyncSession, contacts: Contacts, owner: Owner, mobile: str
) -> None:
    """The number has become the account's own: it proved no grown-up."""
    guardian = await session.get(Guardian, owner.id)
    if guardian is not None and contacts.guardian(guardian)[1] == mobile:
        await session.delete(guardian)
        owner.guardian_missing = True


def _band(rulebook: Rulebook, given: ConsentBody, at: datetime) -> AgeBand:
    """The day of birth goes no farther than this."""
    if given.age_band is not None:
        return given.age_band
    assert given.born_on is not None, "the body says one of the two"
    return band_of(given.born_on, at.astimezone(BEIJING).date(), rulebook)


async def _ask_for_guardian(session: AsyncSession, owner: Owner, band: AgeBand) -> None:
    """Whoever needs none has none here."""
    if not needs_guardian(band):
        owner.guardian_missing = False
        await session.execute(delete(Guardian).where(col(Guardian.owner_id) == owner.id))
        return
    owner.guardian_missing = await session.get(Guardian, owner.id) is None


def _write_down(
    session: AsyncSession, owner: Owner, version: str, *, given: bool, at: datetime
) -> None:
    band = owner.age_band if given else None
    session.add(
        PrivacyConsent(
            id=new_id(), owner_id=owner.id, version=version, given=given, age_band=band, at=at
        )
    )
    _record(session, owner, "consent.given" if given else "consent.withdrawn", at)


def _record(session: AsyncSession, owner: Owner, action: str, at: datetime) -> None:
    audit.append(
        session,
        actor=owner_as_actor(owner.id),
        action=action,
        subject_type="owner",
        subject_id=owner.id,
        at=at,
        details={"version": owner.privacy_version},
    )
