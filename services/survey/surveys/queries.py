"""Reading surveys; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy, HomesCopy, HouseCopy
from services.survey.surveys.domain.answers import Levels
from services.survey.surveys.domain.lifecycle import SurveyStatus
from services.survey.surveys.domain.policies import (
    companies_of,
    employer_of,
    grids_of,
    places_of,
)
from services.survey.surveys.domain.scope import EstateUnknown
from services.survey.surveys.tables import (
    Survey,
    SurveyAnswer,
    SurveyHousehold,
    SurveyPublication,
)
from shared.contracts.vocabulary import Relation
from shared.errors import NotFound
from shared.identity import Actor, End
from shared.web.paging import PageRequest, cursor_key


class SurveyNotFound(NotFound):
    """There is no such survey, or it is none of yours."""

    code = "SURVEY_NOT_FOUND"
    chinese = "未找到该测评，或您无权查看。"


class HouseholdNotListed(NotFound):
    """This house is not among the households of the survey."""

    code = "HOUSEHOLD_NOT_LISTED"
    chinese = "该房屋不在本次测评的住户名单内。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Staff of the place, the rated company once it is published, residents once it is opened."""
    return or_(false(), _as_staff(actor), _as_company(actor), _as_resident(actor))


async def page_of(session: AsyncSession, actor: Actor, page: PageRequest) -> Sequence[Survey]:
    """Newest first: ids rise with creation."""
    wanted = select(Survey).where(visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(Survey.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Survey.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def survey_of(
    session: AsyncSession, actor: Actor, survey_id: UUID, *, lock: str | None = None
) -> Survey:
    """`lock` SHARE lets others answer at the same time, UPDATE nobody. Raises SurveyNotFound."""
    wanted = select(Survey).where(col(Survey.id) == survey_id, visible_to(actor))
    if lock is not None:
        wanted = wanted.with_for_update(read=lock == "SHARE")
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise SurveyNotFound
    return found


async def frozen_grids(session: AsyncSession, survey_id: UUID) -> list[str]:
    """The grids of the survey's households, in order."""
    grid = col(SurveyHousehold.grid_code)
    wanted = select(grid).where(col(SurveyHousehold.survey_id) == survey_id).distinct()
    return list((await session.execute(wanted.order_by(grid))).scalars())


async def has_survey(session: AsyncSession, estate_id: UUID, period: str) -> bool:
    found = await session.execute(
        select(col(Survey.id)).where(
            col(Survey.estate_id) == estate_id,
            col(Survey.period) == period,
            col(Survey.state) != SurveyStatus.INVALID,
        )
    )
    return found.first() is not None


async def estate_of(session: AsyncSession, estate_id: UUID) -> EstateCopy:
    """Locked, so that two drafts or publications of one estate come one after the other.

    Raises EstateUnknown.
    """
    wanted = select(EstateCopy).where(col(EstateCopy.id) == estate_id).with_for_update()
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise EstateUnknown
    return found


async def grids_of_estate(session: AsyncSession, estate: EstateCopy) -> frozenset[str]:
    rows = await session.execute(
        select(col(HouseCopy.grid_code))
        .where(col(HouseCopy.estate_id) == estate.id, col(HouseCopy.version) == estate.version)
        .distinct()
    )
    return frozenset(rows.scalars())


async def homes_of(session: AsyncSession, actor: Actor) -> Mapping[UUID, Relation]:
    """The verified homes of an owner, and as what each is lived in."""
    copy = await session.get(HomesCopy, actor.id)
    homes = copy.homes if copy is not None else []
    return {UUID(home["house_id"]): Relation(home["relation"]) for home in homes}


async def household_of(session: AsyncSession, survey_id: UUID, house_id: UUID) -> SurveyHousehold:
    """Raises HouseholdNotListed."""
    found = await session.get(SurveyHousehold, (survey_id, house_id))
    if found is None:
        raise HouseholdNotListed
    return found


async def household_to_answer(
    session: AsyncSession, survey_id: UUID, house_id: UUID
) -> SurveyHousehold:
    """Locked, as it is now. Raises HouseholdNotListed."""
    household = await household_of(session, survey_id, house_id)
    await session.refresh(household, with_for_update=True)
    return household


async def answer_by_id(session: AsyncSession, answer_id: UUID | None) -> SurveyAnswer | None:
    return await session.get(SurveyAnswer, answer_id) if answer_id is not None else None


async def valid_answers(session: AsyncSession, survey_id: UUID) -> Sequence[Levels]:
    rows = await session.execute(
        select(col(SurveyAnswer.levels))
        .join(SurveyHousehold, col(SurveyHousehold.answer_id) == col(SurveyAnswer.id))
        .where(col(SurveyHousehold.survey_id) == survey_id)
    )
    return rows.scalars().all()


async def answered_homes(
    session: AsyncSession, survey_id: UUID, houses: Sequence[UUID]
) -> Mapping[UUID, SurveyAnswer | None]:
    """Of those houses the ones on the list, each with its valid answer."""
    rows = await session.execute(
        select(col(SurveyHousehold.house_id), SurveyAnswer)
        .outerjoin(SurveyAnswer, col(SurveyAnswer.id) == col(SurveyHousehold.answer_id))
        .where(
            col(SurveyHousehold.survey_id) == survey_id, col(SurveyHousehold.house_id).in_(houses)
        )
        .order_by(col(SurveyHousehold.house_id))
    )
    return {row.house_id: row.SurveyAnswer for row in rows}


async def progress_of(session: AsyncSession, survey_id: UUID) -> tuple[int, int, int]:
    """Households, those contacted by a visit, those with a valid answer."""
    found = await session.execute(
        select(
            func.count(),
            func.count(col(SurveyHousehold.contacted_at)),
            func.count(col(SurveyHousehold.answer_id)),
        ).where(col(SurveyHousehold.survey_id) == survey_id)
    )
    households, visited, answered = found.one()
    return households, visited, answered


async def page_of_households(
    session: AsyncSession, actor: Actor, survey_id: UUID, page: PageRequest
) -> Sequence[SurveyHousehold]:
    """Those in the reader's places and grids, in the order in which one walks past the doors."""
    key = tuple_(
        col(SurveyHousehold.building),
        col(SurveyHousehold.unit),
        col(SurveyHousehold.room),
        col(SurveyHousehold.house_id),
    )
    grid = col(SurveyHousehold.grid_code)
    mine = [grid.startswith(place, autoescape=True) for place in places_of(actor)]
    wanted = select(SurveyHousehold).where(
        col(SurveyHousehold.survey_id) == survey_id,
        or_(false(), grid.in_(grids_of(actor)), *mine),
    )
    if page.after is not None:
        wanted = wanted.where(key > tuple_(*cursor_key(page.after, str, str, str, UUID)))
    rows = await session.execute(wanted.order_by(*key.clauses).limit(page.limit + 1))
    return rows.scalars().all()


async def publications_of(session: AsyncSession, survey_id: UUID) -> Sequence[SurveyPublication]:
    rows = await session.execute(
        select(SurveyPublication)
        .where(col(SurveyPublication.survey_id) == survey_id)
        .order_by(col(SurveyPublication.posted_at), col(SurveyPublication.channel))
    )
    return rows.scalars().all()


def _as_staff(actor: Actor) -> ColumnElement[bool]:
    """A13: not where one has a stake."""
    community = col(Survey.community)
    starts = [community.startswith(place, autoescape=True) for place in places_of(actor)]
    grids = col(Survey.grid_codes).op("&&")(cast(grids_of(actor), ARRAY(Text)))
    own = col(Survey.company_id).in_(sorted(companies_of(actor)))
    return and_(or_(false(), grids, *starts), ~own)


def _as_company(actor: Actor) -> ColumnElement[bool]:
    return and_(
        col(Survey.state) == SurveyStatus.PUBLISHED,
        col(Survey.company_id).in_(sorted(employer_of(actor))),
        col(Survey.estate_id).in_(sorted(actor.scope.estates)),
    )


def _as_resident(actor: Actor) -> ColumnElement[bool]:
    """E29: the token names the verified homes."""
    if actor.end is not End.OWNER:
        return false()
    at_home = exists().where(
        col(SurveyHousehold.survey_id) == col(Survey.id),
        col(SurveyHousehold.house_id).in_(sorted(actor.interests)),
    )
    return and_(col(Survey.state) != SurveyStatus.DRAFT, at_home)
