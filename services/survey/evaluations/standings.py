"""How the figures of published evaluations stand in the credit file today (E28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import TOLD, Standing
from services.survey.credit.standings import About, newest_entries, standings_from
from services.survey.evaluations.domain.scoring import COMPOSITE, OWNERS, THIRD_PARTY
from services.survey.evaluations.tables import EvaluationResult

Standings = Mapping[str, Standing]  # by the names of figures; only what is in the file


async def standings_of(
    session: AsyncSession, results: Sequence[EvaluationResult]
) -> Mapping[UUID, Standings]:
    """By result, of the newest edition."""
    about = {row.id: _about(row) for row in results}
    third = await newest_entries(session, EntrySource.EVALUATION, about.values())
    composite = await newest_entries(session, EntrySource.COMPOSITE, about.values())
    surveys = {row.id: UUID(row.sources[OWNERS]["id"]) for row in results if OWNERS in row.sources}
    owners = await standings_from(session, EntrySource.SATISFACTION_SURVEY, surveys.values())
    told: dict[UUID, dict[str, Standing]] = {}
    for id, key in about.items():
        found = {
            OWNERS: owners.get(surveys[id]) if id in surveys else None,
            THIRD_PARTY: third[key].standing if key in third else None,
            COMPOSITE: composite[key].standing if key in composite else None,
        }
        told[id] = {name: standing for name, standing in found.items() if standing is not None}
    return told


def told_figures(result: EvaluationResult, standings: Standings) -> dict[str, Any]:
    """Of what was taken back there are none; the band is the third party's."""
    figures = {
        OWNERS: (OWNERS, result.owners),
        THIRD_PARTY: (THIRD_PARTY, result.third_party),
        "band": (THIRD_PARTY, result.band),
        COMPOSITE: (COMPOSITE, result.composite),
    }
    return {
        name: value if standings.get(of, Standing.VALID) in TOLD else None
        for name, (of, value) in figures.items()
    }


def _about(row: EvaluationResult) -> About:
    return row.company_id, row.estate_id, row.period
