"""Erasing an account: afterwards its id leads to nobody, here and in the other services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from services.intake.attachments.commands.removing import forget_uploads
from services.intake.channels.forgetting import forget_papers_of
from services.intake.complaints.tables import Complaint
from services.intake.drafts.tables import ComplaintDraft
from services.intake.erasure.complaints import contact_name, hide_complaint, own_complaints
from services.intake.erasure.homes import (
    bindings_of,
    forget_homes,
    name_in_register,
    registered,
)
from services.intake.erasure.messages import Rewording
from services.intake.flags.tables import AccountFlag
from services.intake.houses.commands import Errand
from services.intake.houses.queries import Dwellings
from services.intake.houses.tables import RegisteredResident
from services.intake.owners.announcing import announce
from services.intake.owners.contacts import Contacts
from services.intake.owners.sessions import end_every_session
from services.intake.owners.tables import Guardian, Owner, SmsCode
from services.intake.owners.texting import numbers_of
from shared import audit
from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.messaging import publish
from shared.messaging.redacting import redact
from shared.privacy import Hiding, Sealed
from shared.web.once import forget_answers


async def erase(errand: Errand, owner: Owner) -> None:
    """Open cases go on ex officio; the next sign-in with the same WeChat makes a new account."""
    contacts = errand.runtime.part(Contacts)
    mobile = contacts.mobile(owner)
    entries = await registered(errand, mobile)
    complaints = await own_complaints(errand, owner.id)
    filed = [complaint.id for complaint in complaints]
    names = await _names(errand, owner, entries, complaints)
    await redact(errand.session, [owner.id, *filed], Rewording(errand, Hiding.of(names)))
    for complaint in complaints:
        await hide_complaint(errand, complaint, Hiding.of(names))
    await forget_papers_of(errand.session, filed)
    await forget_homes(errand, owner.id, entries)
    await _forget_person(errand, owner.id, mobile)
    _empty(errand, owner)
    await errand.session.flush()
    announce(errand.session, contacts, owner, Dwellings(), at=errand.at)
    gone = ErasedOwner(id=owner.id, version=owner.version, erased_at=errand.at)
    event = OwnerErased(owner=gone, names=_told_to_survey(errand, owner.id, names))
    publish(errand.session, event, actor=errand.actor, at=errand.at)
    _record(errand, owner.id)


async def _names(
    errand: Errand,
    owner: Owner,
    entries: Sequence[RegisteredResident],
    complaints: Iterable[Complaint],
) -> set[str]:
    """Every name that is known of the person and of whoever answers for them."""
    names = {contact_name(errand, complaint) for complaint in complaints}
    names |= {name_in_register(errand, entry) for entry in entries}
    for binding in await bindings_of(errand, owner.id):
        if binding.applicant_name is not None:
            names.add(errand.reveal(binding.applicant_name, binding.id, "applicant_name"))
    guardian = await errand.session.get(Guardian, owner.id)
    if guardian is not None:
        names.add(errand.runtime.part(Contacts).guardian(guardian)[0])
    return {name for name in names if name}


async def _forget_person(errand: Errand, owner_id: UUID, mobile: str | None) -> None:
    session = errand.session
    await end_every_session(session, errand.runtime, errand.actor, at=errand.at)
    await session.execute(delete(Guardian).where(col(Guardian.owner_id) == owner_id))
    await session.execute(delete(ComplaintDraft).where(col(ComplaintDraft.owner_id) == owner_id))
    await forget_uploads(session, owner_id)
    flags = update(AccountFlag).where(col(AccountFlag.owner_id) == owner_id)
    await session.execute(flags.values(reason=None))
    if mobile is not None:
        numbers = numbers_of(errand.runtime, mobile)
        unused = select(SmsCode).where(col(SmsCode.mobile_index).in_(numbers))
        for code in (await session.execute(unused)).scalars():
            code.used_at = errand.at  # it still counts against the limits
    await forget_answers(session, owner_id)


def _told_to_survey(errand: Errand, owner_id: UUID, names: set[str]) -> Sealed:
    return errand.runtime.sealer.seal(
        Hiding.of(names).told(), audience="survey", subject=f"{owner_id}/names"
    )


def _empty(errand: Errand, owner: Owner) -> None:
    owner.openid, owner.openid_index, owner.mobile, owner.mobile_index = None, None, None, None
    owner.privacy_version, owner.privacy_at, owner.age_band = None, None, None
    owner.guardian_missing, owner.active = False, False
    owner.erased_at = errand.at
    owner.version += 1


def _record(errand: Errand, owner_id: UUID) -> None:
    audit.append(
        errand.session,
        actor=errand.actor,
        action="owner.erased",
        subject_type="owner",
        subject_id=owner_id,
        at=errand.at,
    )
