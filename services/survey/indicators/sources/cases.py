"""Indicators of cases: one statement for all of them, and one for what came back (U03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.survey.indicators.domain.formulas import (
    FORMULAS,
    MEDIATED_GRADES,
    ON_THE_MERITS,
    SOLVED,
    By,
    Code,
)
from services.survey.indicators.domain.marks import Mediated
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span
from services.survey.indicators.sources.asking import Ask, Found, during, key_of, lies_in
from services.survey.indicators.tables import CaseFact, ComplaintFact
from shared.contracts.vocabulary import CaseStatus, Grade

Conditions = tuple[Any, Any]  # whole and part, as conditions


@dataclass(frozen=True)
class Counted:
    """`whole`: what stands below the line; `part`: what of it counts above."""

    whole: ColumnElement[bool]
    part: ColumnElement[bool]


def counted(code: Code, span: Span) -> Counted:
    """Raises KeyError for a code that is not of cases."""
    whole, part = _conditions(span)[code]
    return Counted(and_(_in_period(code, span), whole), part)


async def of_cases(session: AsyncSession, ask: Ask, codes: Sequence[Code]) -> Found:
    rules = {code: counted(code, ask.span) for code in codes}
    key = key_of(ask.by).label("key")
    columns: list[ColumnElement[Any]] = [key]
    for code, rule in rules.items():
        columns.append(func.count().filter(and_(rule.whole, rule.part)).label(f"{code}_part"))
        columns.append(func.count().filter(rule.whole).label(f"{code}_whole"))
    touched = or_(*{By(FORMULAS[code].by): _in_period(code, ask.span) for code in codes}.values())
    rows = await session.execute(_grouped(select(*columns).where(lies_in(ask), touched), ask, key))
    return {row.key: _shares(row._mapping, codes) for row in rows}


async def of_repeats(session: AsyncSession, ask: Ask, codes: Sequence[Code]) -> Found:
    """Apart from the others: as a semi-join it does not look at every case by itself."""
    rule = counted(Code.REPEAT_COMPLAINTS, ask.span)
    key = key_of(ask.by).label("key")
    closed = select(key, func.count().label("cases")).where(lies_in(ask), rule.whole)
    wholes = await session.execute(_grouped(closed, ask, key))
    parts = await session.execute(_grouped(closed.where(rule.part), ask, key))
    repeated = {row.key: row.cases for row in parts}
    return {
        row.key: {Code.REPEAT_COMPLAINTS: Share(repeated.get(row.key, 0), row.cases)}
        for row in wholes
    }


def _conditions(span: Span) -> Mapping[Code, Conditions]:
    fact, grade, result = CaseFact, col(CaseFact.grade), col(CaseFact.result_code)
    closed = col(fact.state) == CaseStatus.CLOSED
    dispatched = and_(closed, col(fact.first_dispatch_at).is_not(None))
    mediated = col(fact.mediation).in_([Mediated.SUCCESS, Mediated.FAILED])
    on_the_merits = and_(closed, result.in_(ON_THE_MERITS))
    solved = or_(result.in_(SOLVED), col(fact.performed_at).is_not(None))
    in_time = col(fact.closed_at) <= col(fact.resolution_due_at)
    return {
        Code.DISPATCH_ON_TIME: (dispatched, col(fact.dispatch_kept)),
        Code.MEDIATION_STARTED_ON_TIME: (
            and_(dispatched, grade.in_(MEDIATED_GRADES)),
            col(fact.mediation_kept),
        ),
        Code.FEEDBACK_ON_TIME: (col(fact.feedback_due_at).is_not(None), col(fact.feedback_kept)),
        Code.COMPLAINTS_HANDLED: (
            col(fact.state) != CaseStatus.CANCELLED,
            and_(closed, col(fact.closed_at) < span.until),
        ),
        Code.DISPUTES_RESOLVED: (on_the_merits, solved),
        Code.MEDIATION_SUCCESS: (
            and_(closed, mediated),
            col(fact.mediation) == Mediated.SUCCESS,
        ),
        Code.REPEAT_COMPLAINTS: (closed, _came_back()),
        Code.MAJOR_CLOSED_ON_TIME: (and_(closed, grade == Grade.MAJOR), in_time),
        Code.SMALL_CLOSED_AT_COMMUNITY: (
            and_(closed, grade == Grade.SMALL),
            col(fact.closed_at_community),
        ),
        Code.CLOSED_WITHIN_STREET: (closed, ~col(fact.left_street)),
    }


def _in_period(code: Code, span: Span) -> ColumnElement[bool]:
    columns: dict[By, Any] = {
        By.CLOSING: CaseFact.closed_at,
        By.ACCEPTANCE: CaseFact.accepted_at,
        By.FEEDBACK_DUE: CaseFact.feedback_due_at,
    }
    return during(columns[FORMULAS[code].by], span)


def _came_back() -> ColumnElement[bool]:
    """Somebody complained about the same object soon after the closing, in another case."""
    later = aliased(CaseFact)
    filed = col(ComplaintFact.submitted_at)
    return exists().where(
        col(later.about) == col(CaseFact.about),
        col(later.id) != col(CaseFact.id),
        col(ComplaintFact.case_id) == col(later.id),
        filed > col(CaseFact.closed_at),
        filed <= col(CaseFact.repeated_until),
    )


def _grouped(wanted: Any, ask: Ask, key: ColumnElement[str]) -> Any:
    return wanted if ask.by is None else wanted.group_by(key)


def _shares(row: Mapping[Any, Any], codes: Sequence[Code]) -> Mapping[Code, Share]:
    return {code: Share(row[f"{code}_part"], row[f"{code}_whole"]) for code in codes}
