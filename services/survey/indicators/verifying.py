"""Whether the live figures are what is known of every case, counted once more, one by one.

The facts of a case are taken as they are kept; what its marks, complaints and answers make of it,
and every sum, is formed anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.indicators.domain.formulas import FORMULAS, Code, Of
from services.survey.indicators.domain.marks import Mark, is_performed, newest_outcome
from services.survey.indicators.domain.places import Level
from services.survey.indicators.domain.reckoning import (
    Figures,
    Known,
    filings_of,
    reckon,
)
from services.survey.indicators.domain.shares import NOTHING, Share
from services.survey.indicators.domain.spans import span_of
from services.survey.indicators.queries import figures_by
from services.survey.indicators.tables import CaseFact, CaseMark, ComplaintFact
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.tables import Visit
from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode

RECKONED = tuple(code for code, each in FORMULAS.items() if each.of in {Of.CASES, Of.ANSWERS})
AT_ONCE = 5000  # rows

Say = Callable[[str], None]
Answers = Mapping[UUID, Sequence[tuple[datetime, bool]]]


@dataclass(frozen=True)
class Difference:
    period: str
    level: Level
    place: str
    code: str
    live: Share
    reckoned: Share

    def __str__(self) -> str:
        live = f"{self.live.numerator}/{self.live.denominator}"
        reckoned = f"{self.reckoned.numerator}/{self.reckoned.denominator}"
        where = f"{self.period} {self.level} {self.place or '-'} {self.code}"
        return f"{where}: live {live}, reckoned {reckoned}"


async def verify(session: AsyncSession, periods: Sequence[str], say: Say) -> list[Difference]:
    """Compares every place of every level. The session should see one state of the database."""
    cases = await known_cases(session, say)
    filings = filings_of(cases)
    found: list[Difference] = []
    for period in periods:
        span = span_of(period)
        reckoned = reckon(cases, filings, span, list(Level))
        for level in Level:
            live = await figures_by(session, span, level, "", RECKONED)
            differing = differences(period, level, live, reckoned[level])
            places = len(live.keys() | reckoned[level].keys())
            say(f"{period} {level}: {places} places, {len(differing)} differences")
            found += differing
    return found


def differences(
    period: str, level: Level, live: Mapping[str, Mapping[str, Share]], reckoned: Figures
) -> list[Difference]:
    return [
        Difference(period, level, place, code, one, other)
        for place in sorted(live.keys() | reckoned.keys())
        for code in RECKONED
        if (one := _share(live, place, code)) != (other := _share(reckoned, place, code))
    ]


async def known_cases(session: AsyncSession, say: Say) -> list[Known]:
    """The newest states, and what was marked on the way, read anew from every mark."""
    marks = await _marks(session)
    filed = await _filed(session)
    answers = await _answers(session)
    cases: list[Known] = []
    rows = await session.stream(select(CaseFact).execution_options(yield_per=AT_ONCE))
    async for fact in rows.scalars():
        told = marks.get(fact.id, ())
        cases.append(_known(fact, told, filed.get(fact.id, ()), answers.get(fact.id, ())))
        if len(cases) % (10 * AT_ONCE) == 0:
            say(f"{len(cases)} cases read")
    say(f"{len(cases)} cases read")
    return cases


def _known(
    fact: CaseFact,
    marks: Sequence[Mark],
    filed: Sequence[datetime],
    answers: Sequence[tuple[datetime, bool]],
) -> Known:
    closed_at = fact.closed_at
    within = fact.repeated_until - closed_at if fact.repeated_until and closed_at else timedelta()
    return Known(
        id=fact.id,
        state=CaseStatus(fact.state),
        grade=Grade(fact.grade) if fact.grade else None,
        category=fact.category,
        estate_id=fact.estate_id,
        building_id=fact.building_id,
        company_id=fact.company_id,
        division=fact.division,
        community=fact.community,
        accepted_at=fact.accepted_at,
        dispatched=fact.first_dispatch_at is not None,
        dispatch_kept=fact.dispatch_kept,
        mediation_kept=fact.mediation_kept,
        feedback_due_at=fact.feedback_due_at,
        feedback_kept=fact.feedback_kept,
        resolution_due_at=fact.resolution_due_at,
        closed_at=closed_at,
        repeated_within=within,
        result=ResultCode(fact.result_code) if fact.result_code else None,
        at_community=fact.closed_at_community,
        left_street=fact.left_street,
        mediation=newest_outcome(marks),
        performed=is_performed(marks),
        filed=tuple(filed),
        answers=tuple(answers),
    )


def _share(figures: Mapping[str, Mapping[Any, Share]], place: str, code: Code) -> Share:
    return figures.get(place, {}).get(code, NOTHING)


async def _marks(session: AsyncSession) -> Mapping[UUID, Sequence[Mark]]:
    """Of each case, oldest first."""
    wanted = select(col(CaseMark.case_id), col(CaseMark.mark))
    rows = await session.execute(wanted.order_by(col(CaseMark.version), col(CaseMark.id)))
    found: dict[UUID, list[Mark]] = defaultdict(list)
    for case_id, mark in rows:
        found[case_id].append(Mark(mark))
    return found


async def _filed(session: AsyncSession) -> Mapping[UUID, Sequence[datetime]]:
    wanted = select(col(ComplaintFact.case_id), col(ComplaintFact.submitted_at))
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for case_id, at in await session.execute(wanted):
        if case_id is not None:
            found[case_id].append(at)
    return found


async def _answers(session: AsyncSession) -> Answers:
    wanted = select(col(Visit.case_id), col(Visit.answered_at), col(Visit.positive))
    answered = wanted.where(col(Visit.state) == VisitStatus.ANSWERED)
    found: dict[UUID, list[tuple[datetime, bool]]] = defaultdict(list)
    for case_id, at, positive in await session.execute(answered):
        if at is not None:
            found[case_id].append((at, bool(positive)))
    return found
