"""What of a half-year was taken back upon appeal, and that nobody publishes it again (E28)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Standing
from services.survey.credit.filed import Filed
from services.survey.credit.standings import revoked_surveys
from services.survey.deed import Deed
from services.survey.evaluations.domain.editions import RevokedSince
from services.survey.evaluations.domain.lifecycles import RunStatus
from services.survey.evaluations.domain.revoked import Basis, Revoked
from services.survey.evaluations.domain.scoring import COMMUNITY, OWNERS, THIRD_PARTY
from services.survey.evaluations.standings import entries_of
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun


async def revoked_in(session: AsyncSession, division: str, period: str) -> Revoked:
    """A third party's evaluation and a composite are known to the credit file by the results that
    published them, and those know their sources.
    """
    rows = await _published(session, division, period)
    surveys = await revoked_surveys(session, division)
    third = await entries_of(session, EntrySource.EVALUATION, rows)
    composite = await entries_of(session, EntrySource.COMPOSITE, rows)
    judged = {
        _part(row, THIRD_PARTY)
        for row in rows
        if row.third_party is not None and _is_revoked(third.get(row.id))
    }
    composites = {
        _basis(row)
        for row in rows
        if row.composite is not None and _is_revoked(composite.get(row.id))
    }
    return Revoked(results=frozenset({*surveys, *judged}), composites=frozenset(composites))


async def refuse_revoked(deed: Deed, run: EvaluationRun, rows: Sequence[EvaluationResult]) -> None:
    """Something in a draft may have been taken back since. Raises RevokedSince."""
    revoked = await revoked_in(deed.session, run.division, run.period)
    for row in rows:
        parts = {_part(row, name) for name in (OWNERS, THIRD_PARTY) if name in row.sources}
        again = row.composite is not None and _basis(row) in revoked.composites
        if again or not parts.isdisjoint(revoked.results):
            raise RevokedSince


async def _published(
    session: AsyncSession, division: str, period: str
) -> Sequence[EvaluationResult]:
    """In every edition."""
    found = await session.execute(
        select(EvaluationResult)
        .join(EvaluationRun, col(EvaluationRun.id) == col(EvaluationResult.run_id))
        .where(
            col(EvaluationRun.state) == RunStatus.PUBLISHED,
            col(EvaluationRun.period) == period,
            col(EvaluationResult.community).startswith(division, autoescape=True),
        )
    )
    return found.scalars().all()


def _is_revoked(filed: Filed | None) -> bool:
    """Itself, whatever became of what it rests on."""
    return filed is not None and filed.own is Standing.REVOKED


def _part(row: EvaluationResult, name: str) -> UUID:
    return UUID(row.sources[name]["id"])


def _basis(row: EvaluationResult) -> Basis:
    return _part(row, OWNERS), _part(row, COMMUNITY), _part(row, THIRD_PARTY)
