"""Divisions by code, on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.tables import Division


async def division_on(session: AsyncSession, code: str, day: date) -> Division | None:
    """The division that has this code on `day`."""
    found = await session.execute(
        select(Division).where(
            col(Division.code) == code,
            col(Division.valid_from) <= day,
            or_(col(Division.valid_to).is_(None), col(Division.valid_to) >= day),
        )
    )
    return found.scalar_one_or_none()
