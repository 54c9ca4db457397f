"""Reads of cases; every one of them starts from `visible_to(actor)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import TERMINAL
from services.routing.cases.domain.policies import CO, LEAD
from services.routing.cases.domain.reach import Reach, reach_of
from services.routing.cases.tables import (
    Assignment,
    Case,
    CaseComplaint,
    CaseRecusal,
    CaseResult,
)
from services.routing.mediation.tables import Mediation
from shared.divisions import COMMUNITY_DIGITS, STREET_DIGITS
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

LEADING = aliased(Assignment)


class CaseNotFound(NotFound):
    """There is no such case, or you may not see it."""

    code = "CASE_NOT_FOUND"
    chinese = "没有这个案件，或您无权查看。"


@dataclass(frozen=True)
class CaseFilter:
    """What a list is narrowed down to; absent members narrow nothing."""

    state: str | None = None
    grade: str | None = None
    category: str | None = None
    estate: UUID | None = None
    overdue: bool | None = None
    mine: bool = False


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Own place, own task or own estate; a stake leaves only the company's view (3.9, A13)."""
    reach = reach_of(actor)
    if reach.everywhere:
        return true()
    by_duty = or_(_in_place(reach), _at_unit(reach), _as_mediator(reach))
    return or_(and_(by_duty, not_(_at_stake(reach))), _as_company(reach))


async def load(
    session: AsyncSession, *where: ColumnElement[bool], for_update: bool = True
) -> CaseFile | None:
    """The one case that fits, with its units and complaints; locked when it will be written."""
    wanted = select(Case).where(*where)
    case = (await session.execute(wanted.with_for_update() if for_update else wanted)).scalar()
    return None if case is None else await opened(session, case)


async def opened(session: AsyncSession, case: Case) -> CaseFile:
    """The file of a case already at hand."""
    units = await session.execute(
        select(Assignment)
        .where(col(Assignment.case_id) == case.id, col(Assignment.ended_at).is_(None))
        .order_by(col(Assignment.role).desc(), col(Assignment.dispatched_at), col(Assignment.id))
    )
    complaints = await session.execute(
        select(CaseComplaint)
        .where(col(CaseComplaint.case_id) == case.id)
        .order_by(col(CaseComplaint.submitted_at), col(CaseComplaint.complaint_id))
    )
    result = await pending_result(session, case.id)
    submitter = result.submitted_by if result else None
    recused = await session.execute(
        select(col(CaseRecusal.person_id)).where(col(CaseRecusal.case_id) == case.id)
    )
    return CaseFile(
        case,
        list(units.scalars()),
        complaints.scalars().all(),
        submitter,
        frozenset(recused.scalars()),
    )


async def pending_result(session: AsyncSession, case_id: UUID) -> CaseResult | None:
    """The result that waits for its review, if there is one."""
    found = await session.execute(
        select(CaseResult).where(
            col(CaseResult.case_id) == case_id, col(CaseResult.decision).is_(None)
        )
    )
    return found.scalar()


