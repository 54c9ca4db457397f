"""Reads of judicial matters; a court finds what is addressed to it and nothing else (A07)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.court.tables import JudicialMatter
from shared.errors import NotFound


class PackageNotFound(NotFound):
    """There is no such package, or it is addressed to another court."""

    code = "PACKAGE_NOT_FOUND"
    chinese = "没有这份移送材料，或材料不是移送贵院的。"


async def open_matter(session: AsyncSession, case_id: UUID) -> JudicialMatter | None:
    """The matter of the case that has not ended."""
    found = await session.execute(
        select(JudicialMatter).where(
            col(JudicialMatter.case_id) == case_id, col(JudicialMatter.ended_at).is_(None)
        )
    )
    return found.scalar()


async def matter_for_court(
    session: AsyncSession, court_id: UUID, *where: ColumnElement[bool]
) -> JudicialMatter:
    """Handed over to that very court. Raises PackageNotFound."""
    found = await session.execute(
        select(JudicialMatter).where(
            *where,
            col(JudicialMatter.court_id) == court_id,
            col(JudicialMatter.package_number).is_not(None),
        )
    )
    matter = found.scalar()
    if matter is None:
        raise PackageNotFound
    return matter
