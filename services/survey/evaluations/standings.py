"""How the figures of published evaluations stand in the credit file today (E28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import TOLD, Standing
from services.survey.credit.filed import Filed
from services.survey.credit.standings import About, entries_about, standings_from
from services.survey.evaluations.domain.absences import Absence
from services.survey.evaluations.domain.scoring import COMPOSITE, OWNERS, THIRD_PARTY
from services.survey.evaluations.tables import EvaluationResult

Standings = Mapping[str, Standing]  # by the names of figures; only what is in the file

LEFT_OUT = frozenset(
    {Absence.SURVEY_REVOKED, Absence.THIRD_PARTY_REVOKED, Absence.COMPOSITE_REVOKED}
)


async def standings_of(
    session: AsyncSession, results: Sequence[EvaluationResult]
) -> Mapping[UUID, Standings]:
    """By result of a published run. A figure that is left out because it was taken back is told as
    revoked; one that there never was, not at all.
    """
    third = await entries_of(session, EntrySource.EVALUATION, results)
    composite = await entries_of(session, EntrySource.COMPOSITE, results)
    surveys = {row.id: UUID(row.sources[OWNERS]["id"]) for row in results if OWNERS in row.sources}
    owners = await standings_from(session, EntrySource.SATISFACTION_SURVEY, surveys.values())
    told: dict[UUID, Standings] = {}
    for row in results:
        found = {
            OWNERS: owners.get(surveys[row.id]) if row.id in surveys else None,
            THIRD_PARTY: _standing(row.third_party, third.get(row.id)),
            COMPOSITE: _standing(row.composite, composite.get(row.id)),
        }
        left_out = {name: Standing.REVOKED for name, why in row.missing.items() if why in LEFT_OUT}
        told[row.id] = left_out | {name: each for name, each in found.items() if each is not None}
    return told


async def entries_of(
    session: AsyncSession, source: EntrySource, results: Sequence[EvaluationResult]
) -> Mapping[UUID, Filed]:
    """By result of a published run: its score was entered with it or, unchanged, with an edition
    before. Ids rise with time.
    """
    entries = await entries_about(session, source, map(_about, results))
    found: dict[UUID, Filed] = {}
    for row in results:
        until = [each for each in entries.get(_about(row), ()) if each.entry.source_id <= row.id]
        if until:
            found[row.id] = until[-1]
    return found


def _standing(score: Decimal | None, filed: Filed | None) -> Standing | None:
    return None if score is None or filed is None else filed.standing


FOLLOWS: Mapping[str, str] = {
    OWNERS: OWNERS,
    THIRD_PARTY: THIRD_PARTY,
    "band": THIRD_PARTY,
    COMPOSITE: COMPOSITE,
    "grade": COMPOSITE,
}


def fallen_figures(standings: Standings) -> frozenset[str]:
    """What was taken back, with the label that follows from it."""
    return frozenset(
        name for name, of in FOLLOWS.items() if standings.get(of, Standing.VALID) not in TOLD
    )


def told_figures(result: EvaluationResult, standings: Standings) -> dict[str, Any]:
    """Of what was taken back there are none."""
    fallen = fallen_figures(standings)
    named = (OWNERS, THIRD_PARTY, "band", COMPOSITE)
    return {name: None if name in fallen else getattr(result, name) for name in named}


def _about(row: EvaluationResult) -> About:
    return row.company_id, row.estate_id, row.period
