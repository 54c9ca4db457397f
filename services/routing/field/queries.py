"""Reads of work in the field; lists of cases start from `visible_to(actor)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.tables import CaseEntry
from services.routing.field.tables import CaseContact, FieldPhoto, Persuasion, PhotoMention
from shared.clocks import ClockRow
from shared.clocks.rows import COLUMNS
from shared.errors import NotFound

OPEN_CLOCKS = text(f"""
    SELECT {COLUMNS} FROM clock
     WHERE subject_id = ANY(:ids) AND kind = ANY(:kinds) AND state IN ('RUNNING', 'PAUSED')
     ORDER BY due_at, kind
""")


class PhotoNotFound(NotFound):
    """This case has no such photograph, or it has not arrived yet."""

    code = "PHOTO_NOT_FOUND"
    chinese = "本案没有这张照片，或照片尚未上传。"


@dataclass(frozen=True)
class Mentioned:
    """A photograph that a record names; `photo` is None until it arrives."""

    mention: PhotoMention
    photo: FieldPhoto | None


async def changes_by_others(
    session: AsyncSession, case_id: UUID, version: int, actor_id: UUID
) -> Sequence[CaseEntry]:
    """What somebody else, or the system, has done since the case had that version."""
    rows = await session.execute(
        select(CaseEntry)
        .where(
            col(CaseEntry.case_id) == case_id,
            col(CaseEntry.version) > version,
            col(CaseEntry.actor_id) != actor_id,
        )
        .order_by(col(CaseEntry.version), col(CaseEntry.id))
    )
    return rows.scalars().all()


async def contacts_of(session: AsyncSession, case_id: UUID) -> Sequence[CaseContact]:
    rows = await session.execute(
        select(CaseContact)
        .where(col(CaseContact.case_id) == case_id)
        .order_by(col(CaseContact.at), col(CaseContact.id))
    )
    return rows.scalars().all()


async def persuasions_of(session: AsyncSession, case_id: UUID) -> Sequence[Persuasion]:
    rows = await session.execute(
        select(Persuasion)
        .where(col(Persuasion.case_id) == case_id)
        .order_by(col(Persuasion.at), col(Persuasion.id))
    )
    return rows.scalars().all()


async def open_clocks(
    session: AsyncSession, case_ids: Sequence[UUID], kinds: Sequence[str]
) -> Mapping[UUID, Sequence[ClockRow]]:
    """The clocks of each case that still run or stand still, the next due first."""
    found = await session.execute(OPEN_CLOCKS, {"ids": list(case_ids), "kinds": list(kinds)})
    clocks: dict[UUID, list[ClockRow]] = {}
    for row in found:
        clock = ClockRow(**row._mapping)
        clocks.setdefault(clock.subject_id, []).append(clock)
    return clocks


async def photos_of(session: AsyncSession, case_id: UUID) -> Sequence[Mentioned]:
    """In the order in which they were taken, whether they have arrived or not."""
    return await _mentioned(session, col(PhotoMention.case_id) == case_id)


async def photo_of(session: AsyncSession, case_id: UUID, photo_id: UUID) -> FieldPhoto:
    """Raises PhotoNotFound."""
    here = and_(col(PhotoMention.case_id) == case_id, col(PhotoMention.photo_id) == photo_id)
    arrived = [each.photo for each in await _mentioned(session, here) if each.photo is not None]
    if not arrived:
        raise PhotoNotFound
    return arrived[0]


async def _mentioned(session: AsyncSession, where: ColumnElement[bool]) -> Sequence[Mentioned]:
    same = and_(
        col(FieldPhoto.actor_id) == PhotoMention.actor_id,
        col(FieldPhoto.id) == PhotoMention.photo_id,
    )
    rows = await session.execute(
        select(PhotoMention, FieldPhoto)
        .outerjoin(FieldPhoto, same)
        .where(where)
        .order_by(col(PhotoMention.taken_at), col(PhotoMention.photo_id))
    )
    return [Mentioned(mention, photo) for mention, photo in rows]