async def page_of_cases(
    session: AsyncSession, actor: Actor, filters: CaseFilter, page: PageRequest
) -> Sequence[Case]:
    """Newest first; one more than the page holds, so that it knows whether there is a next."""
    wanted = select(Case).where(visible_to(actor), *_narrowed(actor, filters))
    if page.after is not None:
        wanted = wanted.where(col(Case.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Case.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def units_of(
    session: AsyncSession, cases: Sequence[Case]
) -> Mapping[UUID, Sequence[Assignment]]:
    """The units at work now on each of the cases, with one statement."""
    ids = [case.id for case in cases]
    rows = await session.execute(
        select(Assignment).where(
            col(Assignment.case_id).in_(ids), col(Assignment.ended_at).is_(None)
        )
    )
    units: dict[UUID, list[Assignment]] = {}
    for unit in rows.scalars():
        units.setdefault(unit.case_id, []).append(unit)
    return units


def lead_of_case() -> ColumnElement[bool]:
    """To join a case with LEADING: the unit that leads it now, if there is one."""
    return and_(
        col(LEADING.case_id) == Case.id,
        col(LEADING.role) == LEAD,
        col(LEADING.ended_at).is_(None),
    )


def holding_complaint(complaint_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        col(CaseComplaint.case_id) == Case.id, col(CaseComplaint.complaint_id) == complaint_id
    )


def reported_by(owner_id: UUID) -> ColumnElement[bool]:
    """The owner's own case: for the few doors that owners have here."""
    return exists().where(
        col(CaseComplaint.case_id) == Case.id,
        col(CaseComplaint.owner_id) == owner_id,
        col(CaseComplaint.withdrawn_at).is_(None),
    )


def lies_in(place: str) -> ColumnElement[bool]:
    """Of a grid, community or street the indexes know the code itself (cases/tables.py)."""
    code = col(Case.place_code)
    if len(place) > COMMUNITY_DIGITS:
        return code == place
    if len(place) in (STREET_DIGITS, COMMUNITY_DIGITS):
        beginning: ColumnElement[str] = func.left(code, literal_column(str(len(place))))
        return beginning == place
    return code.startswith(place, autoescape=True)


def _in_place(reach: Reach) -> ColumnElement[bool]:
    return or_(false(), *map(lies_in, reach.places))


def _at_unit(reach: Reach) -> ColumnElement[bool]:
    mine: list[ColumnElement[bool]] = []
    if reach.unit_id is not None:
        mine.append(col(Assignment.organisation_id) == reach.unit_id)
    if reach.person_id is not None:
        mine.append(col(Assignment.person_id) == reach.person_id)
    if not mine:
        return false()
    working = col(Assignment.ended_at).is_(None)
    return exists().where(col(Assignment.case_id) == Case.id, working, or_(*mine))


def _as_mediator(reach: Reach) -> ColumnElement[bool]:
    if reach.committee_id is None:
        return false()
    return exists().where(
        col(Mediation.case_id) == Case.id, col(Mediation.committee_id) == reach.committee_id
    )


def _as_company(reach: Reach) -> ColumnElement[bool]:
    companies = [company for company in reach.companies if company is not None]
    if not companies or not reach.estates:
        return false()
    return and_(col(Case.company_id).in_(companies), col(Case.estate_id).in_(sorted(reach.estates)))


def _at_stake(reach: Reach) -> ColumnElement[bool]:
    if not reach.recused_from:
        return false()
    interests = sorted(reach.recused_from)
    own_house = exists().where(
        col(CaseComplaint.case_id) == Case.id,
        or_(col(CaseComplaint.house_id).in_(interests), col(CaseComplaint.owner_id).in_(interests)),
    )
    own_company = and_(col(Case.company_id).is_not(None), col(Case.company_id).in_(interests))
    return or_(own_company, own_house)


def _narrowed(actor: Actor, filters: CaseFilter) -> list[ColumnElement[bool]]:
    wanted = {
        col(Case.state): filters.state,
        col(Case.grade): filters.grade,
        col(Case.category): filters.category,
        col(Case.estate_id): filters.estate,
        col(Case.overdue): filters.overdue,
    }
    narrowed = [column == value for column, value in wanted.items() if value is not None]
    if filters.mine:
        narrowed += [waiting_for(actor), col(Case.state).not_in(sorted(TERMINAL))]
    return narrowed


def waiting_for(actor: Actor) -> ColumnElement[bool]:
    """What this person leads or helps with, or the unit where no person is named."""
    of_unit = and_(
        col(Assignment.person_id).is_(None),
        col(Assignment.organisation_id) == actor.organisation_id,
    )
    return exists().where(
        col(Assignment.case_id) == Case.id,
        col(Assignment.ended_at).is_(None),
        col(Assignment.role).in_([LEAD, CO]),
        or_(col(Assignment.person_id) == actor.id, of_unit),
    )
