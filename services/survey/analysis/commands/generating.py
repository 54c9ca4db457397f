"""On the first of the month the report of the last one is made, once for every place (C08).

Nothing but the table remembers what was made: whoever looks, however often and however late, makes
what is missing, and of two who look at once one does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from services.survey.analysis.domain.lifecycle import AnalysisStatus
from services.survey.analysis.domain.months import months_due
from services.survey.analysis.findings import companies_in, find
from services.survey.analysis.monthly import newest_of
from services.survey.analysis.queries import first_accepted
from services.survey.analysis.tables import MonthlyAnalysis
from services.survey.deed import Deed
from services.survey.indicators.domain.spans import Period
from shared.audit import append
from shared.database import database_is_away
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.rulebook import Rulebook
from shared.runtime import Runtime

ROUND = 60.0  # seconds
RULE = "reports.analysis_cycle"


async def follow_the_months(runtime: Runtime) -> None:
    """Look again and again until cancelled."""
    while True:
        try:
            await generate_due(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def generate_due(runtime: Runtime) -> int:
    """Every place in a transaction of its own; returns how many reports were made."""
    now = runtime.clock.now()
    book = runtime.rulebooks.in_force_at(now)
    if not book.in_force(RULE, now):
        return 0
    made = 0
    for division in places_of(book):
        async with runtime.database.transaction() as session:
            made += await _generate(Deed(session, runtime, SYSTEM, now), book, division)
    return made


def places_of(book: Rulebook) -> Sequence[str]:
    """The city and its counties."""
    return (book.header.city_code, *(each.code for each in book.divisions.counties))


async def _generate(deed: Deed, book: Rulebook, division: str) -> int:
    newest = await newest_of(deed.session, division)
    begun_at = await first_accepted(deed.session) if newest is None else None
    due = months_due(newest, begun_at, deed.at, book.analysis.generated_from)
    return sum([await _make(deed, book, month, division) for month in due])


async def _make(deed: Deed, book: Rulebook, month: Period, division: str) -> int:
    findings = await find(deed, book, month, division)
    row: dict[str, Any] = {
        "id": new_id(),
        "state": AnalysisStatus.GENERATED,
        "division": division,
        "period": month.name,
        "rulebook": book.version,
        "findings": findings.model_dump(mode="json"),
        "companies": companies_in(findings),
        "generated_at": deed.at,
    }
    made = await deed.session.execute(
        insert(MonthlyAnalysis)
        .values(row)
        .on_conflict_do_nothing(index_elements=["division", "period"])
    )
    if made.rowcount == 0:  # type: ignore[attr-defined]
        return 0
    append(
        deed.session,
        actor=deed.actor,
        action="analysis.generated",
        subject_type="monthly_analysis",
        subject_id=row["id"],
        at=deed.at,
        details={"division": division, "period": month.name, "disputes": findings.disputes},
    )
    return 1
