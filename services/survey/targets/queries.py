"""Reading targets' figures and streets' assessments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import DivisionCopy, EstateCopy
from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span
from services.survey.indicators.queries import figures
from services.survey.targets.tables import StreetAssessment
from shared.rulebook.sections.governance import Target


async def is_street(session: AsyncSession, street: str) -> bool:
    """Whether the directory, or an estate, has told of it."""
    found = await session.execute(
        select(
            or_(
                select(DivisionCopy).where(col(DivisionCopy.code) == street).exists(),
                select(EstateCopy).where(col(EstateCopy.division) == street).exists(),
            )
        )
    )
    return bool(found.scalar_one())


async def assessment_of(
    session: AsyncSession, street: str, year: int, *, lock: bool = False
) -> StreetAssessment | None:
    wanted = select(StreetAssessment).where(
        col(StreetAssessment.street) == street, col(StreetAssessment.year) == year
    )
    if lock:
        wanted = wanted.with_for_update()
    return (await session.execute(wanted)).scalar_one_or_none()


async def figure_of(session: AsyncSession, target: Target, span: Span) -> Share:
    place = Place(division=target.scope)
    return (await figures(session, span, place, [target.code]))[target.code]


async def figures_of_street(
    session: AsyncSession, street: str, span: Span, codes: Sequence[str]
) -> Mapping[str, Share]:
    return await figures(session, span, Place(division=street), codes)
