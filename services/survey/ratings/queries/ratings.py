"""Reading ratings of both kinds, their marks and seats."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import HouseCopy
from services.survey.ratings.domain.forms import Marks
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.domain.lifecycle import RatingStatus
from services.survey.ratings.tables import PanelSeat, Rating, RatingMarks, Representative
from services.survey.surveys.domain.policies import companies_of, employer_of, places_of
from shared.errors import NotFound
from shared.identity import Actor, End
from shared.web.paging import PageRequest, cursor_key


class RatingNotFound(NotFound):
    """There is no such rating, or it is none of yours."""

    code = "RATING_NOT_FOUND"
    chinese = "未找到该评议，或您无权查看。"


class SeatNotFound(NotFound):
    """There is no such seat on this panel."""

    code = "PANEL_SEAT_NOT_FOUND"
    chinese = "评议小组中没有该席位。"


def visible_to(actor: Actor, kind: RatingKind) -> ColumnElement[bool]:
    """Staff of the place, who rates, residents once published; of a quarterly one the company too,
    of the committee's it is none of the company's business.
    """
    audiences = [_as_staff(actor), _as_resident(actor)]
    if kind is RatingKind.QUARTERLY:
        audiences += [_as_representative(actor), _as_company(actor)]
    else:
        audiences += [_as_member(actor)]
    return and_(col(Rating.kind) == kind, or_(*audiences))


async def page_of_ratings(
    session: AsyncSession,
    actor: Actor,
    kind: RatingKind,
    page: PageRequest,
    estate_id: UUID | None,
) -> Sequence[Rating]:
    """Newest first: ids rise with creation."""
    wanted = select(Rating).where(visible_to(actor, kind))
    if estate_id is not None:
        wanted = wanted.where(col(Rating.estate_id) == estate_id)
    if page.after is not None:
        wanted = wanted.where(col(Rating.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Rating.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def rating_of(
    session: AsyncSession,
    actor: Actor,
    kind: RatingKind,
    rating_id: UUID,
    *,
    lock: str | None = None,
) -> Rating:
    """`lock` SHARE lets others give marks meanwhile, UPDATE nobody. Raises RatingNotFound."""
    wanted = select(Rating).where(col(Rating.id) == rating_id, visible_to(actor, kind))
    if lock is not None:
        wanted = wanted.with_for_update(read=lock == "SHARE")
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise RatingNotFound
    return found


async def has_rating(session: AsyncSession, kind: RatingKind, estate_id: UUID, period: str) -> bool:
    found = await session.execute(
        select(col(Rating.id)).where(
            col(Rating.kind) == kind,
            col(Rating.estate_id) == estate_id,
            col(Rating.period) == period,
            col(Rating.state) != RatingStatus.INVALID,
        )
    )
    return found.first() is not None


async def marks_given(session: AsyncSession, rating_id: UUID) -> Sequence[Marks]:
    rows = await session.execute(
        select(col(RatingMarks.marks)).where(col(RatingMarks.rating_id) == rating_id)
    )
    return rows.scalars().all()


async def how_many_gave_marks(session: AsyncSession, rating_id: UUID) -> int:
    found = await session.execute(
        select(func.count()).select_from(RatingMarks).where(col(RatingMarks.rating_id) == rating_id)
    )
    return int(found.scalar_one())


async def marks_of(session: AsyncSession, rating_id: UUID, owner_id: UUID) -> RatingMarks | None:
    wanted = select(RatingMarks).where(
        col(RatingMarks.rating_id) == rating_id, col(RatingMarks.owner_id) == owner_id
    )
    return (await session.execute(wanted)).scalar_one_or_none()


async def seats_of(session: AsyncSession, rating_id: UUID) -> Sequence[PanelSeat]:
    rows = await session.execute(
        select(PanelSeat)
        .where(col(PanelSeat.rating_id) == rating_id)
        .order_by(col(PanelSeat.part), col(PanelSeat.id))
    )
    return rows.scalars().all()


async def seat_of(
    session: AsyncSession, actor: Actor, rating_id: UUID, *, lock: bool = False
) -> PanelSeat | None:
    """For which part somebody was named; of an ended representative there is none."""
    wanted = select(PanelSeat).where(col(PanelSeat.rating_id) == rating_id, _named(actor))
    if lock:
        wanted = wanted.with_for_update()
    found = await session.execute(wanted.order_by(col(PanelSeat.id).desc()).limit(1))
    return found.scalar_one_or_none()


async def seat_by_id(session: AsyncSession, rating_id: UUID, seat_id: UUID) -> PanelSeat:
    """Raises SeatNotFound."""
    found = await session.get(PanelSeat, seat_id, with_for_update=True)
    if found is None or found.rating_id != rating_id:
        raise SeatNotFound
    return found


def _named(actor: Actor) -> ColumnElement[bool]:
    if actor.end is not End.OWNER:
        return col(PanelSeat.staff_id) == actor.id
    own = select(col(Representative.id)).where(
        col(Representative.owner_id) == actor.id, col(Representative.ended_at).is_(None)
    )
    return col(PanelSeat.representative_id).in_(own)


def _as_staff(actor: Actor) -> ColumnElement[bool]:
    """A13: not where one has a stake."""
    starts = [
        col(Rating.community).startswith(place, autoescape=True) for place in places_of(actor)
    ]
    company = col(Rating.company_id)
    stranger = or_(company.is_(None), company.not_in(sorted(companies_of(actor))))
    return and_(or_(false(), *starts), stranger)


def _as_company(actor: Actor) -> ColumnElement[bool]:
    return and_(
        col(Rating.state) == RatingStatus.PUBLISHED,
        col(Rating.company_id).in_(sorted(employer_of(actor))),
        col(Rating.estate_id).in_(sorted(actor.scope.estates)),
    )


def _as_representative(actor: Actor) -> ColumnElement[bool]:
    if actor.end is not End.OWNER:
        return false()
    speaks = exists().where(
        col(Representative.estate_id) == col(Rating.estate_id),
        col(Representative.owner_id) == actor.id,
        col(Representative.ended_at).is_(None),
    )
    return and_(col(Rating.state) != RatingStatus.DRAFT, speaks)


def _as_member(actor: Actor) -> ColumnElement[bool]:
    return exists().where(col(PanelSeat.rating_id) == col(Rating.id), _named(actor))


def _as_resident(actor: Actor) -> ColumnElement[bool]:
    """The token names the verified homes."""
    if actor.end is not End.OWNER:
        return false()
    at_home = exists().where(
        col(HouseCopy.estate_id) == col(Rating.estate_id),
        col(HouseCopy.id).in_(sorted(actor.interests)),
    )
    return and_(col(Rating.state) == RatingStatus.PUBLISHED, at_home)
