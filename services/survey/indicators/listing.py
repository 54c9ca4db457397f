"""The cases behind a figure, one by one; and the names of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, any_, exists, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.names import names_of_organisations
from services.survey.copies.tables import DivisionCopy, EstateCopy
from services.survey.indicators.domain.formulas import FORMULAS, Code, Of
from services.survey.indicators.domain.places import Level
from services.survey.indicators.sources.answers import is_answered
from services.survey.indicators.sources.asking import Ask, lies_in
from services.survey.indicators.sources.cases import counted
from services.survey.indicators.tables import CaseFact
from services.survey.surveys.domain.lifecycle import SurveyStatus
from services.survey.surveys.tables import Survey
from services.survey.visits.tables import Visit
from shared.errors import Conflict
from shared.web.paging import PageRequest, cursor_key


class NotOfCases(Conflict):
    """This indicator is not formed of cases: see the street offices, or the fee reports."""

    code = "INDICATOR_NOT_OF_CASES"
    chinese = "该指标不由案件构成，无法下钻到案件。"


@dataclass(frozen=True)
class Member:
    fact: CaseFact
    counted: bool | None


async def page_of_members(
    session: AsyncSession, ask: Ask, code: Code, page: PageRequest, handled_by: UUID | None
) -> tuple[Sequence[Member], str | None]:
    """Newest first: ids rise with acceptance. `handled_by` limits them to the cases that an
    organisation leads or helps with. Raises NotOfCases.
    """
    whole, part = _membership(code, ask)
    wanted = select(CaseFact, part.label("counted")).where(lies_in(ask), whole)
    if handled_by is not None:
        wanted = wanted.where(literal(handled_by, Uuid) == any_(col(CaseFact.at_work)))
    if page.after is not None:
        wanted = wanted.where(col(CaseFact.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(CaseFact.id).desc()).limit(page.limit + 1))
    members = [Member(row[0], row[1]) for row in rows]
    return page.cut(members, lambda member: (member.fact.id,))


def _membership(code: Code, ask: Ask) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    if FORMULAS[code].of is Of.CASES:
        rule = counted(code, ask.span)
        return rule.whole, func.coalesce(rule.part, False)
    if FORMULAS[code].of is Of.ANSWERS:
        answered = exists().where(col(Visit.case_id) == col(CaseFact.id), is_answered(ask.span))
        return answered, null()
    raise NotOfCases


async def names_of(session: AsyncSession, level: Level, codes: Iterable[str]) -> Mapping[str, str]:
    """As far as they are known."""
    wanted = [code for code in codes if code]
    if level is Level.ESTATE:
        estates = select(col(EstateCopy.id), col(EstateCopy.display_name)).where(
            col(EstateCopy.id).in_(map(UUID, wanted))
        )
        return {str(id): name for id, name in await session.execute(estates)}
    if level is Level.COMPANY:
        companies = await names_of_organisations(session, map(UUID, wanted))
        return {str(id): name for id, name in companies.items()}
    divisions = (
        select(col(DivisionCopy.code), col(DivisionCopy.name))
        .where(col(DivisionCopy.code).in_(wanted))
        .order_by(col(DivisionCopy.valid_from))  # of a code given again, the newest name
    )
    return {row[0]: row[1] for row in await session.execute(divisions)}


async def newest_survey(
    session: AsyncSession, estate_id: UUID, company_id: UUID | None, without: Iterable[UUID]
) -> Survey | None:
    """The newest published one of an estate, about one company or about any but some."""
    wanted = select(Survey).where(
        col(Survey.estate_id) == estate_id,
        col(Survey.state) == SurveyStatus.PUBLISHED,
        col(Survey.company_id).not_in(sorted(without)),
    )
    if company_id is not None:
        wanted = wanted.where(col(Survey.company_id) == company_id)
    newest = wanted.order_by(col(Survey.period).desc(), col(Survey.id).desc()).limit(1)
    return (await session.execute(newest)).scalar_one_or_none()
