"""Reading what people have chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.preferences.domain.choice import AS_USUAL, Choice
from services.notify.preferences.tables import Preference
from shared.rulebook.sections.notices import QuietHours


async def choices(session: AsyncSession, people: Iterable[UUID]) -> Mapping[UUID, Choice]:
    """Of those who have chosen anything."""
    wanted = select(Preference).where(col(Preference.person_id).in_(list(people)))
    rows = (await session.execute(wanted)).scalars()
    return {row.person_id: _choice(row) for row in rows}


async def choice_of(session: AsyncSession, person: UUID) -> Choice:
    return (await choices(session, [person])).get(person, AS_USUAL)


def _choice(row: Preference) -> Choice:
    quiet = None
    if row.quiet_begins is not None and row.quiet_ends is not None:
        quiet = QuietHours(begins=row.quiet_begins, ends=row.quiet_ends)
    return Choice(
        refused_texts=frozenset(row.refused_texts),
        quiet=quiet,
        wechat=row.wechat,
        digest=row.digest,
        digest_times=tuple(row.digest_times),
    )
