"""What organisations are called, as far as the directory has told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import OrganisationCopy


async def names_of_organisations(session: AsyncSession, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    rows = await session.execute(
        select(col(OrganisationCopy.id), col(OrganisationCopy.display_name)).where(
            col(OrganisationCopy.id).in_(sorted(set(ids)))
        )
    )
    return {row.id: row.display_name for row in rows}
