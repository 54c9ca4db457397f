"""The own account and the notice as owners read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.houses.queries import dwellings_of
from services.intake.owners.contacts import Contacts
from services.intake.owners.domain.ages import AgeBand, GuardianRelation
from services.intake.owners.schemas import (
    GuardianOut,
    Me,
    NoticeOut,
    NoticeParagraph,
)
from services.intake.owners.standing import missing_of
from services.intake.owners.tables import Guardian, Owner, PrivacyConsent
from shared.clock import BEIJING
from shared.privacy import mask_name, mask_phone
from shared.rulebook import Rulebook
from shared.runtime import Runtime
from shared.web.paging import PageRequest, cursor_key


def notice_in(rulebook: Rulebook) -> NoticeOut:
    notice = rulebook.privacy_notice
    return NoticeOut(
        version=rulebook.privacy.notice_version,
        title=notice.title,
        paragraphs=[
            NoticeParagraph(heading=each.heading, text=each.text) for each in notice.paragraphs
        ],
        guardian_below_age=rulebook.intake.guardian_below_age,
        adult_age=rulebook.accounts.adult_age,
    )


async def account_of(session: AsyncSession, runtime: Runtime, owner: Owner, at: datetime) -> Me:
    mobile = runtime.part(Contacts).mobile(owner)
    dwellings = await dwellings_of(session, owner.id)
    return Me(
        id=owner.id,
        masked_mobile=mask_phone(mobile) if mobile else None,
        estate_ids=list(dwellings.estates),
        house_ids=list(dwellings.houses),
        registered_at=owner.registered_at.astimezone(BEIJING),
        privacy_version=owner.privacy_version,
        privacy_at=owner.privacy_at and owner.privacy_at.astimezone(BEIJING),
        age_band=AgeBand(owner.age_band) if owner.age_band else None,
        guardian=await _guardian(session, runtime, owner),
        missing=missing_of(runtime, owner, dwellings, at),
    )


async def consents_of(
    session: AsyncSession, owner: Owner, paging: PageRequest
) -> Sequence[PrivacyConsent]:
    """Oldest first; one more than the page holds."""
    key = (col(PrivacyConsent.at), col(PrivacyConsent.id))
    query = select(PrivacyConsent).where(PrivacyConsent.owner_id == owner.id).order_by(*key)
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) > tuple_(*last))
    return (await session.execute(query.limit(paging.limit + 1))).scalars().all()


async def _guardian(session: AsyncSession, runtime: Runtime, owner: Owner) -> GuardianOut | None:
    row = await session.get(Guardian, owner.id)
    if row is None:
        return None
    name, mobile = runtime.part(Contacts).guardian(row)
    return GuardianOut(
        masked_name=mask_name(name),
        masked_mobile=mask_phone(mobile),
        relation=GuardianRelation(row.relation),
        filed_at=row.filed_at.astimezone(BEIJING),
    )
