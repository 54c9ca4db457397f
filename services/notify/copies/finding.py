"""Finding staff by the openid that WeChat names them by, through a keyed hash."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.contacts import ContactLock
from services.notify.copies.tables import StaffCopy
from shared.privacy import BlindIndex
from shared.runtime import Runtime

TABLE = "staff_copy"
BATCH = 500


def indexed(index: BlindIndex, openid: str) -> str:
    return index.of(openid, table=TABLE, column="openid")


async def staff_with(session: AsyncSession, runtime: Runtime, openid: str) -> UUID | None:
    await _index_the_rest(session, runtime)
    known = runtime.blind_index.candidates(openid, table=TABLE, column="openid")
    wanted = select(StaffCopy.id).where(col(StaffCopy.openid_index).in_(known))
    return (await session.execute(wanted.where(col(StaffCopy.active)).limit(1))).scalar()


async def _index_the_rest(session: AsyncSession, runtime: Runtime) -> None:
    """Copies from before there was an index; a batch at a time, until none is left."""
    bare = (
        select(StaffCopy)
        .where(col(StaffCopy.openid).is_not(None), col(StaffCopy.openid_index).is_(None))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    lock = ContactLock(runtime.cipher, TABLE)
    for person in (await session.execute(bare)).scalars():
        openid = lock.open_(person.id, person.openid, None).openid
        person.openid_index = indexed(runtime.blind_index, openid) if openid else None
    await session.flush()
